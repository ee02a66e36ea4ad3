using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Emails.Writing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Nominations;

/// <summary>Reminds the leads, some days before the deadline, of passes and places that nobody has yet.</summary>
public static class NominationReminder
{
    /// <summary>So long before the deadline.</summary>
    public static readonly Duration Ahead = Duration.FromDays(3);

    /// <summary>
    /// Writes the reminders that are due, once for each deadline however many instances do so at once.
    /// </summary>
    /// <param name="origin">Scheme and host of the site, for the links.</param>
    /// <returns>How many letters were written.</returns>
    public static async Task<int> WriteDueAsync(
        Func<LpcDbContext> open,
        string origin,
        Instant now,
        CancellationToken stop
    )
    {
        await using var looking = open();
        var due = await looking
            .Allowances.Where(a =>
                a.ClosesAt > now
                && a.ClosesAt <= now + Ahead
                && a.RemindedOf != a.ClosesAt
                && a.MicroconferenceId == null
            )
            .OrderBy(a => a.Id)
            .Select(a => a.Id)
            .ToListAsync(stop);
        var written = 0;
        foreach (var id in due)
        {
            written += await WriteAsync(open, id, origin, now, stop);
        }

        return written;
    }

    private static async Task<int> WriteAsync(
        Func<LpcDbContext> open,
        int id,
        string origin,
        Instant now,
        CancellationToken stop
    )
    {
        await using var db = open();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);

        // One instance after the other; the second finds it done.
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM allowances WHERE id = {id} FOR UPDATE", stop);
        var allowance = await db.Allowances.SingleAsync(a => a.Id == id, stop);
        if (allowance.RemindedOf == allowance.ClosesAt || allowance.ClosesAt <= now)
        {
            return 0;
        }

        allowance.Reminded();
        var letters = await ComposeAsync(db, allowance, origin, now, stop);
        db.Letters.AddRange(letters);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return letters.Count;
    }

    private static async Task<List<Email>> ComposeAsync(
        LpcDbContext db,
        Allowance allowance,
        string origin,
        Instant now,
        CancellationToken stop
    )
    {
        var lines = await NominationLine.ReadAsync(db, allowance.ConferenceId, stop);
        var free = lines.Where(l => l.IsMissing).ToDictionary(l => l.MicroconferenceId);
        var readers = await db
            .Leads.Where(l =>
                free.Keys.Contains(l.MicroconferenceId)
                && db.Conferences.Any(c => c.Id == allowance.ConferenceId && c.State == ConferenceState.Public)
            )
            .Join(
                db.Users.Where(a => a.EmailConfirmed),
                l => l.PersonId,
                a => a.PersonId,
                (l, a) =>
                    new
                    {
                        l.MicroconferenceId,
                        a.PersonId,
                        a.Person.Name,
                        Mail = a.Email!,
                    }
            )
            .OrderBy(r => r.MicroconferenceId)
            .ThenBy(r => r.PersonId)
            .ToListAsync(stop);
        return readers.ConvertAll(reader =>
        {
            var line = free[reader.MicroconferenceId];
            string[] paragraphs =
            [
                $"The leads of {EmailText.QuotedMicroconference(line.Title)} may still name people: {line.Free}.",
                $"They can be named until {Dates.Moment(allowance.ClosesAt!.Value, allowance.Zone!)} "
                    + $"({Dates.Moment(allowance.ClosesAt.Value, DateTimeZone.Utc)}):",
                $"{origin}/{line.Conference}/mc/{line.Slug}/lead/nominations",
            ];
            return new Email(
                reader.PersonId,
                reader.Name,
                reader.Mail,
                $"Passes and places of {line.Title}",
                EmailText.Write(reader.Name, paragraphs),
                now
            ).About(
                allowance.ConferenceId,
                line.MicroconferenceId,
                FormattableString.Invariant($"mc/{line.MicroconferenceId}")
            );
        });
    }
}
