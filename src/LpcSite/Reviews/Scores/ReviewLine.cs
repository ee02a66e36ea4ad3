using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Reviews.Assignments;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Reviews.Scores;

/// <summary>One proposal in the organizers' table: who leads it, and what the reviewers think of it.</summary>
/// <param name="Assigned">How many were asked to read it.</param>
/// <param name="Summary">Null where this reader is too close to the proposal to know.</param>
public sealed record ReviewLine(
    string Slug,
    string Title,
    string Leads,
    MicroconferenceStatus Status,
    int Assigned,
    ReviewSummary? Summary
)
{
    /// <summary>Everything that is not a draft, A to Z, in a fixed number of statements.</summary>
    /// <param name="reader">The organizer for whom it is.</param>
    public static async Task<IReadOnlyList<ReviewLine>> ReadAsync(
        LpcDbContext db,
        int conferenceId,
        int reader,
        CancellationToken stop
    )
    {
        var interests = await Interests.OfAsync(db, conferenceId, stop);
        var summaries = (await db.JudgementsAsync(conferenceId, stop)).Summaries(interests);
        var microconferences = await db
            .Microconferences.Where(m =>
                m.ConferenceId == conferenceId
                && m.Status != MicroconferenceStatus.Draft
                && m.Status != MicroconferenceStatus.Withdrawn
            )
            .InPageOrder()
            .Select(m => new
            {
                m.Id,
                m.Slug,
                m.Title,
                m.Status,
                Leads = string.Join(", ", m.Leads.OrderBy(l => l.Position).Select(l => l.Person.Name)),
                Assigned = db.Assignments.Count(a => a.MicroconferenceId == m.Id),
            })
            .ToListAsync(stop);
        return microconferences.ConvertAll(m => new ReviewLine(
            m.Slug,
            m.Title,
            m.Leads,
            m.Status,
            m.Assigned,
            interests.Of(m.Id, reader) is null ? summaries.GetValueOrDefault(m.Id, ReviewSummary.None) : null
        ));
    }

    /// <summary>By a column, the most first; what has nothing in it comes last, and equals stay A to Z.</summary>
    /// <param name="column"><c>mean</c>, <c>spread</c> or <c>count</c>; everything else is A to Z.</param>
    public static IReadOnlyList<ReviewLine> Sorted(IReadOnlyList<ReviewLine> lines, string? column) =>
        column switch
        {
            "mean" => [.. lines.OrderByDescending(l => l.Summary?.Mean ?? double.MinValue)],
            "spread" => [.. lines.OrderByDescending(l => l.Summary?.Spread ?? double.MinValue)],
            "count" => [.. lines.OrderByDescending(l => l.Summary?.Count ?? -1)],
            _ => lines,
        };
}
