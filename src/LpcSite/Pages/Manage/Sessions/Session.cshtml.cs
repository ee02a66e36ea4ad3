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
    private bool _isPublishing;

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

    protected override string? VersionField => "Input.Version";

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await FindAsync(stop) ?? Saved();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        Change is { } wish ? await FindAsync(stop) ?? Show(wish) : await SaveAsync(stop);

    public Task<IActionResult> OnPostPublishAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                _isPublishing = true;
                var release = await releases.PublishAsync(
                    Microconference,
                    Comment ?? "",
                    await Db.MeAsync(User, stop),
                    "lead/session",
                    HttpContext.Origin(),
                    stop
                );
                return Done.Say($"The session is public as it is arranged here: release {release.Number}.")
                    .GoTo($"{Microconference.Path}/lead/session");
            },
            stop,
            nameof(Comment)
        );

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        if (await base.FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        Board = await SessionBoard.OfAsync(Db, Microconference, stop);
        return null;
    }

    // What is published is what is saved, and the page shows that; what was arranged stays as it was sent.
    protected override Task ShowAsync(CancellationToken stop)
    {
        if (_isPublishing)
        {
            Saved();
        }
        else
        {
            Sheet ??= SessionSheet.Of(Board, Input);
        }

        return Task.CompletedTask;
    }

    protected override Task RenewVersionAsync(CancellationToken stop)
    {
        if (!_isPublishing)
        {
            (HasRaced, Input.Version, Sheet) = (true, Board.Session.Version, SessionSheet.Of(Board, Input));
        }

        return Task.CompletedTask;
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
        var isDone = ModelState.Accepts("", () => touched = new SessionChange(Input, Board).Apply(wish));
        Sheet = SessionSheet.Of(Board, Input, touched);
        return isDone ? Page() : this.Invalid();
    }

    private Task<IActionResult> SaveAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                Sheet = SessionSheet.Of(Board, Input);
                Sheet.Layout.Problems.ToList().ForEach(p => ModelState.AddModelError(p.Field, p.Sentence));
                Rule.Require(ModelState.IsValid, Sheet.Layout.Problems.Select(p => p.Sentence).FirstOrDefault() ?? "");
                return Done.Say(
                        await sessionPlan.ArrangeAsync(
                            Microconference,
                            Sheet.Layout.Arrangement,
                            await Db.MeAsync(User, stop),
                            stop
                        )
                            ? "The session is saved."
                            : "Nothing changed."
                    )
                    .GoTo($"{Microconference.Path}/lead/session");
            },
            stop
        );
}
