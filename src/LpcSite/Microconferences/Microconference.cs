using LpcSite.Conferences;
using LpcSite.Markdown;
using LpcSite.Microconferences.Leads;
using LpcSite.Microconferences.Revisions;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Texts;
using LpcSite.Topics;
using NodaTime;

namespace LpcSite.Microconferences;

/// <summary>Where a microconference is in its life.</summary>
public enum MicroconferenceStatus
{
    Draft,
    Proposed,
    ChangesRequested,
    Accepted,
    Declined,
    Merged,
    Withdrawn,
}

/// <summary>What an accepted microconference gets; decided apart from acceptance.</summary>
public enum SessionForm
{
    /// <summary>3.5 hours with a break of 30 minutes.</summary>
    Full,

    /// <summary>1.5 hours.</summary>
    Half,

    /// <summary>Full length in a room without staffed audio and video.</summary>
    NoAv,
}

/// <summary>A half-day of discussion that its leads propose, describe in Markdown and run.</summary>
public class Microconference
{
    public const int TitleMaxLength = 120;

    /// <summary>What means something else as the last part of an address under <c>/mc</c>.</summary>
    public static IReadOnlyList<string> ReservedSlugs { get; } = ["propose", "preview", "links"];

    /// <summary>What everybody is told who gives a microconference such an address.</summary>
    public static string ReservedSentence(string slug) =>
        $"The address '{slug}' is a page of the site. Choose another one.";

    private readonly List<Revision> _revisions = [];
    private readonly List<Lead> _leads = [];
    private readonly List<KeyAttendee> _keyAttendees = [];
    private readonly List<Reference> _references = [];
    private readonly List<Topic> _topics = [];
    private readonly List<Predecessor> _predecessors = [];

    private Microconference() { }

    public Microconference(Conference conference, string slug, string title, Instant now)
    {
        RequireAddress(slug);
        (Conference, Slug, CreatedAt, RevisedAt) = (conference, slug, now, now);
        Rename(title);
    }

    public int Id { get; private set; }
    public int ConferenceId { get; private set; }
    public Conference Conference { get; private set; } = null!;
    public string Slug { get; private set; } = null!;
    public string Title { get; private set; } = null!;
    public MicroconferenceStatus Status { get; private set; }
    public SessionForm? Form { get; private set; }

    /// <summary>The description lists the topics itself, so that the page shows them once.</summary>
    public bool TopicsInline { get; set; }

    /// <summary>The microconference that this one became a part of.</summary>
    public int? MergedIntoId { get; private set; }

    public Microconference? MergedInto { get; private set; }

    /// <summary>The number of the newest revision; 0 before the first text is saved.</summary>
    public int RevisionNumber { get; private set; }

    public Instant CreatedAt { get; private set; }

    /// <summary>When its text, its people or its topics last changed.</summary>
    public Instant RevisedAt { get; private set; }

    /// <summary>Changes with every write to this row (PostgreSQL's xmin): the second of two writers is told.</summary>
    public uint RowVersion { get; private set; }

    public IReadOnlyList<Revision> Revisions => _revisions;
    public IReadOnlyList<Lead> Leads => _leads;
    public IReadOnlyList<KeyAttendee> KeyAttendees => _keyAttendees;
    public IReadOnlyList<Reference> References => _references;
    public IReadOnlyList<Topic> Topics => _topics;

    /// <summary>The earlier ones that it continues.</summary>
    /// <summary>What it was before it was withdrawn; null where it is not, and where nobody knows.</summary>
    public MicroconferenceStatus? WithdrawnFrom { get; private set; }

    public SessionForm? WithdrawnForm { get; private set; }
    public Instant? WithdrawnAt { get; private set; }

    /// <summary>
    /// Whether it was an organizer who does not lead it; null where it was not withdrawn, and where nobody knows.
    /// </summary>
    public bool? IsWithdrawnByOrganizer { get; private set; }

