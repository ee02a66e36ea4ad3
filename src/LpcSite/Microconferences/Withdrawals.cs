using System.Text.Json;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Microconferences;

/// <summary>
/// Takes a microconference out of a conference, and puts it back as it was. Whoever has to do with it is told in the
/// same transaction. Its page, its topics and its slot stay either way, so that nothing is lost by a mistake.
/// </summary>
public sealed class Withdrawals(LpcDbContext db, WithdrawalEmails letters, IClock clock)
{
    /// <param name="microconference">With its conference and leads.</param>
    /// <param name="origin">Scheme and host of the site, for the links in the letters.</param>
    public Task WithdrawAsync(Microconference microconference, Person by, string origin, CancellationToken stop) =>
        ChangeAsync(
            microconference,
            by,
            "withdrew",
            (byOrganizer, now) => microconference.Withdraw(byOrganizer, now),
            origin,
            stop
        );

    /// <param name="microconference">With its conference and leads.</param>
    /// <param name="origin">Scheme and host of the site, for the links in the letters.</param>
    public Task RestoreAsync(Microconference microconference, Person by, string origin, CancellationToken stop) =>
        ChangeAsync(
            microconference,
            by,
            "restored",
            (byOrganizer, now) => microconference.Restore(byOrganizer, now),
            origin,
            stop
        );

    /// <summary>What a withdrawal would mean now, for the page that asks before it is done.</summary>
    public async Task<Consequences> ConsequencesAsync(Microconference microconference, CancellationToken stop)
    {
        var topics = await db.Topics.CountAsync(
            t => t.MicroconferenceId == microconference.Id && WithdrawalEmails.Concerned.Contains(t.Status),
            stop
        );
        var isPlaced = await db.Slots.AnyAsync(s => s.MicroconferenceId == microconference.Id, stop);
        return new(topics, isPlaced, (await letters.ReadersAsync(microconference, stop)).Count);
    }

    private async Task ChangeAsync(
        Microconference microconference,
        Person by,
        string verb,
        Action<bool, Instant> change,
        string origin,
        CancellationToken stop
    )
    {
        var (before, now) = (microconference.Status, clock.GetCurrentInstant());
        change(microconference.Leads.All(l => l.PersonId != by.Id), now);
        db.Record(
            new Act(by, "lead", now),
            verb,
            microconference.AsSubject(),
            before: Describe(before),
            after: Describe(microconference.Status)
        );
        await letters.AddAsync(microconference, by, origin, now, stop);
        await db.SaveOrSayAsync("Someone else changed it at the same moment. Look at it again.", stop);
    }

    private static string Describe(MicroconferenceStatus status) =>
        JsonSerializer.Serialize(new { status = status.ToString() });

    /// <param name="Topics">Which would not be discussed.</param>
    /// <param name="IsPlaced">Whether it has a slot in the schedule or its draft.</param>
    /// <param name="Emails">To whom it would be told.</param>
    public sealed record Consequences(int Topics, bool IsPlaced, int Emails);
}
