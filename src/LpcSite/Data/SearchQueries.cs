using LpcSite.Microconferences;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace LpcSite.Data;

/// <summary>
/// The search: one statement over the vectors that the database keeps with the texts, so that it never knows less than
/// they do.
/// </summary>
public static class SearchQueries
{
    internal const string Microconference = "microconference";
    internal const string Topic = "topic";
    internal const string Notes = "notes";
    internal const string Outcome = "what came of it";
    internal const string Person = "person";
    internal const string Page = "page";

    private const string Vector = "SearchVector";
    private const string Fragments =
        "MaxFragments=2, MaxWords=22, MinWords=8, FragmentDelimiter=\" … \", StartSel=\u0002, StopSel=\u0003";

    /// <returns>At most <see cref="SearchHit.Most"/>, best first, of what the public may see.</returns>
    public static Task<List<SearchHit>> SearchAsync(
        this LpcDbContext db,
        int conferenceId,
        string query,
        CancellationToken stop
    )
    {
        var listed = db.Microconferences.Where(m => m.ConferenceId == conferenceId).Listed();
        var microconferences = listed.SelectMany(
            m => m.Revisions.Where(r => r.Number == m.RevisionNumber),
            (m, r) =>
                new
                {
                    Kind = Microconference,
                    m.Slug,
                    Topic = 0,
                    m.Title,
                    In = "",
                    Body = r.Description.Source + " " + r.Results.Source,
                    Words = EF.Property<NpgsqlTsVector>(m, Vector).Concat(EF.Property<NpgsqlTsVector>(r, Vector)),
                }
        );
        var topics = listed.SelectMany(
            m => m.Topics.Where(t => Topics.Topic.PublicStatuses.Contains(t.Status)),
            (m, t) =>
                new
                {
                    Kind = Topic,
                    m.Slug,
                    Topic = t.Id,
                    t.Title,
                    In = m.Title,
                    Body = t.Details.Source,
                    Words = EF.Property<NpgsqlTsVector>(t, Vector),
                }
        );
        var notes = listed.SelectMany(
            m => db.Notes.Where(n => n.MicroconferenceId == m.Id),
            (m, n) =>
                new
                {
                    Kind = n.IsOutcome ? Outcome : Notes,
                    m.Slug,
                    Topic = 0,
                    m.Title,
                    In = "",
                    Body = n.Text.Source,
                    Words = EF.Property<NpgsqlTsVector>(n, Vector),
                }
        );
        var topicNotes = listed
            .SelectMany(
                m => m.Topics.Where(t => Topics.Topic.PublicStatuses.Contains(t.Status)),
                (m, t) =>
                    new
                    {
                        m.Slug,
                        t.Id,
                        t.Title,
                        In = m.Title,
                    }
            )
            .SelectMany(
                t => db.Notes.Where(n => n.TopicId == t.Id),
                (t, n) =>
                    new
                    {
                        Kind = Notes,
                        t.Slug,
                        Topic = t.Id,
                        t.Title,
                        t.In,
                        Body = n.Text.Source,
                        Words = EF.Property<NpgsqlTsVector>(n, Vector),
                    }
            );
        var people = db
            .People.At(conferenceId, db)
            .Select(p => new
            {
                Kind = Person,
                p.Slug,
                Topic = 0,
                Title = p.Name,
                In = "",
                Body = "",
                Words = EF.Property<NpgsqlTsVector>(p, Vector),
            });
        var pages = db
            .ConferencePages.Where(p => p.ConferenceId == conferenceId && p.IsPublished)
            .Select(p => new
            {
                Kind = Page,
                p.Slug,
                Topic = 0,
                p.Title,
                In = "",
                Body = p.Text.Source,
                Words = EF.Property<NpgsqlTsVector>(p, Vector),
            });
        return microconferences
            .Concat(topics)
            .Concat(notes)
            .Concat(topicNotes)
            .Concat(people)
            .Concat(pages)
            .Where(x => x.Words.Matches(LpcDbContext.SearchQuery(query)))
            .OrderByDescending(x => x.Words.Rank(LpcDbContext.SearchQuery(query)))
            .ThenBy(x => x.Title)
            .ThenBy(x => x.Topic)
            .Take(SearchHit.Most)
            .Select(x => new SearchHit(
                x.Kind,
                x.Slug,
                x.Topic,
                x.Title,
                x.In,
                LpcDbContext.SearchQuery(query).GetResultHeadline("lpc_english", x.Body, Fragments)
            ))
            .ToListAsync(stop);
    }
}