    public IReadOnlyList<Predecessor> Predecessors => _predecessors;

    public string Path => $"{Conference.Path}/mc/{Slug}";

    /// <summary>Proposed or accepted, and going to happen as far as anybody knows.</summary>
    public bool IsRunning =>
        Status
            is MicroconferenceStatus.Proposed
                or MicroconferenceStatus.ChangesRequested
                or MicroconferenceStatus.Accepted;

    public void Rename(string title)
    {
        Rule.Require(
            !string.IsNullOrWhiteSpace(title) && title.Length <= TitleMaxLength,
            $"A microconference has a title of 1 to {TitleMaxLength} characters."
        );
        Title = title;
    }

    /// <summary>Gives it another address; whoever does so leaves a redirect behind.</summary>
    public void MoveTo(string slug, Instant now)
    {
        RequireAddress(slug);
        (Slug, RevisedAt) = (slug, now);
    }

    /// <param name="basedOn">
    /// The revision the author had on screen; a newer one means that somebody else saved first.
    /// </param>
    /// <param name="results">What came of the earlier runs; empty if it has none.</param>
    /// <param name="by">Null when a command saved it, not a person.</param>
    /// <param name="second">The newest text of another microconference that is put together with this one.</param>
    public void Revise(
        MarkdownText description,
        MarkdownText results,
        int basedOn,
        Person? by,
        string summary,
        Instant now,
        Revision? second = null
    )
    {
        Rule.Require(
            Status is not MicroconferenceStatus.Withdrawn,
            "This microconference was withdrawn and can no longer be edited."
        );
        Rule.Require(basedOn == RevisionNumber, "Somebody saved a newer text while you were editing.");
        _revisions.Add(new Revision(++RevisionNumber, description, results, by, summary, now, second));
        RevisedAt = now;
    }

    /// <summary>Its people, references or topics changed without a new text.</summary>
    public void Touch(Instant now) => RevisedAt = now;

    /// <summary>Makes a draft public: from here on everybody can read it.</summary>
    public void Propose(Instant now)
    {
        Rule.Require(
            Status is MicroconferenceStatus.Draft or MicroconferenceStatus.ChangesRequested,
            "Only a draft can be proposed."
        );
        Rule.Require(_leads.Count > 0, "A microconference needs at least one lead before it can be proposed.");
        var text = _revisions.Find(r => r.Number == RevisionNumber);
        Rule.Require(!string.IsNullOrWhiteSpace(text?.Description.Source), "Write the description before you propose.");
        Rule.Require(
            _predecessors.Count == 0 || !string.IsNullOrWhiteSpace(text?.Results.Source),
            "It ran before: write what came of it before you propose."
        );
        (Status, RevisedAt) = (MicroconferenceStatus.Proposed, now);
    }

    /// <summary>
    /// The reviewers want something else in it before they can judge it; its leads propose it again when it is there.
    /// </summary>
    public void RequestChanges(Instant now)
    {
        Rule.Require(
            Status is MicroconferenceStatus.Proposed or MicroconferenceStatus.ChangesRequested,
            $"{Title} is {Status.InWords()}, and changes are asked for before it is decided."
        );
        (Status, RevisedAt) = (MicroconferenceStatus.ChangesRequested, now);
    }

    /// <summary>
    /// It does not take place. Its page stays for those who cite it, and what it was is remembered, so that it can be
    /// restored.
    /// </summary>
    /// <param name="byOrganizer">Whether somebody does so who does not lead it.</param>
    public void Withdraw(bool byOrganizer, Instant now)
    {
        Rule.Require(
            Status is not MicroconferenceStatus.Draft,
            "A draft needs no withdrawing: only its leads and the organizers know of it."
        );
        Rule.Require(
            Status
                is MicroconferenceStatus.Proposed
                    or MicroconferenceStatus.ChangesRequested
                    or MicroconferenceStatus.Accepted,
            "It is not running any more, so that there is nothing to withdraw."
        );
        (WithdrawnFrom, WithdrawnForm, WithdrawnAt, IsWithdrawnByOrganizer) = (Status, Form, now, byOrganizer);
        (Status, Form, RevisedAt) = (MicroconferenceStatus.Withdrawn, null, now);
    }

