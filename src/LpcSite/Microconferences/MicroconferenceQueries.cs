using LpcSite.Markdown;
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

    /// <summary>Those that lists, counts, feeds and the search show: proposed or accepted, and going to happen as far as anybody knows.</summary>
    public static IQueryable<Microconference> Listed(this IQueryable<Microconference> microconferences) =>
        microconferences.Where(m => ListedStatuses.Contains(m.Status));

    /// <summary>Those topics that a microconference shows on its page.</summary>
    public static IQueryable<Topic> Public(this IQueryable<Topic> topics) => topics.Where(t => Topic.PublicStatuses.Contains(t.Status));

    /// <summary>A to Z, without regard to case.</summary>
    public static IOrderedQueryable<Microconference> InPageOrder(this IQueryable<Microconference> microconferences) =>
        microconferences.OrderBy(m => m.Title).ThenBy(m => m.Slug);

    /// <summary>Seven statements, however many microconferences there are.</summary>
    public static IQueryable<MicroconferenceDocument> AsDocuments(this IOrderedQueryable<Microconference> microconferences) =>
        microconferences
            .SelectMany(m => m.Revisions.Where(r => r.Number == m.RevisionNumber), (m, r) => new { m, r })
            .Select(x => new MicroconferenceDocument(
                x.m.Id,
                x.m.Conference.Slug,
                x.m.Slug,
                x.m.Title,
                x.m.Status,
                x.m.Form,
                x.m.MergedInto!.Slug,
                x.m.TopicsInline,
                x.m.RevisionNumber,
                x.m.RevisedAt,
                MarkdownText.Of(x.r.Description.Source, x.r.Description.Html),
                MarkdownText.Of(x.r.Results.Source, x.r.Results.Html),
                x.m.Leads.OrderBy(l => l.Position).Select(l => new MicroconferenceDocument.Name(l.Person.Slug, l.Person.Name)).ToList(),
                x.m.KeyAttendees.OrderBy(k => k.Position).Select(k => new MicroconferenceDocument.Name(k.Person.Slug, k.Person.Name)).ToList(),
                x.m.References.OrderBy(f => f.Position).Select(f => new MicroconferenceDocument.Citation(f.Label, f.Url)).ToList(),
                x.m.Topics.Where(t => Topic.PublicStatuses.Contains(t.Status)).OrderBy(t => t.Position).ThenBy(t => t.Id).Select(t => new MicroconferenceDocument.Item(
                    t.Id,
                    t.Title,
                    t.Group,
                    t.Minutes,
                    MarkdownText.Of(t.Details.Source, t.Details.Html),
                    t.SpeakersNote,
                    t.OpenSpeakers,
                    t.Links,
                    t.Refs,
                    t.Speakers.OrderBy(s => s.Position).Select(s => new MicroconferenceDocument.Name(s.Person.Slug, s.Person.Name)).ToList())).ToList()))
            .AsNoTracking()
            .AsSplitQuery();
}
