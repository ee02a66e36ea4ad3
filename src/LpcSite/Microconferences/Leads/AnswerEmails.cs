using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.People;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Microconferences.Leads;

/// <summary>
/// Tells those who count on somebody that they do not come, as they have to look for another. Rows only; whoever takes
/// the answer saves them with it.
/// </summary>
public sealed class AnswerEmails(LpcDbContext db)
{
    /// <param name="microconference">With its conference and leads loaded.</param>
    /// <param name="topic">
    /// The one about which they do not speak; null for a key attendee. What is not accepted yet concerns its submitter
    /// alone.
    /// </param>
    public async Task AddAsync(
        Microconference microconference,
        Topic? topic,
        Person who,
        string origin,
        Instant now,
        CancellationToken stop
    )
    {
        List<int> concerned = topic is null or { Status: TopicStatus.Accepted }
            ? [.. microconference.Leads.Select(l => l.PersonId)]
            : [topic.SubmitterId ?? 0];
        var readers = await db
            .Users.Where(a => a.EmailConfirmed && a.PersonId != who.Id && concerned.Contains(a.PersonId))
            .OrderBy(a => a.PersonId)
            .Select(a => new
            {
                a.PersonId,
                a.Person.Name,
                Mail = a.Email!,
            })
            .ToListAsync(stop);
        var subject = topic is null
            ? $"{who.Name} does not come to {microconference.Title}"
            : $"{who.Name} does not speak: {topic.Title}";
        string[] paragraphs =
        [
            topic is null
                ? $"{who.Name}, a key attendee of {EmailText.QuotedMicroconference(microconference.Title)} at "
                    + $"{microconference.Conference.Name}, does not come."
                : $"{who.Name} does not speak about {EmailText.Quoted(topic.Title)} in "
                    + $"{EmailText.QuotedMicroconference(microconference.Title)} at {microconference.Conference.Name}.",
            topic is { Status: not TopicStatus.Accepted }
                ? FormattableString.Invariant($"{origin}{microconference.Path}/submit/{topic.Id}")
                : $"{origin}{microconference.Path}/lead/roster",
        ];
        db.Letters.AddRange(
            readers.Select(reader =>
                new Email(
                    reader.PersonId,
                    reader.Name,
                    reader.Mail,
                    subject[..Math.Min(subject.Length, Email.SubjectMaxLength)],
                    EmailText.Write(reader.Name, paragraphs),
                    now
                ).About(
                    microconference.ConferenceId,
                    microconference.Id,
                    topic is null
                        ? FormattableString.Invariant($"mc/{microconference.Id}")
                        : FormattableString.Invariant($"topic/{topic.Id}")
                )
            )
        );
    }
}
