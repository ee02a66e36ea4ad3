using LpcSite.Infrastructure;
using LpcSite.Markdown;
using LpcSite.People;

namespace LpcSite.Topics;

/// <summary>Where a topic is on its way into the half-day.</summary>
public enum TopicStatus
{
    /// <summary>The leads list it in their proposal.</summary>
    Suggested,
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
    public const int MaxMinutes = 240;

    /// <summary>What a microconference shows on its page; the other topics are between their speakers and the leads.</summary>
    public static readonly TopicStatus[] PublicStatuses = [TopicStatus.Suggested, TopicStatus.Accepted];

    private readonly List<Speaker> _speakers = [];

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

    /// <summary>Takes it out of the microconference; it stays on record.</summary>
    public void Withdraw() => Status = TopicStatus.Withdrawn;

    /// <summary>The leads list it again.</summary>
    public void Reinstate() => Status = Status is TopicStatus.Withdrawn ? TopicStatus.Suggested : Status;

    /// <summary>The same text, as a newer renderer prints it.</summary>
    public void Rerender(MarkdownText details) => Details = details;
}
