using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Scheduling.Releases;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Scheduling;

/// <summary>
/// Questions about the schedule that more than one asker has: what the draft says, and what was released last.
/// </summary>
public static class ScheduleQueries
{
    /// <summary>
    /// The draft as it would be released now, what the organizers hold included; in a fixed number of statements.
    /// </summary>
    /// <param name="withTexts">
    /// Descriptions and problem statements too, which a release needs and the boards do not.
    /// </param>
    public static async Task<ScheduleDocument> DraftAsync(
        this LpcDbContext db,
        int conferenceId,
        bool withTexts,
        CancellationToken stop
    )
    {
        // All of it as it was at one moment: what is taken off the board between two statements would be half there.
        // Whoever has begun a transaction has seen to that themselves.
        await using var moment = db.Database.CurrentTransaction is null
            ? await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop)
            : null;
        var conference = await db
            .Conferences.AsNoTracking()
            .Include(c => c.Rooms)
            .AsSingleQuery()
            .SingleAsync(c => c.Id == conferenceId, stop);
        var slots = await db
            .Slots.Where(s => s.ConferenceId == conferenceId)
            .OrderBy(s => s.During)
            .ThenBy(s => s.Room!.Position)
            .ThenBy(s => s.Id)
            .Select(s => new
            {
                s.Id,
                s.Kind,
                s.MicroconferenceId,
                s.Title,
                s.RoomId,
                s.During,
                s.IsLocked,
            })
            .ToListAsync(stop);
        var placed = db.Microconferences.Where(m =>
            db.Slots.Any(s => s.MicroconferenceId == m.Id && s.ConferenceId == conferenceId)
        );
        var microconferences = await placed
            .AsSplitQuery()
            .Select(m => new
            {
                m.Id,
                m.Slug,
                m.Title,
                m.Status,
                m.Form,
                Text = withTexts
                    ? m
                        .Revisions.Where(r => r.Number == m.RevisionNumber)
                        .Select(r => r.Description.Source)
                        .FirstOrDefault()
                    : null,
                Leads = m
                    .Leads.OrderBy(l => l.Position)
                    .Select(l => new ScheduleDocument.Name(l.PersonId, l.Person.Slug, l.Person.Name))
                    .ToList(),
                KeyAttendees = m
                    .KeyAttendees.Where(k => k.DeclinedAt == null)
                    .OrderBy(k => k.Position)
                    .Select(k => new ScheduleDocument.Name(k.PersonId, k.Person.Slug, k.Person.Name))
                    .ToList(),
            })
            .ToDictionaryAsync(m => m.Id, stop);
        var topics = (
            await placed
                .SelectMany(m => m.Topics)
                .Public()
                .OrderBy(t => t.Position)
                .ThenBy(t => t.Id)
                .AsSplitQuery()
                .Select(t => new
                {
                    t.Id,
                    t.MicroconferenceId,
                    t.Title,
                    t.Minutes,
                    Text = withTexts ? t.Details.Source : null,
                    Speakers = t
                        .Speakers.Where(s => s.DeclinedAt == null)
                        .OrderBy(s => s.Position)
                        .Select(s => new ScheduleDocument.Speaker(
                            s.PersonId,
                            s.Person.Slug,
                            s.Person.Name,
                            s.IsAlternative,
                            s.Attendance == People.Attendance.Remote
                        ))
                        .ToList(),
                })
                .ToListAsync(stop)
        ).ToDictionary(t => t.Id);
        var arranged = (
            await db
                .SessionItems.Where(i => i.Slot!.ConferenceId == conferenceId)
                .OrderBy(i => i.StartsAfter)
                .Select(i => new
                {
                    i.Id,
                    i.SlotId,
                    i.TopicId,
                    i.Title,
                    i.IsBreak,
                    i.StartsAfter,
                    i.Minutes,
                })
                .ToListAsync(stop)
        ).ToLookup(i => i.SlotId);
        var timed = arranged.SelectMany(i => i).Select(i => i.TopicId).ToHashSet();
        var waiting = topics.Values.Where(t => !timed.Contains(t.Id)).ToLookup(t => t.MicroconferenceId);

