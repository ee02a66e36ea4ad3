namespace LpcSite.Nominations;

/// <summary>The use cases of nominations, as the site is put together of them.</summary>
internal static class NominationsServices
{
    public static void AddNominations(this IServiceCollection services)
    {
        services.AddScoped<NominationEditing>();
    }
}
