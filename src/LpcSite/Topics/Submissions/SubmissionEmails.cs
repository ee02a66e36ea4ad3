using LpcSite.Calls;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Decisions;
using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Texts;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Topics.Submissions;

/// <summary>
/// Tells of a topic that came in: its author, who has it in writing then and knows until when they may change it, and
/// the leads. Rows only; whoever submits saves them with the topic.
/// </summary>
public sealed class SubmissionEmails(LpcDbContext db, TopicEmails letters)
{
    /// <param name="microconference">With its conference and leads loaded.</param>
    /// <param name="topic">Submitted a moment ago, with its speakers.</param>
    public async Task AddAsync(
        Microconference microconference,
        Topic topic,
        Call call,
        Person by,
        string origin,
        Instant now,
        CancellationToken stop
    )
    {
        var leads = microconference.Leads.Select(l => l.PersonId).ToList();
        var readers = await db
            .Users.Where(a =>
                a.EmailConfirmed
                && (a.PersonId == by.Id || leads.Contains(a.PersonId) && a.Person.Mail != MailPreference.None)
            )
            .OrderBy(a => a.PersonId)
            .Select(a => new
            {
                a.PersonId,
                a.Person.Name,
                Mail = a.Email!,
                a.Person.Zone,
                Preference = a.Person.Mail,
            })
            .ToListAsync(stop);
        foreach (var reader in readers)
        {
            var isAuthor = reader.PersonId == by.Id;
            var paragraphs = isAuthor
                ? ToAuthor(microconference, topic, call, origin, now)
                : ToLead(microconference, topic, by, origin);
            var email = new Email(
                reader.PersonId,
                reader.Name,
                reader.Mail,
                TopicEmails.SubjectOf(topic),
                EmailText.Write(reader.Name, paragraphs),
                now
            ).About(microconference.ConferenceId, microconference.Id, FormattableString.Invariant($"topic/{topic.Id}"));
            db.Letters.Add(
                isAuthor
                    ? email
                    : email.AsPreferred(reader.Preference, reader.Zone ?? microconference.Conference.TimeZone)
            );
        }
    }

    /// <summary>Tells the leads that what they asked for is done.</summary>
    public Task AddAnswerAsync(
        Microconference microconference,
        Topic topic,
        Person by,
        string origin,
        Instant now,
        CancellationToken stop
    ) =>
        letters.TellLeadsAsync(
            microconference,
            topic,
            [
                $"{by.Name} has changed the topic {EmailText.Quoted(topic.Title)} of "
                    + $"{EmailText.QuotedMicroconference(microconference.Title)} as you asked, and sends it again.",
                FormattableString.Invariant($"{origin}{microconference.Path}/lead/topics/{topic.Id}"),
            ],
            by,
            now,
            stop
        );

    /// <summary>
    /// Tells the leads, and those who speak about it, that a topic was withdrawn; of a draft the leads know nothing.
    /// </summary>
    public Task AddWithdrawalAsync(
        Microconference microconference,
        Topic topic,
        Person by,
        string origin,
        Instant now,
        CancellationToken stop
    ) =>
        AddAsync(
            microconference,
            topic,
            by,
            "withdrew",
            topic.Minutes is { } minutes ? $" It would have taken {Wording.Count(minutes, "minute")}." : "",
            origin,
            now,
            stop
        );

    /// <summary>Tells the same people that it was restored.</summary>
    public Task AddRestorationAsync(
        Microconference microconference,
        Topic topic,
        Person by,
        string origin,
        Instant now,
        CancellationToken stop
    ) => AddAsync(microconference, topic, by, "restored", $" It is {topic.StatusWord} again.", origin, now, stop);

    private async Task AddAsync(
        Microconference microconference,
        Topic topic,
        Person by,
        string verb,
        string more,
        string origin,
        Instant now,
        CancellationToken stop
    )
    {
        var sentence =
            $"{by.Name} {verb} the topic {EmailText.Quoted(topic.Title)} of "
            + $"{EmailText.QuotedMicroconference(microconference.Title)}";
        if (topic.SubmittedAt is not null)
        {
            string[] toLeads =
            [
                $"{sentence}, which you lead.{more}",
                FormattableString.Invariant($"{origin}{microconference.Path}/lead/topics"),
            ];
            await letters.TellLeadsAsync(microconference, topic, toLeads, by, now, stop);
        }

        string[] toOthers =
        [
            $"{sentence}.{more}",
            FormattableString.Invariant($"{origin}{microconference.Path}/submit/{topic.Id}"),
        ];
        await letters.TellOthersAsync(microconference, topic, toOthers, by, now, stop);
    }

    private static string[] ToAuthor(
        Microconference microconference,
        Topic topic,
        Call call,
        string origin,
        Instant now
    ) =>
        [
            $"Your topic {EmailText.Quoted(topic.Title)} has come in for "
                + $"{EmailText.QuotedMicroconference(microconference.Title)} at "
                + $"{microconference.Conference.Name}. Its leads read it and decide.",
            call.AllowsChanges ? "You can go on changing it:"
            : call.IsOpen(now)
                ? $"The call closes {Dates.Moment(call.ClosesAt, call.Zone)} "
                    + $"({Dates.Moment(call.ClosesAt, DateTimeZone.Utc)}). Until then change it as often as you like:"
            : "It came in by a late link, after the call had closed:",
            FormattableString.Invariant($"{origin}{microconference.Path}/submit/{topic.Id}"),
        ];

    private static string[] ToLead(Microconference microconference, Topic topic, Person by, string origin) =>
        [
            $"{by.Name} has submitted a topic for {EmailText.QuotedMicroconference(microconference.Title)}, which you "
                + "lead: "
                + $"{EmailText.Quoted(topic.Title)}"
                + $"{(topic.Minutes is { } minutes ? $", {Wording.Count(minutes, "minute")}" : "")}.",
            topic.Speakers.Count == 0
                ? "No speaker is named yet."
                : $"Speakers: {string.Join(", ", topic.Speakers.OrderBy(s => s.Position).Select(s => s.Person.Name))}.",
            FormattableString.Invariant($"{origin}{microconference.Path}/lead/topics/{topic.Id}"),
        ];
}
