using System.Security.Claims;
using LpcSite.People;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Microconferences;

/// <summary>
/// Questions about microconferences that more than one page asks. What the public may see is decided here and nowhere
/// else.
/// </summary>
public static class MicroconferenceQueries
{
    // What a draft or a declined proposal says is its leads' and the organizers' business.
    private static readonly MicroconferenceStatus[] PublicStatuses =
    [
        MicroconferenceStatus.Proposed,
        MicroconferenceStatus.ChangesRequested,
        MicroconferenceStatus.Accepted,
        MicroconferenceStatus.Merged,
        MicroconferenceStatus.Withdrawn,
    ];

    private static readonly MicroconferenceStatus[] ListedStatuses =
    [
        MicroconferenceStatus.Proposed,
        MicroconferenceStatus.ChangesRequested,
        MicroconferenceStatus.Accepted,
    ];

    /// <summary>Those with a public page: also the withdrawn, which stay, and the merged, which lead on.</summary>
    public static IQueryable<Microconference> Public(this IQueryable<Microconference> microconferences) =>
        microconferences.Where(m => PublicStatuses.Contains(m.Status));

    /// <summary>
    /// Those whose page this reader may open: the public ones, their own, and for an organizer all. The others do not
    /// exist for them.
    /// </summary>
    public static IQueryable<Microconference> VisibleTo(
        this IQueryable<Microconference> microconferences,
        ClaimsPrincipal reader
    )
    {
        if (reader.IsOrganizer())
        {
            return microconferences;
        }

        var me = reader.PersonId();
        return microconferences.Where(m => PublicStatuses.Contains(m.Status) || m.Leads.Any(l => l.PersonId == me));
    }

    /// <summary>
    /// Those that lists, counts, feeds and the search show: proposed or accepted, and going to happen as far as anybody
    /// knows.
    /// </summary>
    public static IQueryable<Microconference> Listed(this IQueryable<Microconference> microconferences) =>
        microconferences.Where(m => ListedStatuses.Contains(m.Status));

    /// <summary>Those topics that a microconference shows on its page.</summary>
    public static IQueryable<Topic> Public(this IQueryable<Topic> topics) =>
        topics.Where(t => Topic.PublicStatuses.Contains(t.Status));

    /// <summary>A to Z, without regard to case.</summary>
    public static IOrderedQueryable<Microconference> InPageOrder(this IQueryable<Microconference> microconferences) =>
        microconferences.OrderBy(m => m.Title).ThenBy(m => m.Slug);

    /// <summary>
    /// To be changed: with conference, newest revision, people, references, topics and predecessors, in a fixed number
    /// of statements.
    /// </summary>
    public static IQueryable<Microconference> WithLists(this IQueryable<Microconference> microconferences) =>
        microconferences
            .Include(m => m.Conference)
            .Include(m => m.Revisions.OrderByDescending(r => r.Number).Take(1))
            .Include(m => m.Leads)
                .ThenInclude(l => l.Person)
            .Include(m => m.KeyAttendees)
                .ThenInclude(k => k.Person)
            .Include(m => m.References)
            .Include(m => m.Topics)
                .ThenInclude(t => t.Speakers)
                    .ThenInclude(s => s.Person)
            .Include(m => m.Predecessors)
            .AsSplitQuery();
}
