using System.Security.Claims;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Materials;

/// <summary>
/// Questions about materials that more than one asks. Who may see what is not public is decided here and nowhere else.
/// </summary>
public static class MaterialQueries
{
    /// <summary>Those that stand in their topic's place: neither an older version nor removed.</summary>
    public static IQueryable<Material> Current(this IQueryable<Material> materials) =>
        materials.Where(m => m.SupersededAt == null && m.RemovedAt == null);

    /// <summary>What everybody sees of the materials of some topics, and when any of them last changed.</summary>
    public static async Task<(ILookup<int, MaterialLine> Lines, Instant? ChangedAt)> MaterialLinesAsync(
        this LpcDbContext db,
        IReadOnlyCollection<int> topics,
        CancellationToken stop
    )
    {
        var found = await db
            .Materials.Where(m => topics.Contains(m.TopicId) && db.Topics.Public().Any(t => t.Id == m.TopicId))
            .OrderBy(m => m.Kind)
            .ThenBy(m => m.Id)
            .Select(m => new
            {
                m.TopicId,
                m.AddedAt,
                m.SupersededAt,
                m.RemovedAt,
                Line = new MaterialLine(m.Id, m.Kind, m.Title, m.Url, m.StartOffset, m.FileName, m.MediaType, m.Size),
            })
            .ToListAsync(stop);
        var changes = found
            .SelectMany(m => new[] { m.AddedAt, m.SupersededAt, m.RemovedAt })
            .OfType<Instant>()
            .ToList();
        return (
            found.Where(m => m.SupersededAt is null && m.RemovedAt is null).ToLookup(m => m.TopicId, m => m.Line),
            changes.Count > 0 ? changes.Max() : null
        );
    }

    /// <summary>Accepted topics to which nobody has brought slides.</summary>
    public static IQueryable<Topic> WithoutSlides(this IQueryable<Topic> topics, LpcDbContext db)
    {
        var slides = db.Materials.Current().Where(m => m.Kind == MaterialKind.Slides);
        return topics.Where(t => t.Status == TopicStatus.Accepted && !slides.Any(m => m.TopicId == t.Id));
    }

    /// <summary>
    /// Topics to which this reader brings materials, and of which they see all of them: what they submitted or speak
    /// about, what was sent to a microconference that they lead, and for an organizer everything that was sent.
    /// </summary>
    public static IQueryable<Topic> BroughtToBy(this IQueryable<Topic> topics, LpcDbContext db, ClaimsPrincipal reader)
    {
        // Nobody has this number.
        var (me, isOrganizer) = (reader.PersonId() ?? 0, reader.IsOrganizer());
        return topics.Where(t =>
            t.SubmitterId == me
            || t.Speakers.Any(s => s.PersonId == me)
            || t.Status != TopicStatus.Draft
                && (isOrganizer || db.Leads.Any(l => l.MicroconferenceId == t.MicroconferenceId && l.PersonId == me))
        );
    }

    /// <summary>
    /// Those that this reader may open: the current ones of topics that everybody sees, and all of those to which they
    /// bring some.
    /// </summary>
    public static IQueryable<Material> ReadableBy(
        this IQueryable<Material> materials,
        LpcDbContext db,
        ClaimsPrincipal reader
    )
    {
        var isOrganizer = reader.IsOrganizer();
        var known = db.Microconferences.Where(m => isOrganizer || m.Conference.State != ConferenceState.Preparing);
        var (shown, mine) = (db.Topics.Public(), db.Topics.BroughtToBy(db, reader));
        var everybodys = known.Public();
        return materials.Where(m =>
            m.SupersededAt == null
                && m.RemovedAt == null
                && shown.Any(t => t.Id == m.TopicId && everybodys.Any(mc => mc.Id == t.MicroconferenceId))
            || mine.Any(t => t.Id == m.TopicId && known.Any(mc => mc.Id == t.MicroconferenceId))
        );
    }
}
