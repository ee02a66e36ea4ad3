using System.Text.Json;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Emails;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.People.Picker;
using LpcSite.Reviews.Scores;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Reviews.Assignments;

/// <summary>How the organizers prepare the review: what is asked, who reviews, and who reads what.</summary>
public sealed class ReviewSetup(LpcDbContext db, IClock clock)
{
    private const string Via = "review desk";
    private const string Raced =
        "Somebody else changed this while you did. Your own words stand below and nothing of them is saved yet: "
        + "look at the page in another window, then save once more if yours is to stand.";

    /// <summary>
    /// What every review answers and who may give one: the criteria in their order, in place of those that there were;
    /// a new one has the number 0.
    /// </summary>
    /// <param name="apart">Whether nobody reviews what somebody of their own affiliation leads.</param>
    /// <param name="version">Of the conference, as the form showed it: it stands for its criteria too.</param>
    /// <exception cref="RuleException">One has scores and cannot be left out, or does not fit.</exception>
    /// <exception cref="RaceException">Somebody else saved first.</exception>
    public async Task AskAsync(
        int conferenceId,
        IReadOnlyList<(int Id, string Name, string Help, int Weight)> wanted,
        bool apart,
        uint version,
        Person by,
        CancellationToken stop
    )
    {
        Rule.Require(wanted.Count <= Criterion.MaxCount, $"A conference has at most {Criterion.MaxCount} criteria.");
        Rule.Require(
            wanted.DistinctBy(c => c.Name, StringComparer.OrdinalIgnoreCase).Count() == wanted.Count,
            "Two criteria have the same name."
        );
        var conference = await db.Conferences.SingleAsync(c => c.Id == conferenceId, stop);
        if (conference.RowVersion != version)
        {
            throw new RaceException(Raced);
        }

        var known = await db
            .Criteria.Where(c => c.ConferenceId == conferenceId)
            .OrderBy(c => c.Position)
            .ToListAsync(stop);
        var before = Describe(known, conference.KeepsAffiliationsApart);
        await LeaveOutAsync(known.Where(k => wanted.All(w => w.Id != k.Id)), stop);
        var asked = new List<Criterion>();
        foreach (var ((id, name, help, weight), position) in wanted.Select((w, position) => (w, position)))
        {
            var criterion = id == 0 ? db.Add(new Criterion(conferenceId)).Entity : known.Find(k => k.Id == id);
            Rule.Require(criterion is not null, "One of these criteria is not there any more. Look at the page again.");

            criterion.Describe(position, name, help, weight);
            asked.Add(criterion);
        }

        conference.KeepAffiliationsApart(apart);

        // Written with its criteria, so that of two who save at once the second one is told.
        db.Entry(conference).Property(c => c.KeepsAffiliationsApart).IsModified = true;
        db.Record(
            new Act(by, Via, clock.GetCurrentInstant()),
            "changed the criteria",
            new AuditSubject(conference.Path, conferenceId),
            before: before,
            after: Describe(asked, apart)
        );
        await db.SaveAsync(Raced, stop);
    }

    /// <param name="who">Somebody's mail address, or the last part of the address of their page.</param>
    /// <returns>Who it is.</returns>
    /// <exception cref="RuleException">Nobody is known under it, or they have no account to review with.</exception>
    public async Task<Person> AddReviewerAsync(int conferenceId, string who, Person by, CancellationToken stop)
    {
        var mail = MailAddress.Key(who);
        var found = await db
            .Users.Include(a => a.Person)
            .SingleOrDefaultAsync(a => a.EmailConfirmed && (a.Email == mail || a.Person.Slug == who), stop);
        if (found is null)
        {
            var called = await CalledAsync(who, stop);
            throw new RuleException(
                called.Length == 0
                    ? $"Nobody with an account is known as “{who}”. Whoever reviews registers first."
                    : $"Names do not say who is meant. Accounts named “{who}”: {called}. "
                        + "Type the email address, or the last part of the address as it stands here."
            );
        }

        await ChangeAsync(
            async now =>
            {
                Rule.Require(
                    !await db.Reviewers.AnyAsync(
                        r => r.ConferenceId == conferenceId && r.PersonId == found.PersonId,
                        stop
                    ),
                    $"{found.Person.Name} reviews already."
                );
                Rule.Require(
                    await db.Reviewers.CountAsync(r => r.ConferenceId == conferenceId, stop) < Reviewer.MaxCount,
                    $"A conference has at most {Reviewer.MaxCount} reviewers."
                );
                db.Reviewers.Add(
                    new Reviewer(await db.Conferences.SingleAsync(c => c.Id == conferenceId, stop), found.Person, now)
                );
                await RecordAsync(
                    conferenceId,
                    "added a reviewer",
                    null,
                    JsonSerializer.Serialize(new { person = found.Person.Slug }),
                    by,
                    now,
                    stop
                );
            },
            stop
        );
        return found.Person;
    }

