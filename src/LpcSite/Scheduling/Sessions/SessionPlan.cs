using System.Text.Json;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Texts;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Npgsql;

namespace LpcSite.Scheduling.Sessions;

/// <summary>
/// The leads arrange what happens inside the slots of their microconference: in which order, how long, with which gaps.
/// They leave no slot, and nobody else's time changes. The public sees it when they publish it.
/// </summary>
public sealed class SessionPlan(LpcDbContext db, IClock clock)
{
    public const string Via = "lead/session";
    public const string Verb = "arranged the session";

    /// <summary>Said to the second of two who arrange at once.</summary>
    public const string Raced =
        "Somebody else changed the session while you arranged it. What you typed is below and not saved yet; what "
        + "is saved now is listed first. Save once more if yours is to stand.";

    /// <param name="microconference">With its conference.</param>
    /// <returns>Whether anything changed; what is as it was writes nothing.</returns>
    /// <exception cref="RuleException">
    /// It leaves its slot, two things happen at once, or a topic is not in the microconference.
    /// </exception>
    /// <exception cref="RaceException">
    /// Another lead saved meanwhile, or the organizers took or shortened the slot.
    /// </exception>
    public async Task<bool> ArrangeAsync(
        Microconference microconference,
        Arrangement wanted,
        Person by,
        CancellationToken stop
    )
    {
        Rule.Require(
            microconference.Status is MicroconferenceStatus.Accepted,
            $"{microconference.Title} is {microconference.Status.InWords()}: only what is accepted has a session."
        );
        await using var transaction = await db.Database.BeginTransactionAsync(stop);

        // One lead after the other, so that what one replaces is what they have seen.
        await db.TakeTurnAsync(microconference, stop);
        var before = await db.SessionAsync(microconference.Id, stop);
        if (
            before.Version != wanted.Version
            || wanted.Parts.Any(part => before.Places.All(place => place.Slot != part.Slot))
        )
        {
            throw new RaceException(Raced);
        }

        var topics = await TopicsAsync(microconference, wanted, stop);
        RequireOrder(before, wanted, part => TitleOf(part, topics));
        if (!await ReplaceAsync(microconference, wanted, topics, stop))
        {
            return false;
        }

        var after = before with
        {
            Items =
            [
                .. wanted.Parts.Select(p => new Session.Item(0, p, TitleOf(p, topics), null)),
                .. before.Items.Where(i => IsStillWaiting(i.Id, i.Part.Slot, i.Part.Topic, wanted)),
            ],
        };
        db.Record(
            new Act(by, Via, clock.GetCurrentInstant()),
            Verb,
            microconference.AsSubject(),
            before: Describe(before, microconference.Conference),
            after: Describe(after, microconference.Conference)
        );
        await OrSayAsync(() => db.SaveChangesAsync(stop));
        await OrSayAsync(() => transaction.CommitAsync(stop));
        return true;
    }

    private async Task<Dictionary<int, Topic>> TopicsAsync(
        Microconference microconference,
        Arrangement wanted,
        CancellationToken stop
    )
    {
        var ids = wanted.Parts.Select(p => p.Topic).OfType<int>().ToList();
        var topics = await db
            .Topics.Where(t => t.MicroconferenceId == microconference.Id && ids.Contains(t.Id))
            .ToDictionaryAsync(t => t.Id, stop);
        Rule.Require(
            ids.TrueForAll(topics.ContainsKey),
            "One of these topics is not in this microconference any more. Take it out."
        );
        var over = topics.Values.FirstOrDefault(t => !Topic.PublicStatuses.Contains(t.Status));
        Rule.Require(
            over is null,
            $"“{over?.Title}” is {over?.StatusWord}, and has no time in the session. Take it out."
        );
        var twice = ids.GroupBy(id => id).FirstOrDefault(same => same.Count() > 1)?.Key;
        Rule.Require(
            twice is null,
            twice is null ? "" : $"“{topics[twice.Value].Title}” stands in the session twice. It is discussed once."
        );
        return topics;
    }

