using LpcSite.Emails.Writing;
using LpcSite.People;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Emails;

/// <summary>Where a letter is on its way.</summary>
public enum EmailState
{
    /// <summary>To be sent when it is due.</summary>
    Waiting,

    /// <summary>Written, and kept until an organizer releases it.</summary>
    Held,

    /// <summary>The sender has it in its hands.</summary>
    Sending,

    /// <summary>The receiving server took it over.</summary>
    Sent,

    /// <summary>The receiving server will never take it, or did not for days.</summary>
    Failed,

    /// <summary>
    /// The server's answer was cut off: it may or may not have taken it, and an organizer has to look.
    /// </summary>
    Unclear,

    /// <summary>Taken back before it was sent.</summary>
    Stopped,

    /// <summary>The decision that it told of was taken back before anybody knew: it is never sent.</summary>
    Void,

    /// <summary>To go out with its reader's daily letter, as they want it.</summary>
    Gathered,

    /// <summary>It went out in its reader's daily letter.</summary>
    Bundled,
}

/// <summary>
/// A mail as a row, written in the transaction of its cause: readable, stoppable, sent by one background service.
/// </summary>
public class Email
{
    public const int SubjectMaxLength = 200;
    public const int ThreadMaxLength = 80;
    public const int NameMaxLength = 120;
    public const int TextMaxLength = 20000;
    public const int ProblemMaxLength = 1000;

    /// <summary>
    /// In characters: some mail servers refuse what is large, and a letter has to arrive with or without its calendar.
    /// </summary>
    public const int CalendarMaxLength = 100_000;

    /// <summary>What its calendar is called as a file.</summary>
    public const string CalendarFile = "schedule.ics";

    /// <summary>What stands in place of a secret letter's text once it was sent.</summary>
    public const string Forgotten =
        "This letter carried a link for its reader alone. Its text was forgotten when it was sent.";

    /// <summary>
    /// How long to wait after the first try, the second and so on: about three days in all, after which a letter has
    /// failed.
    /// </summary>
    private static readonly Duration[] Waits =
    [
        Duration.FromMinutes(1),
        Duration.FromMinutes(5),
        Duration.FromMinutes(15),
        Duration.FromHours(1),
        Duration.FromHours(2),
        Duration.FromHours(4),
        Duration.FromHours(8),
        Duration.FromHours(8),
        Duration.FromHours(12),
        Duration.FromHours(12),
        Duration.FromHours(12),
        Duration.FromHours(12),
    ];

    private Email() { }

    public Email(int? personId, string toName, string toAddress, string subject, string text, Instant now) =>
        (Reference, PersonId, ToName, ToAddress, Subject, Text, CreatedAt, DueAt) = (
            Guid.NewGuid(),
            personId,
            toName,
            toAddress,
            subject,
            text,
            now,
            now
        );

    public long Id { get; private set; }

    /// <summary>
    /// The left half of its Message-ID (RFC 5322, section 3.6.4), fixed before it is sent, so that a second try is the
    /// same mail.
    /// </summary>
    public Guid Reference { get; private set; }

    /// <summary>Null where the address belongs to nobody that the site knows.</summary>
    public int? PersonId { get; private set; }

    public string ToName { get; private set; } = null!;
    public string ToAddress { get; private set; } = null!;
    public string Subject { get; private set; } = null!;

    /// <summary>Plain text, the form that counts.</summary>
    public string Text { get; private set; } = null!;

    /// <summary>The same for programs that want it; null for a letter of plain text alone.</summary>
    public string? Html { get; private set; }

    /// <summary>A calendar (RFC 5545) that goes with it as a file; null for none.</summary>
    public string? Calendar { get; private set; }

    /// <summary>
    /// What it belongs to, such as <c>mc/12</c>: letters of one thread to one address answer each other.
    /// </summary>
    public string? Thread { get; private set; }

    public int? ConferenceId { get; private set; }
    public int? MicroconferenceId { get; private set; }

    /// <summary>The decision that it tells of.</summary>
    public int? DecisionId { get; private set; }

    /// <summary>The decision about a topic that it tells of.</summary>
    public int? TopicDecisionId { get; private set; }

    /// <summary>The leads of its microconference wrote it: it stands in their outbox, and they release it.</summary>
    public bool IsOfLeads { get; private set; }

