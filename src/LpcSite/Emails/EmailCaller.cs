namespace LpcSite.Emails;

/// <summary>Who makes the site write to an address that they typed, and from where.</summary>
/// <param name="PersonId">Null where nobody is signed in.</param>
/// <param name="IsOrganizer">They invite many on purpose.</param>
/// <param name="Network">
/// The address they come from, as far as it is theirs alone; null for a command of the operator.
/// </param>
public sealed record EmailCaller(int? PersonId, bool IsOrganizer, string? Network);
