using System.Text.Json;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Revisions;
using LpcSite.People;
using LpcSite.Reviews.Assignments;
using LpcSite.Reviews.Remarks;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Reviews;

/// <summary>
/// What reviewers do with a proposal: they judge it, talk about it with each other and with its leads, and ask for
/// changes.
/// </summary>
public sealed class ProposalReviews(LpcDbContext db, MarkdownRenderer renderer, RemarkEmails letters, IClock clock)
{
    private const string Via = "review";

    /// <summary>Saves a reviewer's one review of this proposal, in place of what they wrote before.</summary>
    /// <param name="microconference">Tracked, with its conference.</param>
    /// <param name="scores">By criterion.</param>
    /// <param name="revision">The revision that was on their screen.</param>
    /// <exception cref="RuleException">
    /// They may not judge it, it is decided, or what they wrote does not fit.
    /// </exception>
    public async Task SaveAsync(
        Microconference microconference,
        IReadOnlyDictionary<int, int> scores,
        Confidence confidence,
        string text,
        int revision,
        Person reviewer,
        CancellationToken stop
    )
    {
        await RequireDistanceAsync(microconference, reviewer, stop);
        var criteria = await db
            .Criteria.Where(c => c.ConferenceId == microconference.ConferenceId)
            .Select(c => c.Id)
            .ToListAsync(stop);
        Rule.Require(scores.Keys.All(criteria.Contains), "The criteria were changed meanwhile. Look at them again.");
        var now = clock.GetCurrentInstant();
        var review =
            await db
                .Reviews.Include(r => r.Scores)
                .SingleOrDefaultAsync(
                    r => r.MicroconferenceId == microconference.Id && r.ReviewerId == reviewer.Id,
                    stop
                )
            ?? db.Add(new Review(microconference, reviewer)).Entity;
        var before = review.Id == 0 ? null : Describe(review);
        review.Write(
            scores,
            confidence,
            Render(text, AnchorPrefix.OfReview(reviewer.Id)),
            Math.Min(revision, microconference.RevisionNumber),
            now
        );
        Record(
            microconference,
            before is null ? "reviewed" : "changed the review",
            before,
            Describe(review),
            reviewer,
            now,
            isForLeads: false
        );
        await SaveAsync(stop);
    }

    /// <summary>Says something to the others, about the whole or about a paragraph.</summary>
    /// <param name="microconference">Tracked, with its conference and leads.</param>
    /// <param name="origin">Scheme and host of the site, for the link in the letters.</param>
    /// <exception cref="RuleException">
    /// The text is missing, too long or none that can be shown, or they are too close to take part.
    /// </exception>
    public async Task<Remark> RemarkAsync(
        Microconference microconference,
        Audience audience,
        string text,
        Paragraph? paragraph,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        var remark = await AddAsync(microconference, audience, text, paragraph, by, stop);
        await letters.AddAsync(remark, RemarkEmails.Cause.Remark, origin, stop);
        await SaveAsync(stop);
        return remark;
    }

    /// <summary>Asks the leads for another text, and tells them what for.</summary>
    public async Task RequestChangesAsync(
        Microconference microconference,
        string text,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        var (now, before) = (clock.GetCurrentInstant(), microconference.Status);
        var remark = await AddAsync(microconference, Audience.Leads, text, null, by, stop);
        microconference.RequestChanges(now);
        Record(
            microconference,
            "asked for changes",
            Status(before),
            Status(microconference.Status),
            by,
            now,
            isForLeads: true
        );
        await letters.AddAsync(remark, RemarkEmails.Cause.ChangesRequested, origin, stop);
        await SaveAsync(stop);
    }

    /// <summary>Its leads say that what was asked for is there, and propose it again.</summary>
    /// <param name="microconference">Tracked, with its conference, leads, predecessors and newest revision.</param>
    public async Task ProposeAgainAsync(
        Microconference microconference,
        string text,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        Rule.Require(microconference.Status is MicroconferenceStatus.ChangesRequested, "Nobody has asked for changes.");
        var (now, before) = (clock.GetCurrentInstant(), microconference.Status);
        var remark = await AddAsync(microconference, Audience.Leads, text, null, by, stop);
        microconference.Propose(now);
        Record(
            microconference,
            RevisionQueries.ProposedVerb,
            Status(before),
            Status(microconference.Status),
            by,
            now,
            isForLeads: true
        );
        await letters.AddAsync(remark, RemarkEmails.Cause.Changed, origin, stop);
        await SaveAsync(stop);
    }

