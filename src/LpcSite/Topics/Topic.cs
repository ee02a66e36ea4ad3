using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Texts;
using LpcSite.Topics.Speakers;
using NodaTime;

namespace LpcSite.Topics;

/// <summary>Where a topic is on its way into the half-day.</summary>
public enum TopicStatus
{
    /// <summary>The leads list it in their proposal.</summary>
    Suggested,

    /// <summary>Somebody writes it; only they and those whom they name as its speakers see it.</summary>
    Draft,

    /// <summary>It came in by the call; its leads see it.</summary>
    Submitted,
    Accepted,
    Declined,
    Withdrawn,

    /// <summary>It became a part of another one.</summary>
    Merged,
}

/// <summary>A problem to discuss inside a microconference, 15 to 45 minutes long.</summary>
public class Topic
{
    public const int TitleMaxLength = 250;

    /// <summary>So many can come to one microconference, whatever became of them.</summary>
    public const int MaxOfMicroconference = 500;
    public const int GroupMaxLength = 80;
    public const int NoteMaxLength = 200;
    public const int AvailabilityMaxLength = 300;
    public const int MaxMinutes = 240;
    public const int AskedMaxLength = 2000;
    public const int OfferMaxLength = 500;

    /// <summary>
    /// What a microconference shows on its page; the other topics are between their speakers and the leads.
    /// </summary>
    public static readonly TopicStatus[] PublicStatuses = [TopicStatus.Suggested, TopicStatus.Accepted];

    private readonly List<Speaker> _speakers = [];
    private readonly List<TopicRevision> _revisions = [];

    private Topic() { }

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

    /// <summary>Who sent it, or took up what the leads had written down; null for what is only theirs.</summary>
    public Person? Submitter { get; private set; }

    /// <summary>
    /// When it first came in or was taken up; null for a draft, and for what the leads only wrote down.
    /// </summary>
    public Instant? SubmittedAt { get; private set; }

    /// <summary>When its speakers cannot be there, for the leads alone.</summary>
    public string? Availability { get; private set; }

    /// <summary>The topic that this one became a part of.</summary>
    public int? MergedIntoId { get; private set; }

    public Topic? MergedInto { get; private set; }

    /// <summary>
    /// What the leads want to have changed; null where nothing is asked. Until it is answered no deadline keeps its
    /// author from changing it.
    /// </summary>
    public string? Asked { get; private set; }

    public Instant? AskedAt { get; private set; }

    /// <summary>The microconference whose leads are asked to take it over.</summary>
    public int? OfferedToId { get; private set; }

    public Microconference? OfferedTo { get; private set; }

    /// <summary>What its leads say to those of the other one.</summary>
    public string? Offer { get; private set; }

    /// <summary>How often its author has saved it; 0 for one that the leads wrote down themselves.</summary>
    public int RevisionNumber { get; private set; }

    /// <summary>
    /// Changes with every write to this row (PostgreSQL's xmin): two who decide or write at once notice each other.
    /// </summary>
    public uint RowVersion { get; private set; }

    /// <summary>
    /// Whether it left the microconference: nobody speaks about it, and nothing is brought to it any more.
    /// </summary>
    public bool IsOver => Status is TopicStatus.Withdrawn or TopicStatus.Declined or TopicStatus.Merged;

    /// <summary>The status inside a sentence.</summary>
    public string StatusWord => Status.InWords();

    /// <summary>What it was before it was withdrawn; null where it is not, and where nobody knows.</summary>
    public TopicStatus? WithdrawnFrom { get; private set; }

    /// <summary>What it would be if it were restored.</summary>
    public TopicStatus RestoredStatus =>
        WithdrawnFrom ?? (SubmittedAt is null ? TopicStatus.Draft : TopicStatus.Submitted);

    public IReadOnlyList<TopicRevision> Revisions => _revisions;
    public IReadOnlyList<Speaker> Speakers => _speakers;

    public void Rename(string title)
    {
        Rule.Require(
            !string.IsNullOrWhiteSpace(title) && title.Length <= TitleMaxLength,
            $"A topic has a title of 1 to {TitleMaxLength} characters."
        );
        Title = title;
    }

