using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.Scheduling;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Lead;

/// <summary>What happens inside the slots of a microconference: its leads order its topics, give them minutes, and publish that when they like.</summary>
[RequestFormLimits(ValueCountLimit = 20_000)]
public class SessionModel(LpcDbContext db, IAuthorizationService authorization, Arranging arranging, Releases releases) : LeadPage(db, authorization)
{
    [BindProperty] public SessionInput Input { get; set; } = new();
    [BindProperty] public string? Change { get; set; }
    [BindProperty] public string? Comment { get; set; }

    public SessionBoard Board { get; private set; } = null!;
    public SessionLayout Layout { get; private set; } = null!;

    /// <summary>The row to which a button did something: there the reader goes on.</summary>
    public SessionInput.Row? Touched { get; private set; }

    public bool HasRaced { get; private set; }

    /// <summary>Also where the organizers took its place away while somebody was typing.</summary>
    public bool HasForm => Board.Session.Places.Count > 0 || Input.Rows.Count > 0;

    public IReadOnlyList<SessionTopic> Unplaced => [.. Board.Topics.Values.Where(t => Input.Rows.TrueForAll(r => r.Topic != t.Id))];

    /// <summary>What was typed into a field where it is no number.</summary>
    public string? Typed(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.AttemptedValue : null;

    /// <summary>What is wrong with the fields of a row.</summary>
    public IEnumerable<string> ProblemsOf(string row) => ModelState.Where(entry => entry.Key.StartsWith($"{row}.", StringComparison.Ordinal)).SelectMany(entry => entry.Value!.Errors).Select(error => error.ErrorMessage).Distinct();

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await OpenAsync(stop) ?? Saved();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop) => await OpenAsync(stop) ?? (Change is { } wish ? Show(wish) : await SaveAsync(stop));

    public async Task<IActionResult> OnPostPublishAsync(CancellationToken stop)
    {
        if (await OpenAsync(stop) is { } refusal)
        {
            return refusal;
        }

        try
        {
            var release = await releases.PublishAsync(Microconference, Comment ?? "", await Db.MeAsync(User, stop), "lead/session", HttpContext.Origin(), stop);
            this.Say($"The session is public as it is arranged here: release {release.Number}.");
            return Redirect($"{Microconference.Path}/lead/session");
        }
        catch (RuleException broken)
        {
            ModelState.AddModelError(nameof(Comment), broken.Message);
            Saved();
            return this.Invalid();
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
        Input = SessionInput.Of(Board);
        Layout = SessionLayout.Of(Input, Board);
        return Page();
    }

    // Nothing is saved: the page shows what it would be.
    private PageResult Show(string wish)
    {
        ModelState.Clear();
        try
        {
            Touched = new SessionChange(Input, Board).Apply(wish);
        }
        catch (RuleException broken)
        {
            ModelState.AddModelError("", broken.Message);
        }

        Layout = SessionLayout.Of(Input, Board);
        return ModelState.IsValid ? Page() : this.Invalid();
    }

    private async Task<IActionResult> SaveAsync(CancellationToken stop)
    {
        Layout = SessionLayout.Of(Input, Board);
        Layout.Problems.ToList().ForEach(p => ModelState.AddModelError(p.Field, p.Sentence));
        try
        {
            if (ModelState.IsValid)
            {
                this.Say(await arranging.ArrangeAsync(Microconference, Layout.Arrangement, await Db.MeAsync(User, stop), stop) ? "The session is saved." : "Nothing changed.");
                return Redirect($"{Microconference.Path}/lead/session");
            }
        }
        catch (RuleException broken)
        {
            ModelState.AddModelError("", broken.Message);
        }
        catch (RaceException raced)
        {
            Board = await SessionBoard.OfAsync(Db, Microconference, stop);
            (HasRaced, Input.Version, Layout) = (true, Board.Session.Version, SessionLayout.Of(Input, Board));
            return this.Raced(raced, "Input.Version");
        }

        return this.Invalid();
    }
}
