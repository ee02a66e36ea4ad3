using LpcSite.Data;
using LpcSite.Markdown;
using LpcSite.Materials;
using LpcSite.Microconferences.Results;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Microconferences;

/// <summary>
/// Everything that the public may read of microconferences, in five statements however many there are: their texts,
/// their people, their topics, what was brought to these, their references.
/// </summary>
public static class MicroconferenceDocuments
{
    // Four of the five are the same for every page, and translated once: comparing a query with those translated before
    // costs a page of this kind a tenth of its time. They belong to the contexts that the site hands out: one with
    // other options has another model.
    private static readonly Func<LpcDbContext, int[], IAsyncEnumerable<PersonOf>> People = EF.CompileAsyncQuery<
        LpcDbContext,
        int[],
        PersonOf
    >(
        (LpcDbContext db, int[] ids) =>
            db
                .Leads.Where(l => ids.Contains(l.MicroconferenceId))
                .Select(l => new PersonOf
                {
                    Role = Role.Lead,
                    Of = l.MicroconferenceId,
                    Position = l.Position,
                    Slug = l.Person.Slug,
                    Name = l.Person.Name,
                })
                .Concat(
                    db.KeyAttendees.Where(k => ids.Contains(k.MicroconferenceId))
                        .Select(k => new PersonOf
                        {
                            Role = Role.KeyAttendee,
                            Of = k.MicroconferenceId,
                            Position = k.Position,
                            Slug = k.Person.Slug,
                            Name = k.Person.Name,
                        })
                )
                .Concat(
                    db.Topics.Where(t => ids.Contains(t.MicroconferenceId) && Topic.PublicStatuses.Contains(t.Status))
                        .SelectMany(t => t.Speakers)
                        .Select(s => new PersonOf
                        {
                            Role = Role.Speaker,
                            Of = s.TopicId,
                            Position = s.Position,
                            Slug = s.Person.Slug,
                            Name = s.Person.Name,
                        })
                )
                .OrderBy(x => x.Position)
    );

    private static readonly Func<LpcDbContext, int[], IAsyncEnumerable<TopicOf>> Topics = EF.CompileAsyncQuery(
        (LpcDbContext db, int[] ids) =>
            db
                .Topics.AsNoTracking()
                .Where(t => ids.Contains(t.MicroconferenceId) && Topic.PublicStatuses.Contains(t.Status))
                .OrderBy(t => t.Position)
                .ThenBy(t => t.Id)
                .Select(t => new TopicOf(
                    t.MicroconferenceId,
                    t.Id,
                    t.Title,
                    t.Group,
                    t.Minutes,
                    MarkdownText.Of(t.Details.Source, t.Details.Html),
                    t.SpeakersNote,
                    t.OpenSpeakers,
                    t.Links,
                    t.Refs
                ))
    );

    private static readonly Func<LpcDbContext, int[], IAsyncEnumerable<MaterialOf>> Materials = EF.CompileAsyncQuery(
        (LpcDbContext db, int[] ids) =>
            db
                .Topics.Where(t => ids.Contains(t.MicroconferenceId) && Topic.PublicStatuses.Contains(t.Status))
                .Join(
                    db.Materials.Where(m => m.SupersededAt == null && m.RemovedAt == null),
                    t => t.Id,
                    m => m.TopicId,
                    (t, m) => m
                )
                .OrderBy(m => m.Id)
                .Select(m => new MaterialOf(
                    m.TopicId,
                    m.Id,
                    m.Kind,
                    m.Title,
                    m.Url,
                    m.StartOffset,
                    m.FileName,
                    m.MediaType,
                    m.Size
                ))
    );

    private static readonly Func<LpcDbContext, int[], IAsyncEnumerable<CitationOf>> References = EF.CompileAsyncQuery(
        (LpcDbContext db, int[] ids) =>
            db
                .Microconferences.AsNoTracking()
                .Where(m => ids.Contains(m.Id))
                .SelectMany(m => m.References)
                .OrderBy(r => r.Position)
                .Select(r => new CitationOf(r.MicroconferenceId, r.Label, r.Url))
    );

    private enum Role
    {
        Lead,
        KeyAttendee,
        Speaker,
    }

