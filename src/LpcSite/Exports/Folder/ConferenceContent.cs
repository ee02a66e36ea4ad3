using LpcSite.Calls;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Exports.Calendars;
using LpcSite.Imports;
using LpcSite.Imports.Folder;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Results;
using LpcSite.People;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Sessions;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Exports.Folder;

/// <summary>
/// Everything of one conference that a folder can hold, as entities. The export writes from it and the import changes
/// it, so that both mean the same by "nothing changed".
/// </summary>
public sealed class ConferenceContent(
    Conference conference,
    IReadOnlyList<Microconference> microconferences,
    IReadOnlyList<Slot> slots,
    IReadOnlyList<Call> calls,
    IReadOnlyList<Notes> notes
)
{
    // A list of the leads' own, not what others submitted to it or what they have taken out.
    private static readonly TopicStatus[] ListedStatuses = [TopicStatus.Suggested, TopicStatus.Accepted];

    public Conference Conference => conference;

    /// <summary>In page order.</summary>
    public IReadOnlyList<Microconference> Microconferences => microconferences;

    public IReadOnlyList<Slot> Slots => slots;
    public IReadOnlyList<Call> Calls => calls;
    public IReadOnlyList<Notes> Notes => notes;

    /// <summary>How its things are called in calendars; null while they are in none.</summary>
    public UidScheme? Uids { get; init; }

    /// <summary>What the leads arranged in their slots, and what waits for a slot.</summary>
    public IReadOnlyList<SessionItem> Sessions { get; init; } = [];

    /// <summary>
    /// A fixed number of statements, however much there is to load. Tracks what it loads if the context does.
    /// </summary>
    /// <returns>Null if there is no such conference.</returns>
    public static async Task<ConferenceContent?> LoadAsync(LpcDbContext db, string slug, CancellationToken stop)
    {
        var conference = await db
            .Conferences.Include(c => c.Rooms)
            .Include(c => c.HalfDays)
            .Include(c => c.Pages)
            .Include(c => c.SponsorTiers)
                .ThenInclude(t => t.Sponsorships)
                    .ThenInclude(s => s.Sponsor.Logo)
            .AsSplitQuery()
            .SingleOrDefaultAsync(c => c.Slug == slug, stop);
        if (conference is null)
        {
            return null;
        }

        var microconferences = await db
            .Microconferences.Where(m => m.ConferenceId == conference.Id)
            .Include(m => m.MergedInto)
            .Include(m => m.Leads)
                .ThenInclude(l => l.Person)
            .Include(m => m.KeyAttendees)
                .ThenInclude(k => k.Person)
            .Include(m => m.References)
            .Include(m => m.Topics)
                .ThenInclude(t => t.Speakers)
                    .ThenInclude(s => s.Person)
            .InPageOrder()
            .AsSplitQuery()
            .ToListAsync(stop);

        // Only the newest text of each; EF attaches it to its microconference.
        await db
            .Revisions.Where(r =>
                db.Microconferences.Any(m =>
                    m.ConferenceId == conference.Id && m.Id == r.MicroconferenceId && m.RevisionNumber == r.Number
                )
            )
            .LoadAsync(stop);
        var slots = await db.Slots.Where(s => s.ConferenceId == conference.Id).Include(s => s.Room).ToListAsync(stop);
        var calls = await db.Set<Call>().Where(c => c.ConferenceId == conference.Id).ToListAsync(stop);
        var notes = await db
            .Notes.Where(n =>
                db.Microconferences.Any(m =>
                    m.ConferenceId == conference.Id
                    && (m.Id == n.MicroconferenceId || m.Topics.Any(t => t.Id == n.TopicId))
                )
            )
            .ToListAsync(stop);
        var sessions = await db
            .SessionItems.Where(i => i.Microconference.ConferenceId == conference.Id)
            .OrderBy(i => i.StartsAfter)
            .ToListAsync(stop);
        return new ConferenceContent(conference, microconferences, slots, calls, notes)
        {
            Sessions = sessions,
            Uids = await UidsAsync(db, conference, stop),
        };
    }

    // What nobody has in a calendar yet may get another name elsewhere.
    private static async Task<UidScheme?> UidsAsync(LpcDbContext db, Conference conference, CancellationToken stop)
    {
        var imported = await db.ImportedUids.NamesAsync(conference.Id, stop);
        return imported.Count > 0 || await db.Releases.AnyAsync(r => r.ConferenceId == conference.Id, stop)
            ? new(conference.Slug, conference.UidDomain, imported)
            : null;
    }

    /// <summary>The topics that the leads list, in their order.</summary>
    public static IEnumerable<Topic> Listed(Microconference microconference) =>
        microconference.Topics.Where(t => ListedStatuses.Contains(t.Status)).OrderBy(t => t.Position).ThenBy(t => t.Id);

    /// <param name="name">How a person is written: with the slug where the name alone is not enough.</param>
    public ConferenceFolder ToFolder(Func<Person, PersonName> name) =>
        new(
            Conference.Slug,
            Conference.Name,
            Conference.ShortName,
            Conference.StartsOn,
            Conference.EndsOn,
            Conference.TimeZone,
            Conference.City,
            [
                .. Conference
                    .SponsorTiers.OrderBy(t => t.Position)
                    .Select(t => new ConferenceFolder.Tier(
                        t.Title,
                        t.Places,
                        [
                            .. t
                                .Sponsorships.OrderBy(s => s.Position)
                                .Select(s => new ConferenceFolder.Sponsor(
                                    s.Sponsor.Name,
                                    s.Sponsor.Url,
                                    s.Sponsor.Logo
                                )),
                        ]
                    )),
            ],
            [
                .. Conference
                    .Rooms.OrderBy(r => r.Position)
                    .Select(r => new ConferenceFolder.Room(r.Name, r.Capacity, r.Equipment)),
            ],
            [
                .. Slots
                    .OrderBy(s => s.During.Start)
                    .ThenBy(s => s.Room?.Position ?? int.MaxValue)
                    .ThenBy(s => s.Microconference?.Slug ?? s.Title, StringComparer.Ordinal)
                    .Select(s => new ConferenceFolder.Slot(
                        s.Microconference?.Slug,
                        s.Kind,
                        s.Title,
                        s.During.Start,
                        s.During.End,
                        s.Room?.Name
                    )
                    {
                        Uid = s.Microconference is null ? UidOf("slot", s.Id) : null,
                    }),
            ],
            CallOf(null),
            [.. Microconferences.Select(m => ToFolder(m, name))],
            [
                .. Conference
                    .Pages.OrderBy(p => p.Position)
                    .ThenBy(p => p.Id)
                    .Select(p => new ConferenceFolder.Page(p.Slug, p.Title, p.IsPublished, p.Text.Source)),
            ]
        )
        {
            HalfDays =
            [
                .. Conference
                    .HalfDays.OrderBy(h => h.Position)
                    .Select(h => new ConferenceFolder.HalfDay(h.Name, h.Starts, h.Ends, h.BreakStarts, h.BreakMinutes)),
            ],
            WalkingMinutes = Conference.WalkingMinutes,
        };

    public ConferenceFolder.Microconference ToFolder(Microconference m, Func<Person, PersonName> name)
    {
        var text = m.Revisions.SingleOrDefault(r => r.Number == m.RevisionNumber);
        return new(
            m.Slug,
            m.Title,
            m.Status,
            m.Form,
            m.MergedInto?.Slug,
            Names(m.Leads, name),
            Names(m.KeyAttendees, name),
            m.Id == 0 ? null : CallOf(m.Id),
            [
                .. Listed(m)
                    .Select(t => new ConferenceFolder.Topic(
                        t.Title,
                        t.Group,
                        t.Minutes,
                        Names(t.Speakers, name),
                        t.OpenSpeakers,
                        t.SpeakersNote,
                        t.Details.Source,
                        [.. t.Links],
                        [.. t.Refs]
                    )
                    {
                        Notes = t.Id == 0 ? "" : NotesOf(n => n.TopicId == t.Id),
                        Uid = UidOf("topic", t.Id),
                    }),
            ],
            [.. m.References.OrderBy(r => r.Position).Select(r => new ConferenceFolder.Reference(r.Label, r.Url))],
            text?.Results.Source ?? "",
            m.TopicsInline,
            text?.Description.Source ?? ""
        )
        {
            Outcome = m.Id == 0 ? "" : NotesOf(n => n.MicroconferenceId == m.Id && n.IsOutcome),
            Notes = m.Id == 0 ? "" : NotesOf(n => n.MicroconferenceId == m.Id && !n.IsOutcome),
            Session = SessionOf(m),
            Uid = UidOf("mc", m.Id),
        };
    }

    /// <summary>As it is arranged; null where nothing is.</summary>
    public IReadOnlyList<ConferenceFolder.SessionPart>? SessionOf(Microconference m) =>
        SessionItemsOf(m).Select(told => told.Part).ToList() is { Count: > 0 } parts ? parts : null;

    /// <summary>
    /// What is arranged, and how it is told. Without any slot all of it waits, and is told as if it stood in the first,
    /// one after the other; beside slots, what waits has no place to be told in.
    /// </summary>
    public IEnumerable<(SessionItem Item, ConferenceFolder.SessionPart Part)> SessionItemsOf(Microconference m)
    {
        var theirs = Slots.Where(s => s.Microconference == m).OrderBy(s => s.During.Start).ToList();
        for (var part = 0; part < Math.Max(1, theirs.Count); part++)
        {
            var ends = 0;
            var here = Sessions.Where(i =>
                i.Microconference == m
                && i.Slot == theirs.ElementAtOrDefault(part)
                && (i.Topic is null || ListedStatuses.Contains(i.Topic.Status))
            );
            foreach (var item in here.OrderBy(i => i.StartsAfter).ThenBy(i => i.Id))
            {
                // Those of two slots that are no more may lie upon each other.
                yield return (
                    item,
                    new(
                        item.Topic?.Title,
                        item.Title,
                        item.IsBreak,
                        item.Minutes,
                        Math.Max(0, item.StartsAfter - ends),
                        part + 1
                    )
                );
                ends = Math.Max(ends, item.EndsAfter);
            }
        }
    }

    private string NotesOf(Func<Notes, bool> isMeant) => Notes.FirstOrDefault(isMeant)?.Text.Source ?? "";

    private ConferenceFolder.Call? CallOf(int? microconferenceId) =>
        Calls.FirstOrDefault(c => c.MicroconferenceId == microconferenceId) is { } call
            ? new(call.OpensAt, call.ClosesAt, call.Zone) { Uid = UidOf("call", call.Id) }
            : null;

    // What is not saved yet has no number to be called by.
    private string? UidOf(string kind, int id) =>
        id == 0 ? null : Uids?.Of(FormattableString.Invariant($"{kind}-{id}"));

    private static List<PersonName> Names(IEnumerable<IRosterEntry> roster, Func<Person, PersonName> name) =>
        [.. roster.OrderBy(entry => entry.Position).Select(entry => name(entry.Person))];
}
