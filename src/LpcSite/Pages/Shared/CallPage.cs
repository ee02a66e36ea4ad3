using LpcSite.Accounts;
using LpcSite.Calls;
using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;

namespace LpcSite.Pages.Shared;

/// <summary>The page of a call, for who may open it: when it opens and closes, what it asks for, and who may still come in late.</summary>
public abstract class CallPage(LpcDbContext db, Calling calling, IClock clock) : PageModel
{
    /// <summary>The microconference whose topics it calls for; null for the call of the conference.</summary>
    public Microconference? Microconference { get; protected set; }

    /// <summary>The form that it opens.</summary>
    public string FormPath => Microconference is null ? $"{HttpContext.Conference().Path}/mc/propose" : $"{Microconference.Path}/submit";

    [BindProperty] public CallInput Input { get; set; } = new();

    public CallDesk Desk { get; private set; } = null!;

    public IReadOnlyList<DateTimeZone> Zones => [.. new[] { DateTimeZoneProviders.Tzdb["Etc/GMT+12"], HttpContext.Conference().TimeZone, DateTimeZone.Utc }.DistinctBy(z => z.Id)];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await LoadAsync(stop) is { } refusal)
        {
            return refusal;
        }

        Input = CallInput.Of(Desk.Call, Microconference is null ? Call.DefaultTemplate : Call.DefaultTopicTemplate);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (await LoadAsync(stop) is { } refusal)
        {
            return refusal;
        }

        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(Input.Zone);
        var opens = ModelState.Moment("Input.OpensAt", Input.OpensAt, zone);
        var closes = ModelState.Moment("Input.ClosesAt", Input.ClosesAt, zone);
        if (MarkdownRenderer.Problem(Input.Guidance ?? "") is { } problem)
        {
            ModelState.AddModelError("Input.Guidance", problem);
        }

        if (!ModelState.IsValid || opens is null || closes is null || zone is null)
        {
            return this.Invalid();
        }

        return await DoAsync("The call is saved.", async me =>
        {
            var call = Desk.Call ?? calling.Open(HttpContext.Conference().Id, Microconference);
            await calling.AnnounceAsync(call, opens.Value, closes.Value, zone, Input.Guidance ?? "", Input.Template ?? "", Input.AllowsChanges, me, stop);
        }, stop);
    }

    public Task<IActionResult> OnPostExtendAsync(int days, CancellationToken stop) =>
        DoAsync("The call is extended.", me => calling.ExtendAsync(Required(), Duration.FromDays(days), me, stop), stop);

    public Task<IActionResult> OnPostCloseAsync(CancellationToken stop) =>
        DoAsync("The call is closed.", me => calling.CloseAsync(Required(), me, stop), stop);

    public Task<IActionResult> OnPostLateLinkAsync(int uses, int days, CancellationToken stop) =>
        DoAsync("The late link is below, ready to be copied into a mail.", me => calling.HandOutLateLinkAsync(Required(), uses, Duration.FromDays(days), me, stop), stop);

    public Task<IActionResult> OnPostEndLinkAsync(int id, CancellationToken stop) =>
        DoAsync("That late link works no longer.", me => calling.EndLateLinkAsync(Required(), id, me, stop), stop);

    /// <summary>Finds what the call is of.</summary>
    /// <returns>Null when the reader may be here.</returns>
    protected abstract Task<IActionResult?> RefusalAsync(CancellationToken stop);

    private async Task<IActionResult?> LoadAsync(CancellationToken stop)
    {
        if (await RefusalAsync(stop) is { } refusal)
        {
            return refusal;
        }

        Desk = await CallDesk.LoadAsync(db, HttpContext.Conference(), Microconference, HttpContext.Origin(), clock.GetCurrentInstant(), stop);
        return null;
    }

    private Call Required()
    {
        Rule.Require(Desk.Call is not null, "There is no call yet.");
        return Desk.Call;
    }

    private async Task<IActionResult> DoAsync(string sentence, Func<Person, Task> change, CancellationToken stop)
    {
        if (Desk is null && await LoadAsync(stop) is { } refusal)
        {
            return refusal;
        }

        try
        {
            await change(await db.MeAsync(User, stop));
        }
        catch (RuleException broken)
        {
            ModelState.AddModelError("", broken.Message);
            return this.Invalid();
        }

        this.Say(sentence);
        return RedirectToPage();
    }
}
