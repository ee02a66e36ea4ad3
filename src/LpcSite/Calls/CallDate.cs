using NodaTime;

namespace LpcSite.Calls;

/// <summary>A call as calendars show it: the instant at which it closes.</summary>
/// <param name="Slug">
/// Of the microconference whose topics it calls for; null when it calls for microconferences.
/// </param>
/// <param name="IsPublic">Whether everybody may know of it.</param>
/// <param name="IsCancelled">Whether its microconference is not going to happen any more.</param>
/// <param name="Sequence">How often the deadline was moved.</param>
/// <param name="ChangedAt">When it was last announced.</param>
/// <param name="RevisedAt">When its microconference last changed.</param>
public sealed record CallDate(
    int Id,
    string? Slug,
    string? Title,
    bool IsPublic,
    bool IsCancelled,
    Instant ClosesAt,
    DateTimeZone Zone,
    int Sequence,
    Instant ChangedAt,
    Instant? RevisedAt
)
{
    public Instant LastChange => Instant.Max(ChangedAt, RevisedAt ?? ChangedAt);
}
