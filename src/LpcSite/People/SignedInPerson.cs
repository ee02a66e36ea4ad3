using System.Globalization;
using System.Security.Claims;

namespace LpcSite.People;

/// <summary>
/// Who is signed in, and which roles they play, as it was read from the database for this very request.
/// </summary>
public static class SignedInPerson
{
    public const string PersonClaim = "person";
    public const string OrganizerRole = "Organizer";

    /// <summary>The id of a conference for which they review.</summary>
    public const string ReviewerClaim = "reviewer";

    /// <summary>The number of the session of this browser.</summary>
    public const string SessionClaim = "session";

    /// <summary>Null when nobody is signed in.</summary>
    public static int? PersonId(this ClaimsPrincipal user) =>
        user.FindFirstValue(PersonClaim) is { } id ? int.Parse(id, CultureInfo.InvariantCulture) : null;

    /// <summary>Null when nobody is signed in.</summary>
    public static Guid? SessionId(this ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(SessionClaim), out var id) ? id : null;

    public static bool IsOrganizer(this ClaimsPrincipal user) => user.IsInRole(OrganizerRole);

    public static bool Reviews(this ClaimsPrincipal user, int conferenceId) =>
        user.HasClaim(ReviewerClaim, conferenceId.ToString(CultureInfo.InvariantCulture));
}
