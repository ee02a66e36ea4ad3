namespace LpcSite.News;

/// <summary>The use cases of news, as the site is put together of them.</summary>
internal static class NewsServices
{
    public static void AddNews(this IServiceCollection services)
    {
        services.AddScoped<DecisionAnnouncements>();
        services.AddScoped<NewsEditing>();
    }
}
