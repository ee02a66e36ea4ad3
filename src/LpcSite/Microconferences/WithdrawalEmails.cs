using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.People;
using LpcSite.Texts;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Microconferences;

/// <summary>
/// Tells everybody who has to do with a microconference that it was withdrawn or restored, and by whom: its leads, key
/// attendees, those who submitted a topic or speak about one, and the organizers. Rows only; whoever withdraws saves
/// them with the change.
/// </summary>
public sealed class WithdrawalEmails(LpcDbContext db)
{
    /// <summary>Topics that were to be discussed, or might have been.</summary>
    internal static readonly TopicStatus[] Concerned =
    [
        TopicStatus.Suggested,
        TopicStatus.Submitted,
        TopicStatus.Accepted,
    ];

    /// <param name="microconference">Withdrawn or restored a moment ago, with its conference and leads.</param>
    public async Task AddAsync(
        Microconference microconference,
        Person by,
        string origin,
        Instant now,
        CancellationToken stop
    )
    {
        var isWithdrawn = microconference.Status is MicroconferenceStatus.Withdrawn;
        foreach (var reader in await ReadersAsync(microconference, stop))
        {
            var paragraphs = Paragraphs(microconference, by, reader, origin);
            var text =
                reader.Part is Part.Organizes
                    ? EmailText.WriteToOrganizer(reader.Name, paragraphs)
                    : EmailText.Write(reader.Name, paragraphs);
            var email = new Email(
                reader.PersonId,
                reader.Name,
                reader.Mail,
                $"{(isWithdrawn ? "Withdrawn" : "Restored")}: {microconference.Title}",
                text,
                now
            ).About(
                microconference.ConferenceId,
                microconference.Id,
                FormattableString.Invariant($"mc/{microconference.Id}")
            );

            // Whoever has a part in it knows at once; the organizers as they like to get their mail.
            db.Letters.Add(
                reader.Part is Part.Organizes
                    ? email.AsPreferred(reader.Preference, reader.Zone ?? microconference.Conference.TimeZone)
                    : email
            );
        }
    }

    /// <summary>Everybody once, by the nearest part that they have in it.</summary>
    internal async Task<IReadOnlyList<Reader>> ReadersAsync(Microconference microconference, CancellationToken stop)
    {
        var id = microconference.Id;
        var topics = db.Topics.Where(t => t.MicroconferenceId == id && Concerned.Contains(t.Status));
        var leads = db.Leads.Where(l => l.MicroconferenceId == id).Select(l => l.PersonId);
        var authors = topics.Where(t => t.SubmitterId != null).Select(t => t.SubmitterId!.Value);
        var speakers = topics.SelectMany(t => t.Speakers).Where(s => s.DeclinedAt == null).Select(s => s.PersonId);
        var attendees = db
            .KeyAttendees.Where(k => k.MicroconferenceId == id && k.DeclinedAt == null)
            .Select(k => k.PersonId);
        var organizers = db.Organizers.Select(o => o.PersonId);
        return await db
            .Users.Where(a => a.EmailConfirmed)
            .Where(a =>
                leads.Contains(a.PersonId)
                || authors.Contains(a.PersonId)
                || speakers.Contains(a.PersonId)
                || attendees.Contains(a.PersonId)
                || a.Person.Mail != MailPreference.None && organizers.Contains(a.PersonId)
            )
            .OrderBy(a => a.PersonId)
            .Select(a => new Reader(
                a.PersonId,
                a.Person.Name,
                a.Email!,
                a.Person.Zone,
                a.Person.Mail,
                leads.Contains(a.PersonId) ? Part.Leads
                    : authors.Contains(a.PersonId) || speakers.Contains(a.PersonId) ? Part.Speaks
                    : attendees.Contains(a.PersonId) ? Part.IsNeeded
                    : Part.Organizes
            ))
            .ToListAsync(stop);
    }

    private static IEnumerable<string> Paragraphs(
        Microconference microconference,
        Person by,
        Reader reader,
        string origin
    )
    {
        var isWithdrawn = microconference.Status is MicroconferenceStatus.Withdrawn;
        var (name, conference) = (
            Wording.Microconference(EmailText.Unlinked(microconference.Title)),
            microconference.Conference.Name
        );
        var part = reader.Part switch
        {
            Part.Leads => ", which you lead,",
            Part.Speaks => ", for which you have a topic,",
            Part.IsNeeded => ", where you are a key attendee,",
            _ => "",
        };
        yield return isWithdrawn
            ? $"{by.Name} withdrew {name}{part} from {conference}. Its page stays, marked as withdrawn:"
            : $"{by.Name} restored {name}{part} at {conference}. It is {microconference.Status.InWords()} again:";
        yield return origin + microconference.Path;
        if (isWithdrawn && reader.Part is Part.Speaks)
        {
            yield return "Its topics will not be discussed unless it is restored.";
        }

        var mayRestore =
            reader.Part is Part.Organizes
            || reader.Part is Part.Leads && microconference.IsWithdrawnByOrganizer is false;
        if (isWithdrawn && mayRestore)
        {
            yield return "If this is a mistake, restore it:";
            yield return $"{origin}{microconference.Path}/lead/withdraw";
        }
    }

    /// <summary>What somebody has to do with it.</summary>
    internal enum Part
    {
        Leads,
        Speaks,
        IsNeeded,
        Organizes,
    }

    /// <param name="Zone">Null where they use the conference's.</param>
    internal sealed record Reader(
        int PersonId,
        string Name,
        string Mail,
        DateTimeZone? Zone,
        MailPreference Preference,
        Part Part
    );
}
