using LpcSite.Conferences.Pages;
using LpcSite.Conferences.Settings;

namespace LpcSite.Conferences;

/// <summary>The use cases of conferences, as the site is put together of them.</summary>
internal static class ConferencesServices
{
    public static void AddConferences(this IServiceCollection services)
    {
        services.AddScoped<TimeBlocks>();
        services.AddScoped<ConferenceCopy>();
        services.AddScoped<ConferenceSettings>();
        services.AddScoped<PageEditing>();
    }
}