    /// <summary>
    /// It is again what it was before it was withdrawn. What organizers withdrew, its leads cannot restore.
    /// </summary>
    public void Restore(bool byOrganizer, Instant now)
    {
        Rule.Require(
            Status is MicroconferenceStatus.Withdrawn,
            $"{Title} is {Status.InWords()}, and only what was withdrawn can be restored."
        );
        Rule.Require(
            byOrganizer || IsWithdrawnByOrganizer is not true,
            "An organizer withdrew it, and an organizer has to restore it."
        );
        (Status, Form, RevisedAt) = (WithdrawnFrom ?? MicroconferenceStatus.Proposed, WithdrawnForm, now);
        ForgetWithdrawal();
    }

    /// <summary>The organizers want it.</summary>
    /// <param name="form">What it gets; null if that is decided later.</param>
    public void Accept(SessionForm? form, Instant now)
    {
        RequireRunning();
        (Status, Form, RevisedAt) = (MicroconferenceStatus.Accepted, form ?? Form, now);
    }

    /// <summary>There is no place for it. Its page is gone for all but its leads and the organizers.</summary>
    public void Decline(Instant now)
    {
        RequireRunning();
        (Status, Form, RevisedAt) = (MicroconferenceStatus.Declined, null, now);
    }

    /// <summary>It becomes a part of another one; its address leads there.</summary>
    public void MergeInto(Microconference other, Instant now)
    {
        RequireRunning();
        other.RequireRunning();
        Rule.Require(other != this, "A microconference cannot be merged into itself.");
        (Status, Form, MergedInto, RevisedAt) = (MicroconferenceStatus.Merged, null, other, now);
    }

    /// <summary>What was decided holds no longer: it is a proposal again.</summary>
    public void Reopen(Instant now)
    {
        Rule.Require(
            Status is MicroconferenceStatus.Accepted or MicroconferenceStatus.Declined or MicroconferenceStatus.Merged,
            $"{Title} is {Status.InWords()}, so that there is nothing to reopen."
        );
        (Status, Form, MergedInto, RevisedAt) = (MicroconferenceStatus.Proposed, null, null, now);
    }

    /// <summary>
    /// A topic of one that becomes a part of this one comes along, with its number and so with its address.
    /// </summary>
    public void TakeOver(Topic topic, Microconference from)
    {
        Rule.Require(from._topics.Remove(topic), "That topic belongs to another microconference.");
        topic.BelongTo(Id);
        _topics.Add(topic);
    }

    /// <summary>
    /// Records what was decided elsewhere, as a conference that comes in as files brings it: history is not asked for
    /// what the rules ask of the living. RISC-V was proposed in 2022 without a description.
    /// </summary>
    public void Record(MicroconferenceStatus status, SessionForm? form, Microconference? mergedInto)
    {
        Rule.Require(
            form is null || status is MicroconferenceStatus.Accepted,
            "Only an accepted microconference has a form."
        );
        Rule.Require(
            (status is MicroconferenceStatus.Merged) == (mergedInto is not null),
            "A merged microconference names the one it went into, and no other does."
        );
        Rule.Require(mergedInto is null || mergedInto != this, "A microconference cannot be merged into itself.");
        (Status, Form, MergedInto) = (status, form, mergedInto);
        if (status is not MicroconferenceStatus.Withdrawn)
        {
            ForgetWithdrawal();
        }
    }

    /// <returns>Whether anything changed.</returns>
    public bool LedBy(IReadOnlyList<Person> people)
    {
        Rule.Require(people.Count > 0, "A microconference has at least one lead.");
        return Roster.Replace(_leads, people, person => new Lead(person));
    }

