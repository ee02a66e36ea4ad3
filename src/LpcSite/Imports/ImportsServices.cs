namespace LpcSite.Imports;

/// <summary>The use cases of imports, as the site is put together of them.</summary>
internal static class ImportsServices
{
    public static void AddImports(this IServiceCollection services)
    {
        services.AddScoped<ConferenceImport>();
    }
}
