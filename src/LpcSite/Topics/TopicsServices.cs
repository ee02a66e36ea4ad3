using LpcSite.Topics.Speakers;
using LpcSite.Topics.Submissions;
using LpcSite.Topics.Transfers;

namespace LpcSite.Topics;

/// <summary>The use cases of topics, as the site is put together of them.</summary>
internal static class TopicsServices
{
    public static void AddTopics(this IServiceCollection services)
    {
        services.AddScoped<SubmissionEmails>();
        services.AddScoped<TopicSubmissions>();
        services.AddScoped<TopicTransfers>();
        services.AddScoped<SpeakerAssignments>();
        services.AddScoped<SpeakerEmails>();
        services.AddScoped<SpeakerInvitations>();
    }
}
