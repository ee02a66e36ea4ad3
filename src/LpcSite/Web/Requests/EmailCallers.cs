using LpcSite.Emails;
using LpcSite.People;

namespace LpcSite.Web.Requests;

/// <summary>Counts the letters to typed addresses by the request in which they are asked for.</summary>
internal static class EmailCallers
{
    public static void AddEmailCallers(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped(static scope =>
            scope.GetRequiredService<IHttpContextAccessor>().HttpContext is { } context
                ? new EmailCaller(
                    context.User.PersonId(),
                    context.User.IsOrganizer(),
                    RateLimits.Network(context.Connection.RemoteIpAddress).ToString()
                )
                : new EmailCaller(PersonId: null, IsOrganizer: false, Network: null)
        );
    }
}
