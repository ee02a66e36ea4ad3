namespace LpcSite.Caching;

/// <summary>Pages kept ready, and who hears that they are no longer right.</summary>
internal static class CachingServices
{
    public static void AddCaching(this IServiceCollection services)
    {
        services.AddSingleton<ContentVersions>();
        services.AddSingleton<PageCache>();
        services.AddSingleton<PagePress>();
        services.AddHostedService(static site => site.GetRequiredService<PagePress>());
        services.AddHostedService<ContentListener>();
    }
}
