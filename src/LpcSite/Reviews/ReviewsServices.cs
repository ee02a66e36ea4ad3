using LpcSite.Reviews.Assignments;
using LpcSite.Reviews.Remarks;

namespace LpcSite.Reviews;

/// <summary>The use cases of reviews, as the site is put together of them.</summary>
internal static class ReviewsServices
{
    public static void AddReviews(this IServiceCollection services)
    {
        services.AddScoped<ProposalReviews>();
        services.AddScoped<ReviewSetup>();
        services.AddScoped<RemarkEmails>();
    }
}
