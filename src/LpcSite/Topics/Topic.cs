using LpcSite.Infrastructure;
using LpcSite.Markdown;
using LpcSite.People;
using NodaTime;

namespace LpcSite.Topics;

/// <summary>Where a topic is on its way into the half-day.</summary>
public enum TopicStatus
{
    /// <summary>The leads list it in their proposal.</summary>
    Suggested,

    /// <summary>Somebody writes it; only he and those whom he names as its speakers see it.</summary>
    Draft,

    /// <summary>It came in by the call; its leads see it.</summary>
    Submitted,
    Accepted,
    Declined,
    Withdrawn,
}

/// <summary>A problem to discuss inside a microconference, 15 to 45 minutes long.</summary>
public class Topic
{
    public const int TitleMaxLength = 250;
    public const int GroupMaxLength = 80;
    public const int NoteMaxLength = 200;
    public const int AvailabilityMaxLength = 300;
    public const int MaxMinutes = 240;

    /// <summary>What a microconference shows on its page; the other topics are between their speakers and the leads.</summary>
    public static readonly TopicStatus[] PublicStatuses = [TopicStatus.Suggested, TopicStatus.Accepted];

    private readonly List<Speaker> _speakers = [];
    private readonly List<TopicRevision> _revisions = [];

    private Topic()
    {
    }

    public Topic(string title, int position)
    {
        Position = position;
        Rename(title);
    }

    public int Id { get; private set; }
    public int MicroconferenceId { get; private set; }
    public int Position { get; private set; }
    public string Title { get; private set; } = null!;
    public TopicStatus Status { get; private set; }

    /// <summary>A heading over this and some other topics, such as <c>PCI</c>.</summary>
    public string? Group { get; private set; }

    /// <summary>Minutes wished for; null while nobody has said.</summary>
    public int? Minutes { get; private set; }

    public MarkdownText Details { get; private set; } = MarkdownText.Empty;

    /// <summary>What the list of names cannot say: alternatives, who is remote.</summary>
    public string? SpeakersNote { get; private set; }

    /// <summary>How many speakers are still to be found ("TBD", which is nobody).</summary>
    public int OpenSpeakers { get; private set; }

    /// <summary>Addresses as they were written, the broken ones too.</summary>
    public List<string> Links { get; private set; } = [];

    /// <summary>Labels of the microconference's references that belong to this topic.</summary>
    public List<string> Refs { get; private set; } = [];

    public int? SubmitterId { get; private set; }

    /// <summary>Who sent it; null for one that the leads wrote down themselves.</summary>
    public Person? Submitter { get; private set; }

    /// <summary>When it first came in; null for a draft, and for one that the leads wrote down themselves.</summary>
    public Instant? SubmittedAt { get; private set; }

    /// <summary>When its speakers cannot be there, for the leads alone.</summary>
    public string? Availability { get; private set; }

    /// <summary>How often its author has saved it; 0 for one that the leads wrote down themselves.</summary>
    public int RevisionNumber { get; private set; }

    /// <summary>Changes with every write to this row (PostgreSQL's xmin): two who decide or write at once notice each other.</summary>
    public uint RowVersion { get; private set; }

    public IReadOnlyList<TopicRevision> Revisions => _revisions;
    public IReadOnlyList<Speaker> Speakers => _speakers;

    public void Rename(string title)
    {
        Rule.Require(!string.IsNullOrWhiteSpace(title) && title.Length <= TitleMaxLength, $"A topic has a title of 1 to {TitleMaxLength} characters.");
        Title = title;
    }

    public void MoveTo(int position) => Position = position;

    /// <summary>It comes along when its microconference becomes a part of another one.</summary>
    internal void BelongTo(int microconferenceId) => MicroconferenceId = microconferenceId;

