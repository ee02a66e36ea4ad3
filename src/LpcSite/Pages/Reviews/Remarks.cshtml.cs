using System.ComponentModel.DataAnnotations;
using LpcSite.Data;
using LpcSite.Reviews;
using LpcSite.Reviews.Remarks;
using LpcSite.Reviews.Scores;
using LpcSite.Rules;
using LpcSite.Web;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Reviews;

/// <summary>
/// A reviewer says something about a proposal: to its leads or to the other reviewers, about the whole or about one
/// paragraph.
/// </summary>
public class RemarksModel(LpcDbContext db, ProposalReviews proposalReviews) : ReviewPage(db)
{
    /// <summary>The place of the paragraph in the newest revision; null for the whole.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Paragraph { get; set; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Paragraph? About { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        await ShowAsync(stop);
        return Interest is not null || About is null && Paragraph is not null ? NotFound() : Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        SendAsync(
            async () =>
            {
                var (text, origin) = (Input.Text ?? "", HttpContext.Origin());
                var remark = await proposalReviews.RemarkAsync(
                    Microconference,
                    Input.Audience,
                    text,
                    About,
                    Me,
                    origin,
                    stop
                );
                return FormattableString.Invariant($"#remark-{remark.Id}");
            },
            stop
        );

    public Task<IActionResult> OnPostChangesAsync(CancellationToken stop) =>
        SendAsync(
            async () =>
            {
                await proposalReviews.RequestChangesAsync(
                    Microconference,
                    Input.Text ?? "",
                    Me,
                    HttpContext.Origin(),
                    stop
                );
                this.Say("Its leads are asked for changes.");
                return "#with-leads";
            },
            stop
        );

    private Task<IActionResult> SendAsync(Func<Task<string>> send, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await ShowAsync(stop);
                Rule.Require(
                    Paragraph is null || About is not null && About.Text == Input.Quote,
                    "Its leads saved a newer text meanwhile, and the paragraph reads otherwise now. Look at it again; "
                        + "what you wrote is kept."
                );
                return Done.Silently.GoTo(ReviewPath + await send());
            },
            stop,
            "Input.Text"
        );

    protected override async Task ShowAsync(CancellationToken stop) =>
        About = Paragraph is { } place
            ? await ReviewSheet.ParagraphAsync(Db, Microconference.Id, Microconference.RevisionNumber, place, stop)
            : null;

    public class InputModel
    {
        public Audience Audience { get; set; }

        [DataType(DataType.MultilineText)]
        public string? Text { get; set; }

        /// <summary>The paragraph as it was on screen.</summary>
        [DataType(DataType.MultilineText)]
        public string? Quote { get; set; }
    }
}