        var entries = new List<ScheduleDocument.Entry>();
        foreach (var s in slots)
        {
            if (s.MicroconferenceId is not { } id)
            {
                entries.Add(
                    new(
                        FormattableString.Invariant($"slot-{s.Id}"),
                        s.Id,
                        s.Kind,
                        null,
                        null,
                        s.Title!,
                        null,
                        null,
                        s.RoomId,
                        s.During.Start,
                        s.During.End,
                        s.IsLocked,
                        null,
                        [],
                        [],
                        []
                    )
                );
                continue;
            }

            var (m, part) = (microconferences[id], entries.Count(e => e.Microconference == id));

            // What was withdrawn since it was arranged leaves a gap, which its leads close.
            var items = arranged[s.Id]
                .Where(i => i.TopicId is null || topics.ContainsKey(i.TopicId.Value))
                .Select(i =>
                {
                    var starts = s.During.Start + NodaTime.Duration.FromMinutes(i.StartsAfter);
                    return i.TopicId is { } topic
                        ? new ScheduleDocument.Item(
                            UidOfTopic(topic),
                            topic,
                            false,
                            topics[topic].Title,
                            starts,
                            i.Minutes,
                            TextOf(topics[topic].Text),
                            topics[topic].Speakers
                        )
                        : new ScheduleDocument.Item(null, null, i.IsBreak, i.Title!, starts, i.Minutes, null, []);
                });
            var open =
                part > 0
                    ? []
                    : waiting[id]
                        .Select(t => new ScheduleDocument.Item(
                            UidOfTopic(t.Id),
                            t.Id,
                            false,
                            t.Title,
                            null,
                            t.Minutes,
                            TextOf(t.Text),
                            t.Speakers
                        ));
            entries.Add(
                new(
                    FormattableString.Invariant($"mc-{id}{(part == 0 ? "" : $"-{part + 1}")}"),
                    s.Id,
                    s.Kind,
                    id,
                    m.Slug,
                    m.Title,
                    m.Status,
                    m.Form,
                    s.RoomId,
                    s.During.Start,
                    s.During.End,
                    s.IsLocked,
                    TextOf(m.Text),
                    m.Leads,
                    m.KeyAttendees,
                    [.. items, .. open]
                )
            );
        }

        var imported = await db.ImportedUids.NamesAsync(conferenceId, stop);
        return new(
            ScheduleDocument.NewestFormat,
            ScheduleDocument.Facts.Of(conference) with
            {
                ImportedUids = imported.Count > 0 ? imported : null,
            },
            [
                .. conference
                    .Rooms.OrderBy(r => r.Position)
                    .Select(r => new ScheduleDocument.Place(r.Id, r.Name, r.Capacity, r.Equipment)),
            ],
            entries,
            []
        );
    }

    /// <summary>Those releases of a conference that the public reads, the newest first.</summary>
    public static IOrderedQueryable<Release> Of(this IQueryable<Release> releases, int conferenceId) =>
        releases.Where(r => r.ConferenceId == conferenceId).OrderByDescending(r => r.Number);

    /// <summary>What was released last; null before the first release.</summary>
    public static async Task<ScheduleDocument?> ReleasedAsync(
        this LpcDbContext db,
        int conferenceId,
        CancellationToken stop
    ) =>
        await db.Releases.Of(conferenceId).Select(r => r.Document).FirstOrDefaultAsync(stop) is { } json
            ? await db.ReadAsync(json, stop)
            : null;

    /// <summary>The last release with its number and its instant; null before the first release.</summary>
    public static async Task<LatestRelease?> LastReleaseAsync(
        this LpcDbContext db,
        int conferenceId,
        CancellationToken stop
    ) =>
        await db
            .Releases.Of(conferenceId)
            .Select(r => new
            {
                r.Number,
                r.At,
                r.Document,
            })
            .FirstOrDefaultAsync(stop)
            is { } last
            ? new(last.Number, last.At, await db.ReadAsync(last.Document, stop))
            : null;

    /// <summary>
    /// What was released, with everybody who turned out to be somebody else since as who they are known to be now.
    /// </summary>
    public static async Task<ScheduleDocument> ReadAsync(this LpcDbContext db, string json, CancellationToken stop)
    {
        var document = ScheduleDocument.FromJson(json);
        var people = document.People();
        return document.WithPeople(
            await db
                .People.Where(p => people.Contains(p.Id) && p.MergedIntoId != null)
                .Select(p => new
                {
                    p.Id,
                    Now = new ScheduleDocument.Name(p.MergedInto!.Id, p.MergedInto.Slug, p.MergedInto.Name),
                })
                .ToDictionaryAsync(p => p.Id, p => p.Now, stop)
        );
    }

    private static string UidOfTopic(int id) => FormattableString.Invariant($"topic-{id}");

    private static string? TextOf(string? source) => string.IsNullOrWhiteSpace(source) ? null : source;
}
