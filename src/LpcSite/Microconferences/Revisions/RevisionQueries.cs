using System.Security.Claims;
using LpcSite.Data;
using LpcSite.Markdown;
using LpcSite.Microconferences.Editing;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Microconferences.Revisions;

/// <summary>
/// Questions about revisions that more than one page asks. Which of them the public may read is decided here and
/// nowhere else.
/// </summary>
public static class RevisionQueries
{
    /// <summary>The verb of the audit entry that is written when a draft becomes public.</summary>
    public const string ProposedVerb = "proposed";

    /// <summary>
    /// The revisions that this reader may read. The public may read from the one that was current when the
    /// microconference became public, which an audit entry of that moment tells: it was proposed, or an import brought
    /// it in with a public status. Where no entry does, only the newest one.
    /// </summary>
    /// <returns>Null when there is no such microconference for them.</returns>
    public static async Task<RevisionHistory?> HistoryAsync(
        this LpcDbContext db,
        int conferenceId,
        string slug,
        ClaimsPrincipal reader,
        CancellationToken stop
    )
    {
        var (me, isOrganizer) = (reader.PersonId(), reader.IsOrganizer());
        var madePublic = db.AuditEntries.Where(e =>
            e.Verb == ProposedVerb
            || e.Via == "import"
                && (
                    EF.Functions.JsonContains(e.After!, """{"status":"proposed"}""")
                    || EF.Functions.JsonContains(e.After!, """{"status":"changes_requested"}""")
                    || EF.Functions.JsonContains(e.After!, """{"status":"accepted"}""")
                    || EF.Functions.JsonContains(e.After!, """{"status":"merged"}""")
                    || EF.Functions.JsonContains(e.After!, """{"status":"withdrawn"}""")
                )
        );
        var found = await db
            .Microconferences.Where(m => m.ConferenceId == conferenceId && m.Slug == slug)
            .VisibleTo(reader)
            .Select(m => new
            {
                m.Id,
                Conference = m.Conference.Slug,
                m.Slug,
                m.Title,
                m.Status,
                m.RevisionNumber,
                IsOwn = isOrganizer || m.Leads.Any(l => l.PersonId == me),
                WhenMadePublic = m
                    .Revisions.Where(r =>
                        r.SavedAt <= madePublic.Where(e => e.MicroconferenceId == m.Id).Min(e => (Instant?)e.At)
                    )
                    .Max(r => (int?)r.Number),
            })
            .SingleOrDefaultAsync(stop);
        return found is null
            ? null
            : new RevisionHistory(
                found.Id,
                found.Conference,
                found.Slug,
                found.Title,
                found.Status,
                found.RevisionNumber,
                found.IsOwn ? 1 : found.WhenMadePublic ?? found.RevisionNumber,
                found.IsOwn
            );
    }

    /// <summary>Those that belong to the history, as it is for its reader.</summary>
    public static IQueryable<Revision> Of(this IQueryable<Revision> revisions, RevisionHistory history)
    {
        var (id, first) = (history.Id, history.First);
        return revisions.Where(r => r.MicroconferenceId == id && r.Number >= first);
    }

    public static IQueryable<RevisionEntry> AsEntries(this IQueryable<Revision> revisions) =>
        revisions.Select(r => new RevisionEntry(
            r.Number,
            r.SavedAt,
            r.Author!.Name,
            r.Summary,
            MarkdownText.Of(r.Description.Source, r.Description.Html),
            MarkdownText.Of(r.Results.Source, r.Results.Html)
        ));

    /// <summary>What the newest text of a microconference was put together from.</summary>
    /// <returns>Null when somebody has gone on from there, or it never was.</returns>
    public static Task<Joined?> JoinedAsync(this LpcDbContext db, int microconferenceId, CancellationToken stop) =>
        (
            from m in db.Microconferences
            where m.Id == microconferenceId
            from start in m.Revisions.Where(r => r.Number == m.RevisionNumber && r.SecondId != null)
            from own in m.Revisions.Where(r => r.Number == m.RevisionNumber - 1)
            from part in db.Microconferences.Where(p => p.Id == start.Second!.MicroconferenceId)
            select new Joined(
                new(m.Conference.Slug, m.Slug, m.Title, own.Number, own.Description.Source, own.Results.Source),
                new(
                    m.Conference.Slug,
                    part.Slug,
                    part.Title,
                    start.Second!.Number,
                    start.Second.Description.Source,
                    start.Second.Results.Source
                ),
                start.Description.Source,
                start.Results.Source
            )
        ).SingleOrDefaultAsync(stop);
}