    public void MoveTo(int position) => Position = position;

    /// <summary>It comes along when its microconference becomes a part of another one.</summary>
    internal void BelongTo(int microconferenceId) => MicroconferenceId = microconferenceId;

    public void Describe(
        string? group,
        int? minutes,
        MarkdownText details,
        IReadOnlyList<string> links,
        IReadOnlyList<string> refs
    )
    {
        Rule.Require(
            group is null or { Length: > 0 and <= GroupMaxLength },
            $"A group has a name of 1 to {GroupMaxLength} characters."
        );
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
        Rule.Require(
            note is null or { Length: <= NoteMaxLength },
            $"The note on the speakers has at most {NoteMaxLength} characters."
        );
        Roster.Replace(_speakers, people, person => new Speaker(person));
        (OpenSpeakers, SpeakersNote) = (open, note);
    }

    /// <summary>What its author says of somebody whom they name as a speaker.</summary>
    /// <param name="inviteAt">Where an invitation is to go; null for none.</param>
    public void Plan(Person speaker, Attendance attendance, bool isAlternative, string? inviteAt) =>
        _speakers.Single(s => s.Person == speaker).Plan(attendance, isAlternative, inviteAt);

    /// <summary>
    /// Somebody who was asked to speak says yes: for certain once the leads have taken the topic, and until then if
    /// they do.
    /// </summary>
    /// <param name="named">
    /// Whom the author named; <paramref name="by"/> takes their place where they are another.
    /// </param>
    public void TakeUp(Person named, Person by, Attendance attendance, Instant now)
    {
        var asked = SpeakerNamed(named);
        var speaker = asked.PersonId == by.Id ? asked : PutInPlaceOf(asked, by);
        if (Status is TopicStatus.Accepted)
        {
            speaker.Confirm(attendance, now);
        }
        else
        {
            speaker.Agree(attendance);
        }
    }

    /// <summary>Somebody who was asked to speak says no.</summary>
    public void TurnDown(Person named, Instant now) => SpeakerNamed(named).Decline(now);

    private Speaker SpeakerNamed(Person named)
    {
        Rule.Require(!IsOver, $"“{Title}” is {StatusWord}, so that nobody speaks about it.");
        var asked = _speakers.Find(s => s.PersonId == named.Id);
        Rule.Require(asked is not null, $"{named.Name} is not named as a speaker of “{Title}” any more.");
        return asked;
    }

    private Speaker PutInPlaceOf(Speaker asked, Person by)
    {
        Rule.Require(!asked.HasAnswered, $"{asked.Person.Name} has answered already.");
        _speakers.Remove(asked);
        if (_speakers.Find(s => s.PersonId == by.Id) is { } known)
        {
            return known;
        }

        var own = new Speaker(by) { Position = asked.Position };
        own.Plan(asked.Attendance, asked.IsAlternative, inviteAt: null);
        _speakers.Add(own);
        return own;
    }

    /// <summary>Somebody begins to write it.</summary>
    public static Topic DraftedBy(Person submitter, string title, int microconferenceId, int position) =>
        new(title, position)
        {
            Status = TopicStatus.Draft,
            Submitter = submitter,
            MicroconferenceId = microconferenceId,
        };

    /// <summary>
    /// One saved text of its author: the title, the problem, and what the leads have to know beside it.
    /// </summary>
    /// <param name="basedOn">
    /// The revision that was on screen; a newer one means that another speaker saved first.
    /// </param>
    public void Revise(
        string title,
        MarkdownText details,
        int? minutes,
        IReadOnlyList<string> links,
        string? availability,
        int basedOn,
        Person by,
        Instant now
    )
    {
        Rule.Require(Status is not TopicStatus.Withdrawn, "This topic was withdrawn and can no longer be changed.");
        Rule.Require(
            basedOn == RevisionNumber,
            "Another speaker of this topic saved a newer text while you were writing. Yours is below and not saved: "
                + "look at the topic in another window, then save once more if yours is to stand."
        );
        Rule.Require(
            availability is null or { Length: <= AvailabilityMaxLength },
            $"What there is to know about times fits in {AvailabilityMaxLength} characters."
        );
        Rename(title);
        Describe(Group, minutes, details, links, Refs);
        Availability = availability;
        _revisions.Add(new TopicRevision(++RevisionNumber, title, details, by, now));
    }

