namespace LpcSite.Decisions;

/// <summary>The use cases of decisions, as the site is put together of them.</summary>
internal static class DecisionsServices
{
    public static void AddDecisions(this IServiceCollection services)
    {
        services.AddScoped<ProposalDecisions>();
        services.AddScoped<TopicEmails>();
        services.AddScoped<TopicDecisions>();
        services.AddScoped<TopicChanges>();
        services.AddScoped<TopicDesk>();
    }
}