    /// <summary>One more, behind the others; nothing changes for somebody who leads it already.</summary>
    public void AddLead(Person person)
    {
        if (!_leads.Exists(l => l.PersonId == person.Id))
        {
            _leads.Add(new Lead(person) { Position = _leads.Count == 0 ? 0 : _leads.Max(l => l.Position) + 1 });
        }
    }

    public void RemoveLead(Person person)
    {
        Rule.Require(_leads.Exists(l => l.PersonId == person.Id), $"{person.Name} does not lead it.");
        Rule.Require(
            _leads.Exists(l => l.PersonId != person.Id && l.Person.ErasedAt is null),
            "The last lead cannot leave. Invite somebody else first, or withdraw the microconference."
        );
        _leads.RemoveAll(l => l.PersonId == person.Id);
    }

    /// <summary>Puts somebody first, as the one to whom the organizers write first.</summary>
    public void PutFirst(Person person)
    {
        Rule.Require(_leads.Exists(l => l.PersonId == person.Id), $"{person.Name} does not lead it.");
        LedBy([person, .. _leads.OrderBy(l => l.Position).Select(l => l.Person).Where(p => p != person)]);
    }

    /// <returns>Whether anything changed.</returns>
    public bool NeedsToHave(IReadOnlyList<Person> people) =>
        Roster.Replace(_keyAttendees, people, person => new KeyAttendee(person));

    /// <summary>
    /// Somebody without whom the discussion would not work says that they come, or take part remotely.
    /// </summary>
    /// <param name="named">
    /// Whom the leads named; <paramref name="by"/> takes their place where they are another.
    /// </param>
    public void ExpectToCome(Person named, Person by, Attendance attendance, Instant now)
    {
        var asked = Asked(named);
        if (named.Id != by.Id)
        {
            NeedsToHave([.. _keyAttendees.OrderBy(k => k.Position).Select(k => k == asked ? by : k.Person)]);
            asked = _keyAttendees.Single(k => k.Person == by);
        }

        asked.Confirm(attendance, now);
    }

    /// <summary>They do not come.</summary>
    public void ExpectNot(Person named, Instant now) => Asked(named).Decline(now);

    private KeyAttendee Asked(Person named)
    {
        var asked = _keyAttendees.Find(k => k.PersonId == named.Id);
        Rule.Require(asked is not null, $"{named.Name} is not on the list of key attendees any more.");
        return asked;
    }

    /// <returns>Whether anything changed.</returns>
    public bool Cite(IReadOnlyList<(string Label, string Url)> references)
    {
        if (_references.OrderBy(r => r.Position).Select(r => (r.Label, r.Url)).SequenceEqual(references))
        {
            return false;
        }

        _references.Clear();
        _references.AddRange(
            references.Select((reference, position) => new Reference(position, reference.Label, reference.Url))
        );
        return true;
    }

    public void Continue(Microconference earlier)
    {
        Rule.Require(earlier != this, "A microconference cannot continue itself.");
        if (!_predecessors.Exists(p => p.Earlier == earlier))
        {
            _predecessors.Add(new Predecessor(earlier));
        }
    }

    public Topic Suggest(string title)
    {
        var topic = new Topic(title, _topics.Count);
        _topics.Add(topic);
        return topic;
    }

    private void ForgetWithdrawal() =>
        (WithdrawnFrom, WithdrawnForm, WithdrawnAt, IsWithdrawnByOrganizer) = (null, null, null, null);

    private static void RequireAddress(string slug)
    {
        Rule.Require(
            Conferences.Slug.IsValid(slug),
            "The slug of a microconference is made of lower-case letters, digits and single hyphens."
        );
        Rule.Require(!ReservedSlugs.Contains(slug), ReservedSentence(slug));
    }

    private void RequireRunning() =>
        Rule.Require(IsRunning, $"{Title} is {Status.InWords()}, and only what is proposed can be decided.");
}