    // A name that people give themselves proves nothing, so that it is no answer to who reviews.
    private async Task<string> CalledAsync(string name, CancellationToken stop)
    {
        var key = Person.Key(name);
        var called = await db
            .Users.Where(a => a.EmailConfirmed && a.Person.Aliases.Any(alias => alias.Key == key))
            .OrderBy(a => a.Person.Slug)
            .Take(PersonChoice.Most)
            .Select(a => new { a.Person.Slug, a.Person.Affiliation })
            .ToListAsync(stop);
        return string.Join(", ", called.Select(c => c.Affiliation is null ? c.Slug : $"{c.Slug} ({c.Affiliation})"));
    }

    /// <summary>Reviews that were written stay.</summary>
    public Task RemoveReviewerAsync(int conferenceId, int personId, Person by, CancellationToken stop) =>
        ChangeAsync(
            async now =>
            {
                var reviewer = await db
                    .Reviewers.Include(r => r.Person)
                    .SingleOrDefaultAsync(r => r.ConferenceId == conferenceId && r.PersonId == personId, stop);
                Rule.Require(reviewer is not null, "That is no reviewer any more.");
                db.RemoveRange(
                    await db
                        .Assignments.Where(a =>
                            a.ReviewerId == personId
                            && a.Microconference.ConferenceId == conferenceId
                            && !db.Reviews.Any(r =>
                                r.MicroconferenceId == a.MicroconferenceId && r.ReviewerId == personId
                            )
                        )
                        .ToListAsync(stop)
                );
                db.Remove(reviewer);
                await RecordAsync(
                    conferenceId,
                    "removed a reviewer",
                    JsonSerializer.Serialize(new { person = reviewer.Person.Slug }),
                    null,
                    by,
                    now,
                    stop
                );
            },
            stop
        );

    /// <summary>Who is asked to read this proposal, in place of those who were.</summary>
    public Task AssignAsync(
        Microconference microconference,
        IReadOnlyCollection<int> reviewers,
        Person by,
        CancellationToken stop
    ) =>
        ChangeAsync(
            async now =>
            {
                var interests = await Interests.OfAsync(db, microconference.ConferenceId, stop);
                var known = await db
                    .Assignments.Include(a => a.Reviewer)
                    .Where(a => a.MicroconferenceId == microconference.Id)
                    .ToListAsync(stop);
                var may = await db
                    .Reviewers.Where(r => r.ConferenceId == microconference.ConferenceId)
                    .Select(r => r.PersonId)
                    .ToListAsync(stop);
                var added = reviewers.Where(id => known.All(k => k.ReviewerId != id)).ToList();
                Rule.Require(added.All(may.Contains), "One of these is no reviewer any more. Look at the page again.");
                Rule.Require(
                    added.All(id => interests.Of(microconference.Id, id) is null),
                    "One of these is too close to the proposal to review it."
                );
                db.RemoveRange(known.Where(k => !reviewers.Contains(k.ReviewerId)));
                db.AddRange(added.Select(id => new Assignment(microconference.Id, id, by, now)));
                await RecordAsync(
                    microconference.ConferenceId,
                    "assigned reviewers",
                    JsonSerializer.Serialize(new { reviewers = known.Select(k => k.ReviewerId).Order() }),
                    JsonSerializer.Serialize(
                        new { microconference = microconference.Slug, reviewers = reviewers.Order() }
                    ),
                    by,
                    now,
                    stop
                );
            },
            stop
        );