    /// <summary>Who gets the answers, where that is not the organizers' address.</summary>
    public string? AnswersToName { get; private set; }

    public string? AnswersTo { get; private set; }

    /// <summary>
    /// It carries a link that lets its reader in: nobody else reads its text, and it is forgotten once sent.
    /// </summary>
    public bool IsSecret { get; private set; }

    /// <summary>
    /// Somebody waits for it at this moment, to get in or on: it goes out before those that are due longer, however
    /// many these are.
    /// </summary>
    public bool IsUrgent { get; private set; }

    public EmailState State { get; private set; }

    /// <summary>How often sending it was begun since somebody last asked for it.</summary>
    public int Attempts { get; private set; }

    public Instant CreatedAt { get; private set; }

    /// <summary>Not to be tried before.</summary>
    public Instant DueAt { get; private set; }

    /// <summary>
    /// When its text was handed to the receiving server the last time. While it is in the sender's hands, null means
    /// that no server can have it yet.
    /// </summary>
    public Instant? StartedAt { get; private set; }

    public Instant? SentAt { get; private set; }

    /// <summary>What the receiving server said, or what broke, the last time.</summary>
    public string? Problem { get; private set; }

    public Email About(int conferenceId, int? microconferenceId, string thread)
    {
        (ConferenceId, MicroconferenceId, Thread) = (conferenceId, microconferenceId, thread);
        return this;
    }

    /// <summary>Keeps it until the decision that it tells of is released.</summary>
    public Email Held(int decisionId)
    {
        (State, DecisionId) = (EmailState.Held, decisionId);
        return this;
    }

    /// <summary>The leads of its microconference wrote it.</summary>
    /// <param name="answersTo">The address of the one who did so; null for the organizers'.</param>
    public Email OfLeads(string name, string? answersTo)
    {
        (IsOfLeads, AnswersToName, AnswersTo) = (true, answersTo is null ? null : name, answersTo);
        return this;
    }

    /// <summary>Keeps it in the leads' outbox until one of them releases it.</summary>
    /// <param name="topicDecisionId">
    /// The decision that it tells of, and with which it is released; null for a letter about none.
    /// </param>
    public Email HeldByLeads(int? topicDecisionId)
    {
        (State, TopicDecisionId) = (EmailState.Held, topicDecisionId);
        return this;
    }

    /// <summary>
    /// Leaves it to its reader how they get it: at once, or with the others of the day. One with a calendar goes out at
    /// once, as the letter of the day carries no files.
    /// </summary>
    /// <param name="zone">Theirs, in which the day's letter goes out.</param>
    public Email AsPreferred(MailPreference preference, DateTimeZone zone)
    {
        if (preference is MailPreference.DailyDigest && Calendar is null)
        {
            (State, DueAt) = (EmailState.Gathered, DailyEmail.HourAfter(CreatedAt, zone));
        }

        return this;
    }

    /// <summary>The daily letter that has it in it is written in the same transaction.</summary>
    public void Bundle()
    {
        Rule.Require(State is EmailState.Gathered, "Only a letter that is gathered goes into the daily letter.");
        State = EmailState.Bundled;
    }

    /// <summary>Changes what this one reader gets, while nobody has it.</summary>
    public void Rewrite(string subject, string text)
    {
        Rule.Require(State is EmailState.Held, "This letter is no longer held, so that it cannot be changed.");
        Rule.Require(
            subject.Length is > 0 and <= SubjectMaxLength && !subject.Any(char.IsControl),
            $"The subject is one line of 1 to {SubjectMaxLength} characters."
        );
        Rule.Require(
            text.Length is > 0 and <= TextMaxLength,
            $"A letter has a text of 1 to {TextMaxLength} characters."
        );
        (Subject, Text) = (subject, text.ReplaceLineEndings("\n"));
    }

    /// <summary>It was held, and may go out.</summary>
    public void Release(Instant now)
    {
        Rule.Require(State is EmailState.Held, "Only a letter that is held can be released.");
        (State, DueAt) = (EmailState.Waiting, now);
    }

    /// <summary>What it says will not come true.</summary>
    public void TakeBack()
    {
        Rule.Require(State is EmailState.Held, "Only a letter that is held can be taken back.");
        State = EmailState.Void;
    }