    private static void RequireOrder(Session session, Arrangement wanted, Func<SessionPart, string> titleOf)
    {
        foreach (var place in session.Places)
        {
            var parts = wanted.Parts.Where(p => p.Slot == place.Slot).OrderBy(p => p.StartsAfter).ToList();
            var late = parts.Find(p => p.EndsAfter > place.Minutes);
            Rule.Require(
                late is null,
                late is null
                    ? ""
                    : $"“{titleOf(late)}” ends {Minutes(late.EndsAfter - place.Minutes)} after the session."
            );
            var (first, second) = parts
                .Zip(parts.Skip(1))
                .FirstOrDefault(pair => pair.First.EndsAfter > pair.Second.StartsAfter);
            Rule.Require(
                first is null,
                first is null ? "" : $"“{titleOf(second)}” begins before “{titleOf(first)}” is over."
            );
        }
    }

    private async Task<bool> ReplaceAsync(
        Microconference microconference,
        Arrangement wanted,
        Dictionary<int, Topic> topics,
        CancellationToken stop
    )
    {
        var missing = wanted.Parts.ToList();
        var slots = await db
            .Slots.Where(s => s.MicroconferenceId == microconference.Id)
            .ToDictionaryAsync(s => s.Id, stop);
        if (!missing.TrueForAll(part => slots.ContainsKey(part.Slot!.Value)))
        {
            throw new RaceException(Raced);
        }

        foreach (
            var item in await db.SessionItems.Where(i => i.MicroconferenceId == microconference.Id).ToListAsync(stop)
        )
        {
            var isAsWanted = missing.Remove(
                new(item.SlotId, item.TopicId, item.Title, item.IsBreak, item.StartsAfter, item.Minutes)
            );
            if (!isAsWanted && !IsStillWaiting(item.Id, item.SlotId, item.TopicId, wanted))
            {
                db.Remove(item);
            }
        }

        foreach (var part in missing)
        {
            db.Add(
                part.Topic is { } topic
                    ? SessionItem.Of(
                        microconference,
                        slots[part.Slot!.Value],
                        topics[topic],
                        part.StartsAfter,
                        part.Minutes
                    )
                    : SessionItem.Titled(
                        microconference,
                        slots[part.Slot!.Value],
                        part.Title ?? "",
                        part.IsBreak,
                        part.StartsAfter,
                        part.Minutes
                    )
            );
        }

        return db.ChangeTracker.Entries<SessionItem>().Any(e => e.State is not EntityState.Unchanged);
    }

    private static bool IsStillWaiting(int id, int? slot, int? topic, Arrangement wanted) =>
        slot is null
        && !wanted.LetsGo
        && !wanted.Again.Contains(id)
        && (topic is null || wanted.Parts.All(p => p.Topic != topic));

    // The organizers change slots at any time; what the database says then is the same to the lead as if they had been
    // first.
    private static async Task OrSayAsync(Func<Task> save)
    {
        try
        {
            await save();
        }
        catch (DbUpdateException failure) when (failure.IsRace() || HasLeft(failure.InnerException))
        {
            throw new RaceException(Raced, failure);
        }
        catch (PostgresException failure) when (HasLeft(failure))
        {
            throw new RaceException(Raced, failure);
        }
    }

    // The slot has become shorter, or is gone.
    private static bool HasLeft(Exception? failure) =>
        failure
            is PostgresException { ConstraintName: SessionItem.SlotConstraint or SessionItem.OverlapConstraint }
                or PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation };

    private static string TitleOf(SessionPart part, Dictionary<int, Topic> topics) =>
        part.Topic is { } topic ? topics[topic].Title : part.Title ?? "";

    private static string Minutes(int count) => Wording.Count(count, "minute");

    private static string Describe(Session session, Conference conference) =>
        JsonSerializer.Serialize(
            session.Items.Select(item =>
            {
                var part = item.Part;
                var when = session.Places.FirstOrDefault(p => p.Slot == part.Slot) is { } place
                    ? Dates.Moment(place.Between(part.StartsAfter, part.EndsAfter).Start, conference.TimeZone)
                    : "waiting";
                return $"{when}: {item.Title}, {Minutes(part.Minutes)}";
            }),
            AuditJson.Readable
        );
}
