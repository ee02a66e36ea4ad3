using System.Security.Claims;
using LpcSite.Markdown;
using LpcSite.People;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Microconferences;

/// <summary>Questions about microconferences that more than one page asks. What the public may see is decided here and nowhere else.</summary>
public static class MicroconferenceQueries
{
    // What a draft or a declined proposal says is its leads' and the organizers' business.
    private static readonly MicroconferenceStatus[] PublicStatuses =
    [
        MicroconferenceStatus.Proposed, MicroconferenceStatus.ChangesRequested, MicroconferenceStatus.Accepted, MicroconferenceStatus.Merged, MicroconferenceStatus.Withdrawn,
    ];

    private static readonly MicroconferenceStatus[] ListedStatuses =
        [MicroconferenceStatus.Proposed, MicroconferenceStatus.ChangesRequested, MicroconferenceStatus.Accepted];

    /// <summary>Those with a public page: also the withdrawn, which stay, and the merged, which lead on.</summary>
    public static IQueryable<Microconference> Public(this IQueryable<Microconference> microconferences) =>
        microconferences.Where(m => PublicStatuses.Contains(m.Status));

    /// <summary>Those whose page this reader may open: the public ones, his own, and for an organizer all. The others do not exist for him.</summary>
    public static IQueryable<Microconference> VisibleTo(this IQueryable<Microconference> microconferences, ClaimsPrincipal reader)
    {
        if (reader.IsOrganizer())
        {
            return microconferences;
        }

        var me = reader.PersonId();
        return microconferences.Where(m => PublicStatuses.Contains(m.Status) || m.Leads.Any(l => l.PersonId == me));
    }

    /// <summary>Those that lists, counts, feeds and the search show: proposed or accepted, and going to happen as far as anybody knows.</summary>
    public static IQueryable<Microconference> Listed(this IQueryable<Microconference> microconferences) =>
        microconferences.Where(m => ListedStatuses.Contains(m.Status));

    /// <summary>Those topics that a microconference shows on its page.</summary>
    public static IQueryable<Topic> Public(this IQueryable<Topic> topics) => topics.Where(t => Topic.PublicStatuses.Contains(t.Status));

    /// <summary>A to Z, without regard to case.</summary>
    public static IOrderedQueryable<Microconference> InPageOrder(this IQueryable<Microconference> microconferences) =>
        microconferences.OrderBy(m => m.Title).ThenBy(m => m.Slug);

    /// <summary>To be changed: with conference, newest revision, people, references, topics and predecessors, in a fixed number of statements.</summary>
    public static IQueryable<Microconference> WithLists(this IQueryable<Microconference> microconferences) => microconferences
        .Include(m => m.Conference)
        .Include(m => m.Revisions.OrderByDescending(r => r.Number).Take(1))
        .Include(m => m.Leads).ThenInclude(l => l.Person)
        .Include(m => m.KeyAttendees).ThenInclude(k => k.Person.Aliases)
        .Include(m => m.References)
        .Include(m => m.Topics).ThenInclude(t => t.Speakers).ThenInclude(s => s.Person)
        .Include(m => m.Predecessors)
        .AsSplitQuery();