    /// <summary>Sends it to the leads, or answers what they asked for.</summary>
    public void Submit(Instant now)
    {
        Rule.Require(Status is TopicStatus.Draft || Asked is not null, "This topic has been sent already.");
        Rule.Require(!string.IsNullOrWhiteSpace(Details.Source), "Say what the problem is before you send it.");
        if (Status is TopicStatus.Draft)
        {
            (Status, SubmittedAt) = (TopicStatus.Submitted, now);
        }

        (Asked, AskedAt) = (null, null);
    }

    /// <summary>The leads want something else in it before they decide, or before it is discussed.</summary>
    public void AskFor(string changes, Instant now)
    {
        Rule.Require(
            Status is TopicStatus.Submitted or TopicStatus.Accepted && RevisionNumber > 0,
            $"“{Title}” is {StatusWord}: changes are asked for while its author can make them."
        );
        Rule.Require(
            changes.Length is > 0 and <= AskedMaxLength,
            $"Say in 1 to {AskedMaxLength} characters what you would like to have changed."
        );
        (Asked, AskedAt) = (changes, now);
    }

    /// <summary>Puts it into the microconference; from here on everybody can read it.</summary>
    /// <param name="minutes">So long it gets; null for what was wished for.</param>
    public void Accept(int? minutes)
    {
        RequireSubmitted("accepted");
        (Status, Minutes) = (TopicStatus.Accepted, minutes ?? Minutes);
    }

    public void Decline()
    {
        RequireSubmitted("declined");
        Status = TopicStatus.Declined;
    }

    /// <summary>It becomes a part of another one, which takes over its text, its speakers and its links.</summary>
    /// <param name="text">Of both, put together.</param>
    public void MergeInto(Topic other, MarkdownText text, Person by, Instant now)
    {
        RequireSubmitted("merged");
        Rule.Require(
            PublicStatuses.Contains(other.Status),
            $"“{other.Title}” is {other.StatusWord}, so that nothing can become a part of it."
        );
        (Status, MergedInto, Asked, AskedAt) = (TopicStatus.Merged, other, null, null);
        other.TakeIn(this, text, by, now);
    }

    /// <summary>The leads think again. What another topic took over from it stays there.</summary>
    public void Reconsider()
    {
        Rule.Require(
            SubmittedAt is not null && Status is TopicStatus.Accepted or TopicStatus.Declined or TopicStatus.Merged,
            "Only what is decided can be decided anew."
        );
        (Status, MergedInto, MergedIntoId) = (TopicStatus.Submitted, null, null);
    }

    /// <summary>Asks the leads of another microconference of the conference to take it over.</summary>
    public void OfferTo(Microconference other, string words)
    {
        RequireSubmitted("offered to others");
        Rule.Require(OfferedToId is null, $"“{Title}” is offered to another microconference already.");
        Rule.Require(
            other.Id != MicroconferenceId && other.Status is MicroconferenceStatus.Accepted,
            $"{other.Title} takes no topics."
        );
        Rule.Require(
            words.Length <= OfferMaxLength,
            $"What you say to its leads has {words.Length} characters; {OfferMaxLength} fit."
        );
        (OfferedTo, OfferedToId, Offer) = (other, other.Id, words);
    }

    /// <summary>It stays where it is: the others said no, or its leads thought again.</summary>
    public void KeepHere()
    {
        Rule.Require(OfferedToId is not null, $"“{Title}” is offered to nobody any more.");
        (OfferedTo, OfferedToId, Offer) = (null, null, null);
    }

    /// <summary>The leads to whom it was offered take it over.</summary>
    /// <param name="details">The same text, with the anchors of its new place.</param>
    public void GoOver(Microconference to, int position, MarkdownText details)
    {
        RequireSubmitted("taken over");
        Rule.Require(OfferedToId == to.Id, $"“{Title}” is not offered to {to.Title} any more.");
        Rule.Require(to.Status is MicroconferenceStatus.Accepted, $"{to.Title} takes no topics any more.");
        KeepHere();
        (MicroconferenceId, Position, Details, Group) = (to.Id, position, details, null);
    }

