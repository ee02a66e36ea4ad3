using LpcSite.Exports.Folder;

namespace LpcSite.Exports;

/// <summary>The use cases of exports, as the site is put together of them.</summary>
internal static class ExportsServices
{
    public static void AddExports(this IServiceCollection services)
    {
        services.AddScoped<ConferenceExport>();
    }
}
