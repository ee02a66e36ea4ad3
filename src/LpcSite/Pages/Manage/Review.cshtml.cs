using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Reviews;
using LpcSite.Reviews.Remarks;
using LpcSite.Reviews.Scores;
using LpcSite.Web;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Manage;

/// <summary>
/// What the reviewers ask the leads, and what these answer. What reviewers say among themselves is not here.
/// </summary>
public class ReviewModel(LpcDbContext db, IAuthorizationService authorization, ProposalReviews proposalReviews)
    : ManagePage(db, authorization)
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public ReviewSheet Sheet { get; private set; } = null!;

    public string Here => $"{Microconference.Path}/lead/review";

    public Task<IActionResult> OnGetAsync(CancellationToken stop) => OpenAsync(stop);

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        SendAsync(
            async me =>
            {
                await proposalReviews.RemarkAsync(
                    Microconference,
                    Audience.Leads,
                    Input.Text ?? "",
                    null,
                    me,
                    HttpContext.Origin(),
                    stop
                );
                this.Say("The reviewers who take part are told.");
            },
            stop
        );

    public Task<IActionResult> OnPostAgainAsync(CancellationToken stop) =>
        SendAsync(
            async me =>
            {
                var id = Microconference.Id;
                await Db.Microconferences.Where(m => m.Id == id).WithLists().LoadAsync(stop);
                await proposalReviews.ProposeAgainAsync(
                    Microconference,
                    Input.Text ?? "",
                    me,
                    HttpContext.Origin(),
                    stop
                );
                this.Say("It is proposed again, and the reviewers are told.");
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
                r =>
                    r.Id == remark
                    && r.MicroconferenceId == Microconference.Id
                    && r.Quote != null
                    && r.Audience == Audience.Leads,
                stop
            );
        if (found is null)
        {
            return NotFound();
        }

        await proposalReviews.SettleAsync(found, done, await Db.MeAsync(User, stop), stop);
        return Redirect(FormattableString.Invariant($"{Here}#remark-{remark}"));
    }

    private Task<IActionResult> SendAsync(Func<Person, Task> send, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await send(await Db.MeAsync(User, stop));
                return Done.Silently.GoTo(Here + "#conversation");
            },
            stop,
            "Input.Text"
        );

    protected override async Task ShowAsync(CancellationToken stop) =>
        Sheet = await ReviewSheet.OfAsync(
            Db,
            Microconference.Id,
            Microconference.RevisionNumber,
            [Audience.Leads],
            stop
        );

    public class InputModel
    {
        [DataType(DataType.MultilineText)]
        public string? Text { get; set; }
    }
}
