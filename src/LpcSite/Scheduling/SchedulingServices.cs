using LpcSite.Scheduling.Availability;
using LpcSite.Scheduling.Board;
using LpcSite.Scheduling.Clashes;
using LpcSite.Scheduling.Releases;
using LpcSite.Scheduling.Sessions;
using LpcSite.Scheduling.Stars;

namespace LpcSite.Scheduling;

/// <summary>The use cases of the schedule, as the site is put together of them.</summary>
internal static class SchedulingServices
{
    public static void AddScheduling(this IServiceCollection services)
    {
        services.AddScoped<ReleaseEmails>();
        services.AddScoped<ScheduleReleases>();
        services.AddScoped<SessionPlan>();
        services.AddScoped<AvailabilityEditing>();
        services.AddScoped<ClashReasons>();
        services.AddScoped<ScheduleBoard>();
        services.AddScoped<StarList>();
    }
}