    /// <summary>Calls a remark about a paragraph done, or open again.</summary>
    /// <param name="remark">Tracked, with its microconference.</param>
    public async Task SettleAsync(Remark remark, bool isDone, Person by, CancellationToken stop)
    {
        if (!remark.Microconference.Leads.Any(l => l.PersonId == by.Id))
        {
            await RequireDistanceAsync(remark.Microconference, by, stop);
        }

        remark.Settle(isDone, clock.GetCurrentInstant());
        await SaveAsync(stop);
    }

    /// <summary>
    /// Somebody says that they are too close to judge it. What they wrote is kept, and counts no longer.
    /// </summary>
    public async Task DeclareAsync(
        Microconference microconference,
        Person person,
        string reason,
        Person by,
        CancellationToken stop
    )
    {
        var now = clock.GetCurrentInstant();
        Rule.Require(
            !await db.ConflictsOfInterest.AnyAsync(
                c => c.MicroconferenceId == microconference.Id && c.PersonId == person.Id,
                stop
            ),
            "That is known already."
        );
        db.ConflictsOfInterest.Add(new ConflictOfInterest(microconference, person, reason.Trim(), by, now));
        db.Assignments.RemoveRange(
            await db
                .Assignments.Where(a => a.MicroconferenceId == microconference.Id && a.ReviewerId == person.Id)
                .ToListAsync(stop)
        );
        Record(
            microconference,
            "declared a conflict of interest",
            null,
            JsonSerializer.Serialize(new { person = person.Slug, reason }),
            by,
            now,
            isForLeads: false
        );
        await SaveAsync(stop);
    }

    /// <summary>It was a mistake, or is over.</summary>
    public async Task RevokeAsync(Microconference microconference, Person person, Person by, CancellationToken stop)
    {
        var declared = await db.ConflictsOfInterest.SingleOrDefaultAsync(
            c => c.MicroconferenceId == microconference.Id && c.PersonId == person.Id,
            stop
        );
        Rule.Require(declared is not null, "No conflict of interest is declared.");
        db.Remove(declared);
        Record(
            microconference,
            "took a conflict of interest back",
            JsonSerializer.Serialize(new { person = person.Slug, reason = declared.Reason }),
            null,
            by,
            clock.GetCurrentInstant(),
            isForLeads: false
        );
        await SaveAsync(stop);
    }

    private async Task<Remark> AddAsync(
        Microconference microconference,
        Audience audience,
        string text,
        Paragraph? paragraph,
        Person by,
        CancellationToken stop
    )
    {
        if (audience is Audience.Reviewers || !microconference.Leads.Any(l => l.PersonId == by.Id))
        {
            await RequireDistanceAsync(microconference, by, stop);
        }

        var now = clock.GetCurrentInstant();
        return db.Add(
            new Remark(microconference, audience, Render(text, AnchorPrefix.OfRemark(by.Id, now)), paragraph, by, now)
        ).Entity;
    }

    private async Task RequireDistanceAsync(Microconference microconference, Person person, CancellationToken stop) =>
        Rule.Require(
            (await Interests.OfAsync(db, microconference.ConferenceId, stop)).Of(microconference.Id, person.Id) is null,
            "You are too close to this proposal to review it."
        );

    private MarkdownText Render(string text, string anchors)
    {
        var source = TextDiff.WithLineFeeds(text).Trim();
        var problem = MarkdownRenderer.Problem(source);
        Rule.Require(problem is null, problem ?? "");
        return renderer.Render(source, anchors);
    }

    // What is said among reviewers is not in the record that the leads read.
    private void Record(
        Microconference microconference,
        string verb,
        string? before,
        string? after,
        Person by,
        Instant now,
        bool isForLeads
    ) =>
        db.Record(
            new Act(by, Via, now),
            verb,
            new AuditSubject(
                microconference.Path,
                microconference.ConferenceId,
                isForLeads ? microconference.Id : null
            ),
            before: before,
            after: after
        );

    private Task SaveAsync(CancellationToken stop) =>
        db.SaveOrSayAsync(
            "Something changed at the same moment, perhaps in another window of yours. Your text is kept: look at "
                + "it, and save again.",
            stop
        );

    private static string Describe(Review review) =>
        JsonSerializer.Serialize(
            new
            {
                scores = review.Scores.ToDictionary(s => s.CriterionId, s => s.Value),
                confidence = review.Confidence.ToString(),
                revision = review.RevisionNumber,
            }
        );

    private static string Status(MicroconferenceStatus status) =>
        JsonSerializer.Serialize(new { status = status.ToString() });
}