    public Email WithHtml(string html)
    {
        Html = html;
        return this;
    }

    /// <summary>The times that it tells of, for the reader's own calendar.</summary>
    public Email WithCalendar(string calendar)
    {
        Rule.Require(
            State is not EmailState.Gathered,
            "A letter that waits for the letter of the day carries no calendar."
        );
        Rule.Require(
            calendar.Length is > 0 and <= CalendarMaxLength,
            $"The calendar of a letter has 1 to {CalendarMaxLength} characters."
        );
        Calendar = calendar;
        return this;
    }

    /// <summary>It lets its reader in. Whoever asked for it waits for it, and so it is urgent.</summary>
    public Email Secret()
    {
        (IsSecret, IsUrgent) = (true, true);
        return this;
    }

    /// <summary>It lets its reader in too, but somebody else asked for it: the reader does not wait.</summary>
    public Email SecretOfAnother()
    {
        IsSecret = true;
        return this;
    }

    public bool CanBeStopped => State is EmailState.Waiting or EmailState.Gathered;
    public bool CanBeSentAgain => State is EmailState.Failed or EmailState.Unclear or EmailState.Stopped;

    /// <summary>The sender takes it into its hands; no server has seen any of it.</summary>
    public void Begin()
    {
        Rule.Require(State is EmailState.Waiting, "Only a letter that waits is sent.");
        (State, StartedAt, Attempts) = (EmailState.Sending, null, Attempts + 1);
    }

    /// <summary>The receiving server took it over.</summary>
    public void Deliver(Instant now)
    {
        Leave(EmailState.Sent, null);
        SentAt = now;
        if (IsSecret)
        {
            (Text, Html, Calendar) = (Forgotten, null, null);
        }
    }

    /// <summary>Not this time: later, longer after every try, and after about three days no more.</summary>
    /// <param name="problem">The receiving server's own words, or what broke.</param>
    public void Defer(string problem, Instant now)
    {
        if (Attempts > Waits.Length)
        {
            Refuse(problem);
            return;
        }

        Leave(EmailState.Waiting, problem);
        DueAt = now + Waits[Attempts - 1];
    }

    /// <summary>The receiving server will never take it.</summary>
    public void Refuse(string problem) => Leave(EmailState.Failed, problem);

    /// <summary>
    /// Nobody knows whether the receiving server took it; sending it again is for a person to decide.
    /// </summary>
    public void BecomeUnclear(string problem) => Leave(EmailState.Unclear, problem);

    /// <summary>
    /// Its sender died with it in hand. If no server can have it, it goes to the end of those that are due; otherwise
    /// it is unclear. One that was cut off as often as others are tried in days may itself be what kills its senders.
    /// </summary>
    public void CutOff(Instant now)
    {
        if (StartedAt is not null)
        {
            BecomeUnclear(
                "Sending was cut off before the receiving server's answer was read; the letter may or may not have "
                    + "arrived."
            );
        }
        else if (Attempts > Waits.Length)
        {
            Refuse("Sending this letter was cut off again and again.");
        }
        else
        {
            Leave(
                EmailState.Waiting,
                "Sending was cut off before the receiving server had the letter; it is tried again."
            );
            DueAt = now;
        }
    }

    /// <summary>Taken back before it was sent.</summary>
    public void Stop()
    {
        Rule.Require(
            CanBeStopped,
            State is EmailState.Sending
                ? "This letter is being sent at this moment."
                : "Only a letter that waits can be stopped."
        );
        State = EmailState.Stopped;
    }

    /// <summary>An organizer looked, and wants it sent whatever happened before.</summary>
    public void SendAgain(Instant now)
    {
        Rule.Require(CanBeSentAgain, "Only a letter that failed, was stopped or is unclear can be sent again.");
        (State, DueAt, Attempts, StartedAt) = (EmailState.Waiting, now, 0, null);
    }

    // An unclear letter may still turn out well, when its sender was only cut off from the database.
    private void Leave(EmailState state, string? problem)
    {
        Rule.Require(State is EmailState.Sending or EmailState.Unclear, "This letter is in nobody's hands.");
        (State, Problem) = (state, problem is { Length: > ProblemMaxLength } ? problem[..ProblemMaxLength] : problem);
    }
}
