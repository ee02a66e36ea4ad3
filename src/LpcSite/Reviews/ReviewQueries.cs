using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Reviews.Assignments;
using LpcSite.Reviews.Scores;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Reviews;

/// <summary>Questions about reviews that more than one page asks.</summary>
public static class ReviewQueries
{
    /// <summary>
    /// Every review of a conference with the mean of its scores, each as often as its criterion weighs; null without a
    /// score.
    /// </summary>
    public static Task<List<Judgement>> JudgementsAsync(this LpcDbContext db, int conferenceId, CancellationToken stop)
    {
        var scores = db.Set<Score>()
            .Join(
                db.Criteria,
                s => s.CriterionId,
                c => c.Id,
                (s, c) =>
                    new
                    {
                        s.ReviewId,
                        s.Value,
                        c.Weight,
                    }
            )
            .GroupBy(s => s.ReviewId)
            .Select(g => new
            {
                ReviewId = g.Key,
                Mean = g.Sum(s => s.Value * s.Weight) / (double)g.Sum(s => s.Weight),
            });
        return db
            .Reviews.Where(r => r.Microconference.ConferenceId == conferenceId)
            .LeftJoin(
                scores,
                r => r.Id,
                s => s.ReviewId,
                (r, s) => new Judgement(r.MicroconferenceId, r.ReviewerId, r.RevisionNumber, s == null ? null : s.Mean)
            )
            .ToListAsync(stop);
    }

    /// <summary>As what everybody is needed in some microconferences, who has not declined.</summary>
    public static Task<List<SharedPeople.Part>> PartsAsync(
        this IQueryable<Microconference> microconferences,
        CancellationToken stop
    )
    {
        var leads = microconferences
            .SelectMany(m => m.Leads)
            .Select(l => new
            {
                l.MicroconferenceId,
                l.PersonId,
                l.Person.Name,
                Role = SharedPeople.Role.Lead,
            });
        var keyAttendees = microconferences
            .SelectMany(m => m.KeyAttendees)
            .Where(k => k.DeclinedAt == null)
            .Select(k => new
            {
                k.MicroconferenceId,
                k.PersonId,
                k.Person.Name,
                Role = SharedPeople.Role.KeyAttendee,
            });
        var speakers = microconferences
            .SelectMany(m => m.Topics)
            .Public()
            .SelectMany(
                t => t.Speakers.Where(s => s.DeclinedAt == null),
                (t, s) =>
                    new
                    {
                        t.MicroconferenceId,
                        s.PersonId,
                        s.Person.Name,
                        Role = SharedPeople.Role.Speaker,
                    }
            );
        return leads
            .Concat(keyAttendees)
            .Concat(speakers)
            .Select(p => new SharedPeople.Part(p.MicroconferenceId, p.PersonId, p.Name, p.Role))
            .ToListAsync(stop);
    }

    /// <summary>What each proposal got, without what was said by those who turned out to be too close to it.</summary>
    public static IReadOnlyDictionary<int, ReviewSummary> Summaries(
        this IEnumerable<Judgement> judgements,
        Interests interests
    ) =>
        judgements
            .Where(j => interests.Of(j.MicroconferenceId, j.ReviewerId) is null)
            .GroupBy(j => j.MicroconferenceId)
            .ToDictionary(g => g.Key, g => ReviewSummary.Of([.. g.Select(j => j.Mean)]));

    /// <summary>One review in short.</summary>
    public sealed record Judgement(int MicroconferenceId, int ReviewerId, int RevisionNumber, double? Mean);
}
