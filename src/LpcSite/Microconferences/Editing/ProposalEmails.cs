using LpcSite.Calls;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Microconferences.Editing;

/// <summary>
/// Tells of a proposal: its leads, who have it in writing then and know until when they may change it, and the
/// organizers. An organizer who leads it themselves gets the leads' letter alone. Rows only; whoever proposes saves
/// them with the proposal.
/// </summary>
public sealed class ProposalEmails(LpcDbContext db)
{
    /// <param name="microconference">Proposed a moment ago, with its conference and leads loaded.</param>
    /// <param name="origin">Scheme and host of the site, for the links.</param>
    public async Task AddAsync(
        Microconference microconference,
        Call call,
        Person by,
        string origin,
        Instant now,
        CancellationToken stop
    )
    {
        var leads = microconference.Leads.Select(l => l.PersonId).ToList();
        var readers = await db
            .Users.Where(a => a.EmailConfirmed)
            .Where(a =>
                leads.Contains(a.PersonId)
                || a.Person.Mail != MailPreference.None && db.Organizers.Any(o => o.PersonId == a.PersonId)
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
        var (subject, link) = ($"Proposed: {microconference.Title}", origin + microconference.Path);
        foreach (var reader in readers)
        {
            var text = leads.Contains(reader.PersonId)
                ? EmailText.Write(reader.Name, ToLead(microconference, call, by, link, now))
                : EmailText.WriteToOrganizer(reader.Name, ToOrganizer(microconference, by, link));
            var email = new Email(reader.PersonId, reader.Name, reader.Mail, subject, text, now).About(
                microconference.ConferenceId,
                microconference.Id,
                FormattableString.Invariant($"mc/{microconference.Id}")
            );

            // Its leads have it in writing at once, whatever they prefer.
            db.Letters.Add(
                leads.Contains(reader.PersonId)
                    ? email
                    : email.AsPreferred(reader.Preference, reader.Zone ?? microconference.Conference.TimeZone)
            );
        }
    }

    private static string[] ToLead(Microconference microconference, Call call, Person by, string link, Instant now) =>
        [
            $"{by.Name} has proposed {EmailText.QuotedMicroconference(microconference.Title)}, which you lead, for "
                + $"{microconference.Conference.Name}. Everybody can read it now:",
            link,
            call.IsOpen(now)
                ? $"The call closes {Dates.Moment(call.ClosesAt, call.Zone)} "
                    + $"({Dates.Moment(call.ClosesAt, DateTimeZone.Utc)}). Until then change it as often as you like:"
                : "It came in by a late link, after the call had closed. You can still change it:",
            link + "/edit",
        ];

    private static string[] ToOrganizer(Microconference microconference, Person by, string link) =>
        [
            $"{by.Name} has proposed {EmailText.QuotedMicroconference(microconference.Title)} for "
                + $"{microconference.Conference.Name}.",
            "It is led by "
                + $"{string.Join(", ", microconference.Leads.OrderBy(l => l.Position).Select(l => l.Person.Name))}.",
            link,
        ];
}
