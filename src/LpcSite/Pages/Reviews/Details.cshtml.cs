using System.ComponentModel.DataAnnotations;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Reviews;
using LpcSite.Reviews.Remarks;
using LpcSite.Reviews.Scores;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Reviews;

/// <summary>
/// One proposal before a reviewer: its text with the remarks, their own review, and what the others think once they
/// have said theirs.
/// </summary>
public class DetailsModel(LpcDbContext db, ProposalReviews proposalReviews) : ReviewPage(db)
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public ReviewSheet Sheet { get; private set; } = null!;
    public IReadOnlyList<Criterion> Criteria { get; private set; } = [];
    public Opinion? Mine { get; private set; }
    public IReadOnlyList<Opinion> Others { get; private set; } = [];
    public Next? NextOne { get; private set; }
    public bool CanReview =>
        Interest is null
        && Microconference.Status is MicroconferenceStatus.Proposed or MicroconferenceStatus.ChangesRequested;

    /// <summary>Whoever has not said their own yet is not led by the others'; the organizers need them all.</summary>
    public bool SeesOthers => Mine is not null || User.IsOrganizer() || !CanReview;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        await ShowAsync(stop);
        if (Mine is { } mine)
        {
            Input = new()
            {
                Scores = mine.Scores.ToDictionary(s => s.Key, s => (int?)s.Value),
                Confidence = mine.Confidence,
                Text = mine.Source,
            };
        }

        Input.Revision = Microconference.RevisionNumber;
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await proposalReviews.SaveAsync(
                    Microconference,
                    Input.Given(),
                    Input.Confidence,
                    Input.Text ?? "",
                    Input.Revision,
                    Me,
                    stop
                );

                return Done.Say("Your review is saved.").GoTo(ReviewPath);
            },
            stop
        );

    public async Task<IActionResult> OnPostSettleAsync(int remark, bool done, CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        var found = await Db
            .Remarks.Include(r => r.Microconference.Leads)
            .SingleOrDefaultAsync(
                r => r.Id == remark && r.MicroconferenceId == Microconference.Id && r.Quote != null,
                stop
            );
        if (found is null || Interest is not null)
        {
            return NotFound();
        }

        await proposalReviews.SettleAsync(found, done, Me, stop);
        return Redirect(FormattableString.Invariant($"{ReviewPath}#remark-{remark}"));
    }

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var id = Microconference.Id;
        Sheet = await ReviewSheet.OfAsync(
            Db,
            id,
            Microconference.RevisionNumber,
            Interest is null ? [Audience.Leads, Audience.Reviewers] : [],
            stop
        );
        Criteria = await Db
            .Criteria.AsNoTracking()
            .Where(c => c.ConferenceId == Microconference.ConferenceId)
            .OrderBy(c => c.Position)
            .ToListAsync(stop);
        if (Interest is not null)
        {
            return;
        }

        var opinions = (
            await Db
                .Reviews.AsNoTracking()
                .Where(r => r.MicroconferenceId == id)
                .OrderBy(r => r.Id)
                .Select(r => new
                {
                    r.ReviewerId,
                    r.Reviewer.Name,
                    r.Text.Source,
                    r.Text.Html,
                    r.Confidence,
                    r.RevisionNumber,
                    r.SavedAt,
                    Scores = r.Scores.Select(s => new { s.CriterionId, s.Value }).ToList(),
                })
                .ToListAsync(stop)
        ).ConvertAll(r => new Opinion(
            r.ReviewerId,
            r.Name,
            r.Source,
            r.Html,
            r.Confidence,
            r.RevisionNumber,
            r.SavedAt,
            r.Scores.ToDictionary(s => s.CriterionId, s => s.Value)
        ));
        Mine = opinions.Find(o => o.ReviewerId == Me.Id);
        Others = [.. opinions.Where(o => o.ReviewerId != Me.Id)];
        NextOne = await Db
            .Assignments.Where(a =>
                a.ReviewerId == Me.Id
                && a.MicroconferenceId != id
                && a.Microconference.ConferenceId == Microconference.ConferenceId
                && !Db.Reviews.Any(r => r.ReviewerId == Me.Id && r.MicroconferenceId == a.MicroconferenceId)
            )
            .OrderBy(a => a.Microconference.Title)
            .Select(a => new Next(a.Microconference.Slug, a.Microconference.Title))
            .FirstOrDefaultAsync(stop);
    }

    /// <summary>A review as it is shown.</summary>
    public sealed record Opinion(
        int ReviewerId,
        string By,
        string Source,
        string Html,
        Confidence Confidence,
        int RevisionNumber,
        Instant SavedAt,
        IReadOnlyDictionary<int, int> Scores
    );

    /// <summary>What they were asked to read and have not reviewed.</summary>
    public sealed record Next(string Slug, string Title);

    public class InputModel
    {
        /// <summary>By criterion; empty for no opinion.</summary>
        [MaxLength(Criterion.MaxCount * 2, ErrorMessage = "Use at most {1} scores.")]
        public Dictionary<int, int?> Scores { get; set; } = [];

        public Confidence Confidence { get; set; } = Confidence.Fair;

        [DataType(DataType.MultilineText)]
        [MaxLength(Review.TextMaxLength, ErrorMessage = "A review has at most {1} characters.")]
        public string? Text { get; set; }

        /// <summary>The revision that was on screen.</summary>
        public int Revision { get; set; }

        public IReadOnlyDictionary<int, int> Given() =>
            Scores.Where(s => s.Value is not null).ToDictionary(s => s.Key, s => s.Value!.Value);
    }
}