    /// <summary>What a balanced share would add, so that each undecided proposal is read by so many.</summary>
    public async Task<IReadOnlyList<(int Proposal, int Reviewer)>> ShareAsync(
        int conferenceId,
        int each,
        CancellationToken stop
    )
    {
        var proposals = await db
            .Microconferences.Where(m =>
                m.ConferenceId == conferenceId
                && (m.Status == MicroconferenceStatus.Proposed || m.Status == MicroconferenceStatus.ChangesRequested)
            )
            .OrderBy(m => m.Id)
            .Select(m => m.Id)
            .ToListAsync(stop);
        var reviewers = await db
            .Reviewers.Where(r => r.ConferenceId == conferenceId)
            .OrderBy(r => r.PersonId)
            .Select(r => r.PersonId)
            .ToListAsync(stop);
        var given = await db
            .Assignments.Where(a => a.Microconference.ConferenceId == conferenceId)
            .Select(a => new { a.MicroconferenceId, a.ReviewerId })
            .ToListAsync(stop);
        var interests = await Interests.OfAsync(db, conferenceId, stop);
        return BalancedAssignment.Propose(
            proposals,
            reviewers,
            given.ConvertAll(g => (g.MicroconferenceId, g.ReviewerId)),
            (proposal, reviewer) => interests.Of(proposal, reviewer) is null,
            each
        );
    }

    /// <returns>How many assignments were added.</returns>
    public async Task<int> ShareOutAsync(int conferenceId, int each, Person by, CancellationToken stop)
    {
        var count = 0;
        await ChangeAsync(
            async now =>
            {
                var added = await ShareAsync(conferenceId, each, stop);
                count = added.Count;
                db.AddRange(added.Select(a => new Assignment(a.Proposal, a.Reviewer, by, now)));
                await RecordAsync(
                    conferenceId,
                    "shared the proposals out",
                    null,
                    JsonSerializer.Serialize(new { each, added = count }),
                    by,
                    now,
                    stop
                );
            },
            stop
        );
        return count;
    }

    // Two organizers at one moment: the database lets one through, and the other looks again.
    private async Task ChangeAsync(Func<Instant, Task> change, CancellationToken stop)
    {
        var isFirst = await db.TryAsync(async () =>
        {
            await change(clock.GetCurrentInstant());
            await db.SaveChangesAsync(stop);
        });
        Rule.Require(
            isFirst,
            "Somebody else changed this at the same moment. Look at it again, and say it once more if it is still "
                + "what you want."
        );
    }

    private async Task RecordAsync(
        int conferenceId,
        string verb,
        string? before,
        string? after,
        Person by,
        Instant now,
        CancellationToken stop
    )
    {
        var slug = await db.Conferences.Where(c => c.Id == conferenceId).Select(c => c.Slug).SingleAsync(stop);
        db.Record(
            new Act(by, Via, now),
            verb,
            new AuditSubject($"/{slug}", conferenceId),
            before: before,
            after: after
        );
    }

    private async Task LeaveOutAsync(IEnumerable<Criterion> criteria, CancellationToken stop)
    {
        foreach (var gone in criteria)
        {
            Rule.Require(
                !await db.Set<Score>().AnyAsync(s => s.CriterionId == gone.Id, stop),
                $"“{gone.Name}” has scores already, so that it cannot be left out. Give it another name or weight."
            );
            db.Remove(gone);
        }
    }

    private static string Describe(IReadOnlyList<Criterion> criteria, bool apart) =>
        JsonSerializer.Serialize(
            new
            {
                criteria = criteria.Select(c => new { name = c.Name, weight = c.Weight }),
                affiliations_apart = apart,
            }
        );
}
