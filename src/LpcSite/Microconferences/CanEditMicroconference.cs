using LpcSite.People;
using Microsoft.AspNetCore.Authorization;

namespace LpcSite.Microconferences;

/// <summary>A microconference is written by its leads, and by the organizers.</summary>
public sealed class CanEditMicroconference
    : AuthorizationHandler<CanEditMicroconference, Microconference>,
        IAuthorizationRequirement
{
    public static CanEditMicroconference Requirement { get; } = new();

    protected override Task HandleRequirementAsync(
        AuthorizationHandlerContext context,
        CanEditMicroconference requirement,
        Microconference resource
    )
    {
        if (
            context.User.IsOrganizer()
            || context.User.PersonId() is { } me && resource.Leads.Any(lead => lead.PersonId == me)
        )
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
