namespace LpcSite.Api;

/// <summary>Everything that programs ask for.</summary>
internal static class ApiEndpoints
{
    public static void MapApi(this WebApplication app)
    {
        app.MapTwins();
        app.MapScheduleText();
        app.MapWriting();
        app.MapWorkingTexts();
        app.MapRoster();
        app.MapClashes();
        app.MapAccount();
        app.MapSite();
        app.MapSecurityText();
        app.MapMaterials();
        app.MapNews();
        app.MapReleases();
        app.MapCalls();
        app.MapSchedule();
        app.MapStars();
        app.MapPeople();
        app.MapChanges();
    }
}