    /// <summary>
    /// Everything that the public may read of these, A to Z, in four statements however many there are: their texts, their people, their
    /// topics, their references.
    /// </summary>
    public static async Task<IReadOnlyList<MicroconferenceDocument>> ToDocumentsAsync(this IQueryable<Microconference> microconferences, CancellationToken stop)
    {
        var texts = await microconferences.AsNoTracking()
            .SelectMany(m => m.Revisions.Where(r => r.Number == m.RevisionNumber), (m, r) => new { m, r })
            .OrderBy(x => x.m.Title).ThenBy(x => x.m.Slug)
            .Select(x => new
            {
                x.m.Id,
                Conference = x.m.Conference.Slug,
                x.m.Slug,
                x.m.Title,
                x.m.Status,
                x.m.Form,
                MergedInto = x.m.MergedInto!.Slug,
                x.m.TopicsInline,
                x.m.RevisionNumber,
                x.m.RevisedAt,
                Description = MarkdownText.Of(x.r.Description.Source, x.r.Description.Html),
                Results = MarkdownText.Of(x.r.Results.Source, x.r.Results.Html),
            })
            .ToListAsync(stop);
        var people = await microconferences.PeopleAsync(stop);
        var topics = await microconferences.TopicsAsync(people, stop);
        var references = (await microconferences.AsNoTracking().SelectMany(m => m.References)
                .OrderBy(r => r.Position).Select(r => new { r.MicroconferenceId, r.Label, r.Url }).ToListAsync(stop))
            .ToLookup(r => r.MicroconferenceId, r => new MicroconferenceDocument.Citation(r.Label, r.Url));
        return
        [
            .. texts.Select(m => new MicroconferenceDocument(
                m.Id, m.Conference, m.Slug, m.Title, m.Status, m.Form, m.MergedInto, m.TopicsInline, m.RevisionNumber, m.RevisedAt, m.Description, m.Results,
                [.. people[(Role.Lead, m.Id)]], [.. people[(Role.KeyAttendee, m.Id)]], [.. references[m.Id]], [.. topics[m.Id]])),
        ];
    }

    /// <summary>The only one of these, or null when there is none.</summary>
    public static async Task<MicroconferenceDocument?> ToDocumentAsync(this IQueryable<Microconference> microconferences, CancellationToken stop) =>
        await microconferences.ToDocumentsAsync(stop) is [var found] ? found : null;

    private static async Task<ILookup<(Role Role, int Of), MicroconferenceDocument.Name>> PeopleAsync(this IQueryable<Microconference> microconferences, CancellationToken stop)
    {
        var leads = microconferences.SelectMany(m => m.Leads)
            .Select(l => new { Role = Role.Lead, Of = l.MicroconferenceId, l.Position, l.Person.Slug, l.Person.Name });
        var keyAttendees = microconferences.SelectMany(m => m.KeyAttendees)
            .Select(k => new { Role = Role.KeyAttendee, Of = k.MicroconferenceId, k.Position, k.Person.Slug, k.Person.Name });
        var speakers = microconferences.SelectMany(m => m.Topics).Public().SelectMany(t => t.Speakers)
            .Select(s => new { Role = Role.Speaker, Of = s.TopicId, s.Position, s.Person.Slug, s.Person.Name });
        return (await leads.Concat(keyAttendees).Concat(speakers).OrderBy(x => x.Position).ToListAsync(stop))
            .ToLookup(x => (x.Role, x.Of), x => new MicroconferenceDocument.Name(x.Slug, x.Name));
    }

    private static async Task<ILookup<int, MicroconferenceDocument.Item>> TopicsAsync(
        this IQueryable<Microconference> microconferences, ILookup<(Role Role, int Of), MicroconferenceDocument.Name> people, CancellationToken stop) =>
        (await microconferences.AsNoTracking().SelectMany(m => m.Topics).Public()
            .OrderBy(t => t.Position).ThenBy(t => t.Id)
            .Select(t => new
            {
                t.MicroconferenceId,
                t.Id,
                t.Title,
                t.Group,
                t.Minutes,
                Details = MarkdownText.Of(t.Details.Source, t.Details.Html),
                t.SpeakersNote,
                t.OpenSpeakers,
                t.Links,
                t.Refs,
            })
            .ToListAsync(stop))
        .ToLookup(t => t.MicroconferenceId, t => new MicroconferenceDocument.Item(
            t.Id, t.Title, t.Group, t.Minutes, t.Details, t.SpeakersNote, t.OpenSpeakers, t.Links, t.Refs, [.. people[(Role.Speaker, t.Id)]]));

    private enum Role
    {
        Lead,
        KeyAttendee,
        Speaker,
    }
}
