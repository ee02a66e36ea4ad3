using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Rules;
using LpcSite.Scheduling.Releases;
using LpcSite.Scheduling.Sessions;
using LpcSite.Web;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Manage.Sessions;

/// <summary>
/// What happens inside the slots of a microconference: its leads order its topics, give them minutes, and publish that
/// when they like.
/// </summary>
[RequestFormLimits(ValueCountLimit = 20_000)]
public class SessionModel(
    LpcDbContext db,
    IAuthorizationService authorization,
    SessionPlan sessionPlan,
    ScheduleReleases releases
) : ManagePage(db, authorization)
{
    [BindProperty]
    public SessionInput Input { get; set; } = new();

    [BindProperty]
    public string? Change { get; set; }

    [BindProperty]
    public string? Comment { get; set; }

    public SessionBoard Board { get; private set; } = null!;
    public SessionSheet Sheet { get; private set; } = null!;
    public SessionFields Fields => new(ModelState);
    public bool HasRaced { get; private set; }
    public bool IsUnsaved { get; private set; } = true;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await OpenAsync(stop) ?? Saved();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        await OpenAsync(stop) ?? (Change is { } wish ? Show(wish) : await SaveAsync(stop));

    public async Task<IActionResult> OnPostPublishAsync(CancellationToken stop) =>
        await OpenAsync(stop) ?? await PublishAsync(stop);

    private async Task<IActionResult> PublishAsync(CancellationToken stop)
    {
        try
        {
            var release = await releases.PublishAsync(
                Microconference,
                Comment ?? "",
                await Db.MeAsync(User, stop),
                "lead/session",
                HttpContext.Origin(),
                stop
            );
            this.Say($"The session is public as it is arranged here: release {release.Number}.");
            return Redirect($"{Microconference.Path}/lead/session");
        }
        catch (RuleException broken)
        {
            ModelState.Refuse(nameof(Comment), broken);
            Saved();
            return this.Invalid();
        }
        catch (RaceException raced)
        {
            ModelState.AddModelError(nameof(Comment), raced.Message);
            Saved();
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }
    }

    private async Task<IActionResult?> OpenAsync(CancellationToken stop)
    {
        if (await RefusalAsync(stop) is { } refusal)
        {
            return refusal;
        }

        Board = await SessionBoard.OfAsync(Db, Microconference, stop);
        return null;
    }

    private PageResult Saved()
    {
        (Sheet, IsUnsaved) = (SessionSheet.Of(Board, Input = SessionInput.Of(Board)), false);
        return Page();
    }

    // Nothing is saved: the page shows what it would be.
    private PageResult Show(string wish)
    {
        ModelState.Clear();
        SessionInput.Row? touched = null;
        try
        {
            touched = new SessionChange(Input, Board).Apply(wish);
        }
        catch (RuleException broken)
        {
            ModelState.Refuse("", broken);
        }

        Sheet = SessionSheet.Of(Board, Input, touched);
        return ModelState.IsValid ? Page() : this.Invalid();
    }

    private async Task<IActionResult> SaveAsync(CancellationToken stop)
    {
        Sheet = SessionSheet.Of(Board, Input);
        Sheet.Layout.Problems.ToList().ForEach(p => ModelState.AddModelError(p.Field, p.Sentence));
        try
        {
            if (ModelState.IsValid)
            {
                this.Say(
                    await sessionPlan.ArrangeAsync(
                        Microconference,
                        Sheet.Layout.Arrangement,
                        await Db.MeAsync(User, stop),
                        stop
                    )
                        ? "The session is saved."
                        : "Nothing changed."
                );
                return Redirect($"{Microconference.Path}/lead/session");
            }
        }
        catch (RuleException broken)
        {
            ModelState.Refuse("", broken);
        }
        catch (RaceException raced)
        {
            Board = await SessionBoard.OfAsync(Db, Microconference, stop);
            (HasRaced, Input.Version, Sheet) = (true, Board.Session.Version, SessionSheet.Of(Board, Input));
            return this.Raced(raced, "Input.Version");
        }

        return this.Invalid();
    }
}