    public void Describe(string? group, int? minutes, MarkdownText details, IReadOnlyList<string> links, IReadOnlyList<string> refs)
    {
        Rule.Require(group is null or { Length: > 0 and <= GroupMaxLength }, $"A group has a name of 1 to {GroupMaxLength} characters.");
        Rule.Require(minutes is null or (> 0 and <= MaxMinutes), $"A topic takes from 1 to {MaxMinutes} minutes.");
        (Group, Minutes, Details) = (group, minutes, details);
        if (!Links.SequenceEqual(links))
        {
            Links = [.. links];
        }

        if (!Refs.SequenceEqual(refs))
        {
            Refs = [.. refs];
        }
    }

    /// <param name="open">How many more are still to be found.</param>
    public void SpokenBy(IReadOnlyList<Person> people, int open, string? note)
    {
        Rule.Require(note is null or { Length: <= NoteMaxLength }, $"The note on the speakers has at most {NoteMaxLength} characters.");
        Roster.Replace(_speakers, people, person => new Speaker(person));
        (OpenSpeakers, SpeakersNote) = (open, note);
    }

    /// <summary>Somebody begins to write it.</summary>
    public static Topic DraftedBy(Person submitter, string title, int microconferenceId, int position) =>
        new(title, position) { Status = TopicStatus.Draft, Submitter = submitter, MicroconferenceId = microconferenceId };

    /// <summary>One saved text of its author: the title, the problem, and what the leads have to know beside it.</summary>
    /// <param name="basedOn">The revision that was on screen; a newer one means that another speaker saved first.</param>
    public void Revise(string title, MarkdownText details, int? minutes, IReadOnlyList<string> links, string? availability, int basedOn, Person by, Instant now)
    {
        Rule.Require(Status is not TopicStatus.Withdrawn, "This topic was withdrawn and can no longer be changed.");
        Rule.Require(basedOn == RevisionNumber, "Another speaker of this topic saved a newer text while you were writing. Yours is below and not saved: look at the topic in another window, then save once more if yours is to stand.");
        Rule.Require(availability is null or { Length: <= AvailabilityMaxLength }, $"What there is to know about times fits in {AvailabilityMaxLength} characters.");
        Rename(title);
        Describe(Group, minutes, details, links, Refs);
        Availability = availability;
        _revisions.Add(new TopicRevision(++RevisionNumber, title, details, by, now));
    }

    /// <summary>Sends it to the leads.</summary>
    public void Submit(Instant now)
    {
        Rule.Require(Status is TopicStatus.Draft, "This topic has been sent already.");
        Rule.Require(!string.IsNullOrWhiteSpace(Details.Source), "Say what the problem is before you send it.");
        (Status, SubmittedAt) = (TopicStatus.Submitted, now);
    }

    /// <summary>Puts it into the microconference; from here on everybody can read it.</summary>
    public void Accept()
    {
        Rule.Require(Status is TopicStatus.Submitted, $"“{Title}” is {Status.ToString().ToLowerInvariant()}: only what came in can be accepted.");
        Status = TopicStatus.Accepted;
    }

    public void Decline()
    {
        Rule.Require(Status is TopicStatus.Submitted, $"“{Title}” is {Status.ToString().ToLowerInvariant()}: only what came in can be declined.");
        Status = TopicStatus.Declined;
    }

    /// <summary>The leads think again.</summary>
    public void Reconsider()
    {
        Rule.Require(Status is TopicStatus.Accepted or TopicStatus.Declined, "Only what is decided can be decided anew.");
        Status = TopicStatus.Submitted;
    }

    /// <summary>Takes it out of the microconference; it stays on record.</summary>
    public void Withdraw() => Status = TopicStatus.Withdrawn;

    /// <summary>The leads list it again.</summary>
    public void Reinstate() => Status = Status is TopicStatus.Withdrawn ? TopicStatus.Suggested : Status;

    /// <summary>The same text, as a newer renderer prints it.</summary>
    public void Rerender(MarkdownText details) => Details = details;
}
