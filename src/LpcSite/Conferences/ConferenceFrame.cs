using NodaTime;

namespace LpcSite.Conferences;

/// <summary>
/// What every page of a conference shows around its content: name, dates and place above, the sponsors below.
/// </summary>
public sealed record ConferenceFrame(
    int Id,
    string Slug,
    string Name,
    string ShortName,
    LocalDate StartsOn,
    LocalDate EndsOn,
    DateTimeZone TimeZone,
    string City,
    ConferenceState State,
    IReadOnlyList<ConferenceFrame.Page> Pages,
    IReadOnlyList<ConferenceFrame.Tier> Tiers,
    bool HasNews,
    bool HasSchedule
)
{
    /// <summary>One of the conference's own pages that is published, but for the front page.</summary>
    public sealed record Page(string Slug, string Title);

    /// <summary>A tier in its order.</summary>
    public sealed record Tier(string Title, int Places, IReadOnlyList<Sponsor> Sponsors);

    /// <summary>A sponsor with its logo's address and size in pixels, if it has one.</summary>
    public sealed record Sponsor(string Name, string? Url, string? LogoHash, int LogoWidth, int LogoHeight);

    /// <summary>What stands behind the <c>@</c> of its names in calendars.</summary>
    public required string UidDomain { get; init; }

    public string Path => $"/{Slug}";
}