    /// <summary>
    /// What the leads suggested gets somebody who speaks about it: they are its author from here on, and asked to write
    /// it.
    /// </summary>
    /// <param name="mail">Where their invitation goes; null for none.</param>
    /// <param name="words">What they are asked for.</param>
    public void Adopt(Person speaker, string? mail, string words, Person by, Instant now)
    {
        Rule.Require(
            Status is TopicStatus.Suggested,
            $"“{Title}” is {StatusWord}: only what the leads suggested can be given to a speaker."
        );
        Rule.Require(
            words.Length is > 0 and <= AskedMaxLength,
            $"Say in 1 to {AskedMaxLength} characters what the speaker is to write."
        );
        SpokenBy(
            [.. _speakers.OrderBy(s => s.Position).Select(s => s.Person).Where(p => p != speaker), speaker],
            Math.Max(0, OpenSpeakers - 1),
            SpeakersNote
        );
        Plan(speaker, Attendance.Unknown, isAlternative: false, mail);
        _revisions.Add(new TopicRevision(++RevisionNumber, Title, Details, by, now));
        (Status, Submitter, SubmittedAt, Asked, AskedAt) = (TopicStatus.Accepted, speaker, now, words, now);
    }

    /// <summary>What the leads decide about a topic of theirs without asking its author.</summary>
    public void Arrange(int? minutes, string? group) => Describe(group, minutes, Details, Links, Refs);

    /// <summary>Takes it out of the microconference; it stays on record.</summary>
    public void Withdraw()
    {
        Rule.Require(Status is not TopicStatus.Withdrawn, "This topic was withdrawn already.");
        Rule.Require(
            Status is not TopicStatus.Merged,
            "This topic has become a part of another one, and cannot be taken back alone."
        );
        WithdrawnFrom = Status;
        (Status, Asked, AskedAt, OfferedTo, OfferedToId, Offer) = (TopicStatus.Withdrawn, null, null, null, null, null);
    }

    /// <summary>It is again what it was before it was withdrawn.</summary>
    public void Restore()
    {
        Rule.Require(
            Status is TopicStatus.Withdrawn,
            $"“{Title}” is {StatusWord}, and only what was withdrawn can be restored."
        );
        (Status, WithdrawnFrom) = (RestoredStatus, null);
    }

    /// <summary>The leads list it again.</summary>
    public void Reinstate() =>
        (Status, WithdrawnFrom) =
            Status is TopicStatus.Withdrawn ? (TopicStatus.Suggested, null) : (Status, WithdrawnFrom);

    /// <summary>The same text, as a newer renderer prints it.</summary>
    public void Rerender(MarkdownText details) => Details = details;

    private void RequireSubmitted(string participle) =>
        Rule.Require(
            Status is TopicStatus.Submitted,
            $"“{Title}” is {StatusWord}: only what came in can be {participle}."
        );

    private void TakeIn(Topic part, MarkdownText text, Person by, Instant now)
    {
        var newcomers = part
            ._speakers.OrderBy(s => s.Position)
            .Where(theirs => _speakers.TrueForAll(s => s.PersonId != theirs.PersonId))
            .ToList();
        var last = _speakers.Count == 0 ? -1 : _speakers.Max(s => s.Position);
        foreach (var (theirs, place) in newcomers.Select((speaker, place) => (speaker, place)))
        {
            var ours = new Speaker(theirs.Person) { Position = last + 1 + place };
            ours.Plan(theirs.Attendance, theirs.IsAlternative, theirs.InviteAt);
            _speakers.Add(ours);
        }

        (Details, Links, Refs) = (text, [.. Links.Union(part.Links)], [.. Refs.Union(part.Refs)]);
        if (RevisionNumber > 0)
        {
            _revisions.Add(new TopicRevision(++RevisionNumber, Title, text, by, now));
        }
    }
}
