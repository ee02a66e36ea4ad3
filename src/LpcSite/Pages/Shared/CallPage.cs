using LpcSite.Accounts;
using LpcSite.Calls;
using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Shared;

/// <summary>The page of a call, for who may open it: when it opens and closes, what it asks for, and who may still come in late.</summary>
public abstract class CallPage(LpcDbContext db, Calling calling, IClock clock) : PageModel
{
    private Call? _call;

    /// <summary>The microconference whose topics it calls for; null for the call of the conference.</summary>
    public Microconference? Microconference { get; protected set; }

    /// <summary>The form that it opens.</summary>
    public string FormPath => Microconference is null ? $"{HttpContext.Conference().Path}/mc/propose" : $"{Microconference.Path}/submit";

    [BindProperty] public CallInput Input { get; set; } = new();

    public CallDocument? Call { get; private set; }
    public Instant Now { get; private set; }
    public IReadOnlyList<LateLink> LateLinks { get; private set; } = [];
    public string Announcement { get; private set; } = "";
    public IReadOnlyList<DateTimeZone> Zones => [.. new[] { DateTimeZoneProviders.Tzdb["Etc/GMT+12"], HttpContext.Conference().TimeZone, DateTimeZone.Utc }.DistinctBy(z => z.Id)];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await LoadAsync(stop) is { } refusal)
        {
            return refusal;
        }

        Input = CallInput.Of(Call, Microconference is null ? Calls.Call.DefaultTemplate : Calls.Call.DefaultTopicTemplate);
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
            _call ??= calling.Open(HttpContext.Conference().Id, Microconference);
            await calling.AnnounceAsync(_call, opens.Value, closes.Value, zone, Input.Guidance ?? "", Input.Template ?? "", Input.AllowsChanges, me, stop);
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

        var (conference, id) = (HttpContext.Conference(), Microconference?.Id);
        Now = clock.GetCurrentInstant();
        _call = await db.Calls.SingleOrDefaultAsync(c => c.ConferenceId == conference.Id && c.MicroconferenceId == id, stop);
        if (_call is not null)
        {
            Call = new CallDocument(_call.Id, _call.OpensAt, _call.ClosesAt, _call.Zone, _call.Guidance, _call.Template, _call.AllowsChanges);
            Announcement = CallAnnouncement.Write(conference, Microconference is { } mc ? (mc.Title, mc.Path) : null, Call, Now, HttpContext.Origin());
            LateLinks = await db.LateLinks.Where(l => l.CallId == _call.Id).OrderByDescending(l => l.Id).Take(100).ToListAsync(stop);
        }

        return null;
    }

    private Call Required()
    {
        Rule.Require(_call is not null, "There is no call yet.");
        return _call;
    }

    private async Task<IActionResult> DoAsync(string sentence, Func<Person, Task> change, CancellationToken stop)
    {
        if (_call is null && await LoadAsync(stop) is { } refusal)
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
