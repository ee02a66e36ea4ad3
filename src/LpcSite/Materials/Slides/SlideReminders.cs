using System.Text.Json;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Materials.Slides;

/// <summary>Reminds those whose slides are missing: when the leads ask for it, and by itself one day before.</summary>
public sealed class SlideReminders(LpcDbContext db, IClock clock)
{
    private static readonly Duration Before = Duration.FromDays(1);
    private static readonly Duration Pause = Duration.FromHours(1);

    // When a microconference begins as long as nobody has found its place in the schedule.
    private static readonly LocalTime Morning = new(9, 0);

    /// <param name="microconference">With its conference.</param>
    /// <param name="origin">Scheme and host of the site, for the links in the letters.</param>
    /// <returns>How many people are written to.</returns>
    public async Task<int> RemindAsync(
        Microconference microconference,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);

        // Two leads who press the button at once: the second finds the first one's letters.
        await db.Database.ExecuteSqlAsync(
            $"SELECT 1 FROM microconferences WHERE id = {microconference.Id} FOR NO KEY UPDATE",
            stop
        );
        var (now, thread) = (clock.GetCurrentInstant(), SlideEmails.ThreadOf(microconference.Id));
        var lately = await db
            .Letters.Where(l => l.Thread == thread && l.CreatedAt > now - Pause)
            .OrderBy(l => l.Id)
            .Select(l => (Instant?)l.CreatedAt)
            .LastOrDefaultAsync(stop);
        Rule.Require(
            lately is null,
            "They were reminded less than an hour ago, "
                + $"{Dates.Moment(lately ?? now, microconference.Conference.TimeZone)}. Give them time."
        );
        var missing = await MissingSlides.OfAsync(db, microconference.Id, stop);
        Rule.Require(missing.Count > 0, "All accepted topics have their slides.");
        var reminded = await SlideEmails.AddForSpeakersAsync(db, microconference, missing, origin, now, stop);
        Rule.Require(
            reminded.Count > 0,
            "Nobody whose slides are missing has an account, so that nobody can be written to."
        );
        db.Record(
            new Act(by, "lead/slides", now),
            "reminded of slides",
            microconference.AsSubject(),
            after: JsonSerializer.Serialize(missing.Select(m => m.Title))
        );
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return reminded.Count;
    }

    /// <summary>
    /// Writes the reminders that are due, each once however many instances do so at the same moment; a microconference
    /// that has begun is past reminding.
    /// </summary>
    /// <param name="origin">Scheme and host of the site, for the links in the letters.</param>
    /// <returns>How many microconferences were reminded.</returns>
    public static async Task<int> WriteDueAsync(
        Func<LpcDbContext> open,
        string origin,
        Instant now,
        CancellationToken stop
    )
    {
        await using var looking = open();
        var today = now.InUtc().Date;
        var (first, last) = (today.PlusDays(-1), today.PlusDays(2));

        // On most days of a year no conference is near, and nothing is asked beyond that.
        var near = await (
            from conference in looking.Conferences
            where
                conference.State == ConferenceState.Public && conference.StartsOn <= last && conference.EndsOn >= first
            from m in looking.Microconferences
            where
                m.ConferenceId == conference.Id
                && m.Status == MicroconferenceStatus.Accepted
                && !looking.SlidesReminders.Any(r => r.MicroconferenceId == m.Id)
            orderby m.Id
            select new
            {
                m.Id,
                conference.StartsOn,
                conference.TimeZone,
                Slots = looking.Slots.Where(s => s.MicroconferenceId == m.Id).Select(s => s.During).ToList(),
            }
        ).ToListAsync(stop);
        var written = 0;
        foreach (var m in near)
        {
            var begins =
                m.Slots.Count > 0
                    ? m.Slots.Min(s => s.Start)
                    : m.StartsOn.At(Morning).InZoneLeniently(m.TimeZone).ToInstant();
            written +=
                begins - Before <= now && now < begins && await WriteAsync(open, m.Id, origin, now, stop) ? 1 : 0;
        }

        return written;
    }

    private static async Task<bool> WriteAsync(
        Func<LpcDbContext> open,
        int microconferenceId,
        string origin,
        Instant now,
        CancellationToken stop
    )
    {
        await using var db = open();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);

        // The second instance waits here until the first has saved, and then finds that there is nothing left to do.
        if (
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO slides_reminders (microconference_id, written_at) VALUES ({microconferenceId}, {now})
                ON CONFLICT DO NOTHING
                """,
                stop
            ) == 0
        )
        {
            return false;
        }

        var microconference = await db
            .Microconferences.Include(m => m.Conference)
            .SingleAsync(m => m.Id == microconferenceId, stop);
        var missing = await MissingSlides.OfAsync(db, microconferenceId, stop);
        if (missing.Count > 0)
        {
            var reminded = await SlideEmails.AddForSpeakersAsync(db, microconference, missing, origin, now, stop);
            await SlideEmails.AddForLeadsAsync(db, microconference, missing, reminded, origin, now, stop);
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return true;
    }
}
