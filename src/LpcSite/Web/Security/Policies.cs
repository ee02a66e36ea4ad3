using LpcSite.People;
using Microsoft.AspNetCore.Authorization;

namespace LpcSite.Web.Security;

/// <summary>The policies that whole folders of pages carry.</summary>
public static class Policies
{
    public const string Organizers = nameof(Organizers);

    public static void AddPolicies(AuthorizationOptions authorization) =>
        authorization.AddPolicy(
            Organizers,
            policy => policy.RequireAuthenticatedUser().RequireRole(SignedInPerson.OrganizerRole)
        );
}