    /// <summary>These, A to Z.</summary>
    public static async Task<IReadOnlyList<MicroconferenceDocument>> ToDocumentsAsync(
        this IQueryable<Microconference> microconferences,
        LpcDbContext db,
        CancellationToken stop
    )
    {
        var texts = await microconferences
            .AsNoTracking()
            .SelectMany(m => m.Revisions.Where(r => r.Number == m.RevisionNumber), (m, r) => new { m, r })
            .OrderBy(x => x.m.Title)
            .ThenBy(x => x.m.Slug)
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
        var ids = texts.Select(m => m.Id).ToArray();
        var people = await People(db, ids)
            .ToLookupAsync(
                x => (x.Role, x.Of),
                x => new MicroconferenceDocument.Name(x.Slug, x.Name),
                cancellationToken: stop
            );
        var materials = await Materials(db, ids).ToLookupAsync(m => m.TopicId, m => m.Line, cancellationToken: stop);
        var topics = await Topics(db, ids)
            .ToLookupAsync(
                t => t.MicroconferenceId,
                t =>
                    t.With([.. people[(Role.Speaker, t.Id)]]) with
                    {
                        Materials = [.. materials[t.Id].OrderBy(m => m.Kind)],
                    },
                cancellationToken: stop
            );
        var references = await References(db, ids)
            .ToLookupAsync(
                r => r.MicroconferenceId,
                r => new MicroconferenceDocument.Citation(r.Label, r.Url),
                cancellationToken: stop
            );
        return
        [
            .. texts.Select(m => new MicroconferenceDocument(
                m.Id,
                m.Conference,
                m.Slug,
                m.Title,
                m.Status,
                m.Form,
                m.MergedInto,
                m.TopicsInline,
                m.RevisionNumber,
                m.RevisedAt,
                m.Description,
                m.Results,
                [.. people[(Role.Lead, m.Id)]],
                [.. people[(Role.KeyAttendee, m.Id)]],
                [.. references[m.Id]],
                [.. topics[m.Id]]
            )),
        ];
    }

    /// <summary>The only one of these, with its notes, in one statement more; null when there is none.</summary>
    public static async Task<MicroconferenceDocument?> ToDocumentAsync(
        this IQueryable<Microconference> microconferences,
        LpcDbContext db,
        CancellationToken stop
    )
    {
        if (await microconferences.ToDocumentsAsync(db, stop) is not [var found])
        {
            return null;
        }

        var notes = await db
            .Notes.AsNoTracking()
            .Of(found.Id, db)
            .Select(n => new
            {
                n.TopicId,
                n.IsOutcome,
                Text = MarkdownText.Of(n.Text.Source, n.Text.Html),
            })
            .ToListAsync(stop);
        return notes.Count == 0
            ? found
            : found with
            {
                Notes = notes.Find(n => n is { TopicId: null, IsOutcome: false })?.Text ?? MarkdownText.Empty,
                Outcome = notes.Find(n => n.IsOutcome)?.Text ?? MarkdownText.Empty,
                Topics =
                [
                    .. found.Topics.Select(t =>
                        t with
                        {
                            Notes = notes.Find(n => n.TopicId == t.Id)?.Text ?? MarkdownText.Empty,
                        }
                    ),
                ],
            };
    }

    private sealed record CitationOf(int MicroconferenceId, string Label, string Url);

    private sealed record MaterialOf(
        int TopicId,
        int Id,
        MaterialKind Kind,
        string? Title,
        string? Url,
        int? StartOffset,
        string? FileName,
        string? MediaType,
        long? Size
    )
    {
        public MaterialLine Line => new(Id, Kind, Title, Url, StartOffset, FileName, MediaType, Size);
    }

    // The union needs the members by name.
    private sealed class PersonOf
    {
        public Role Role { get; init; }
        public int Of { get; init; }
        public int Position { get; init; }
        public string Slug { get; init; } = "";
        public string Name { get; init; } = "";
    }

    private sealed record TopicOf(
        int MicroconferenceId,
        int Id,
        string Title,
        string? Group,
        int? Minutes,
        MarkdownText Details,
        string? SpeakersNote,
        int OpenSpeakers,
        List<string> Links,
        List<string> Refs
    )
    {
        public MicroconferenceDocument.Item With(IReadOnlyList<MicroconferenceDocument.Name> speakers) =>
            new(Id, Title, Group, Minutes, Details, SpeakersNote, OpenSpeakers, Links, Refs, speakers);
    }
}
