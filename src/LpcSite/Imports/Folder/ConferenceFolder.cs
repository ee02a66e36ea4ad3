using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Sponsors;
using NodaTime;

namespace LpcSite.Imports.Folder;

/// <summary>
/// A conference as a folder of text files tells it: what the import reads and the export writes, word for word. What
/// <c>conference.yaml</c> may leave out is null when it does; the site then keeps what it has.
/// </summary>
public sealed record ConferenceFolder(
    string Slug,
    string Name,
    string ShortName,
    LocalDate StartsOn,
    LocalDate EndsOn,
    DateTimeZone TimeZone,
    string City,
    IReadOnlyList<ConferenceFolder.Tier>? SponsorTiers,
    IReadOnlyList<ConferenceFolder.Room>? Rooms,
    IReadOnlyList<ConferenceFolder.Slot>? Slots,
    ConferenceFolder.Call? CallForMicroconferences,
    IReadOnlyList<ConferenceFolder.Microconference> Microconferences,
    IReadOnlyList<ConferenceFolder.Page>? Pages = null
)
{
    public IReadOnlyList<HalfDay>? HalfDays { get; init; }

    /// <summary>From one room to another.</summary>
    public int? WalkingMinutes { get; init; }

    /// <summary>The file that makes a folder a conference.</summary>
    public const string FileName = "conference.yaml";

    /// <summary>Where the conference's own pages lie.</summary>
    public const string PagesFolder = "pages";

    /// <summary>Stands where a speaker is still to be found.</summary>
    public const string Nobody = "TBD";

    /// <summary>How people write the zone in which a day is over when it is over everywhere.</summary>
    public const string AnywhereOnEarth = "AoE";

    public const string AnywhereOnEarthZone = "Etc/GMT+12";

    /// <summary>A tier in its order, with the number of logos it shows when all its sponsors are known.</summary>
    public sealed record Tier(string Title, int Logos, IReadOnlyList<Sponsor> Sponsors);

    /// <summary>A sponsor; its logo is a file of the folder.</summary>
    public sealed record Sponsor(string Name, string? Url, SponsorLogo? Logo);

    /// <summary>A room of the venue.</summary>
    public sealed record Room(string Name, int? Capacity, string? Equipment = null);

    /// <summary>A part of every day, on the venue's clock, with its break.</summary>
    public sealed record HalfDay(string Name, LocalTime Starts, LocalTime Ends, LocalTime? Break, int BreakMinutes);

    /// <summary>
    /// When something happens, and where if that is known: a microconference by its slug, or what has only a title.
    /// </summary>
    public sealed record Slot(
        string? Microconference,
        SlotKind Kind,
        string? Title,
        Instant Starts,
        Instant Ends,
        string? Room
    )
    {
        /// <summary>What it is called in calendars for ever; a microconference's slots are called after it.</summary>
        public string? Uid { get; init; }
    }

    /// <summary>A part of a session: a topic by its title, coffee, or what has only a title.</summary>
    /// <param name="Gap">Minutes of nothing before it.</param>
    /// <param name="Part">In which slot of its microconference, from 1.</param>
    public sealed record SessionPart(string? Topic, string? Title, bool IsBreak, int Minutes, int Gap, int Part);

    /// <summary>When submissions open and close, and the zone in which that is announced.</summary>
    public sealed record Call(Instant Opens, Instant Closes, DateTimeZone Zone)
    {
        public string? Uid { get; init; }
    }

    /// <summary>One of the conference's own pages, in <c>pages/SLUG.md</c>.</summary>
    public sealed record Page(string Slug, string Title, bool IsPublished, string Text)
    {
        public string FileName => $"{PagesFolder}/{Slug}.md";
    }

    /// <summary>One <c>SLUG.md</c>.</summary>
    public sealed record Microconference(
        string Slug,
        string Title,
        MicroconferenceStatus Status,
        SessionForm? Form,
        string? MergedInto,
        IReadOnlyList<PersonName> Leads,
        IReadOnlyList<PersonName> KeyAttendees,
        Call? CallForTopics,
        IReadOnlyList<Topic> Topics,
        IReadOnlyList<Reference> References,
        string Accomplishments,
        bool TopicsInline,
        string Description
    )
    {
        /// <summary>
        /// What came of it; like all notes nothing when the folder does not say, and the site then keeps what it has.
        /// </summary>
        public string Outcome { get; init; } = "";

        public string Notes { get; init; } = "";

        /// <summary>
        /// What its leads arranged, in order; null when the folder does not say, and the site then keeps what it has.
        /// </summary>
        public IReadOnlyList<SessionPart>? Session { get; init; }

        /// <summary>
        /// What it is called in calendars for ever, wherever it is imported; null where it never was in one.
        /// </summary>
        public string? Uid { get; init; }

        public string FileName => $"{Slug}.md";
    }

    /// <summary>A topic; <paramref name="OpenSpeakers"/> counts the "TBD" among its speakers.</summary>
    public sealed record Topic(
        string Title,
        string? Group,
        int? Minutes,
        IReadOnlyList<PersonName> Speakers,
        int OpenSpeakers,
        string? SpeakersNote,
        string Details,
        IReadOnlyList<string> Links,
        IReadOnlyList<string> Refs
    )
    {
        public string Notes { get; init; } = "";

        public string? Uid { get; init; }
    }

    /// <summary>A link with the label by which the text cites it.</summary>
    public sealed record Reference(string Label, string Url);
}
