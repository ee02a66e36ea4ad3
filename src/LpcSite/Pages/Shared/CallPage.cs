using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Calls;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Web;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace LpcSite.Pages.Shared;

/// <summary>
/// The page of a call, for who may open it: when it opens and closes, what it asks for, and who may still come in late.
/// </summary>
public abstract class CallPage(LpcDbContext db, CallEditing callEditing, IClock clock) : FormPage
{
    private const string Days = "Use from {1} to {2} days.";

    /// <summary>The microconference whose topics it calls for; null for the call of the conference.</summary>
    public Microconference? Microconference { get; protected set; }

    /// <summary>The form that it opens.</summary>
    public string FormPath =>
        Microconference is null ? $"{HttpContext.Conference().Path}/mc/propose" : $"{Microconference.Path}/submit";

    protected override string? VersionField => "Input.Version";

    [BindProperty]
    public CallInput Input { get; set; } = new();

    public CallDesk Desk { get; private set; } = null!;

    /// <summary>
    /// To choose from; also the one in which it was announced, whatever that is, so that saving something else leaves
    /// it.
    /// </summary>
    public IReadOnlyList<DateTimeZone> Zones => MomentInput.Zones(HttpContext.Conference().TimeZone, Desk.Call?.Zone);

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        Input = Standing();
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        CallEditing.Announced? announced = null;
        return ActAsync(
            async () =>
            {
                Rule.Require(announced is not null, "Say when the call opens and closes.");
                var call = Desk.Call ?? callEditing.Open(HttpContext.Conference().Id, Microconference);
                await callEditing.AnnounceAsync(call, announced, await db.MeAsync(User, stop), stop);
                return Done.Say("The call is saved.");
            },
            stop,
            check: () => announced = Announced()
        );
    }

    // Null where the form says what cannot be, and then it is told beside its fields.
    private CallEditing.Announced? Announced()
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(Input.Zone);
        if (zone is null && !string.IsNullOrWhiteSpace(Input.Zone))
        {
            ModelState.AddModelError("Input.Zone", "Choose a zone of the list.");
        }

        var known = Desk.Call;
        var opens = ModelState.Moment(
            "Input.OpensAt",
            Input.OpensAt,
            zone,
            known is null ? null : (known.OpensAt, known.Zone)
        );
        var closes = ModelState.Moment(
            "Input.ClosesAt",
            Input.ClosesAt,
            zone,
            known is null ? null : (known.ClosesAt, known.Zone)
        );
        if (opens >= closes)
        {
            ModelState.AddModelError("Input.ClosesAt", Call.OrderSentence);
        }

        if (opens is null || closes is null || zone is null)
        {
            return null;
        }

        return new CallEditing.Announced(
            opens.Value,
            closes.Value,
            zone,
            Input.Guidance ?? "",
            Input.Template ?? "",
            Input.AllowsChanges,
            Input.Version
        );
    }

    public Task<IActionResult> OnPostExtendAsync(
        [Range(1, LateLink.MaxDays, ErrorMessage = Days)] int days,
        CancellationToken stop
    ) =>
        DoAsync(
            "The call is extended.",
            me => callEditing.ExtendAsync(Required(), Duration.FromDays(days), me, stop),
            stop
        );

    public Task<IActionResult> OnPostCloseAsync(CancellationToken stop) =>
        DoAsync("The call is closed.", me => callEditing.CloseAsync(Required(), me, stop), stop);

    public Task<IActionResult> OnPostLateLinkAsync(
        [Range(1, LateLink.MaxUses, ErrorMessage = "A late link works from {1} to {2} times.")] int uses,
        [Range(1, LateLink.MaxDays, ErrorMessage = Days)] int days,
        CancellationToken stop
    ) =>
        DoAsync(
            "The late link is below, ready to be copied into a mail.",
            me => callEditing.HandOutLateLinkAsync(Required(), uses, Duration.FromDays(days), me, stop),
            stop
        );

    public Task<IActionResult> OnPostEndLinkAsync(int id, CancellationToken stop) =>
        DoAsync("That late link works no longer.", me => callEditing.EndLateLinkAsync(Required(), id, me, stop), stop);

    /// <summary>Finds what the call is of.</summary>
    /// <returns>Null when the reader may be here.</returns>
    protected abstract Task<IActionResult?> RefusalAsync(CancellationToken stop);

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        if (await RefusalAsync(stop) is { } refusal)
        {
            return refusal;
        }

        Desk = await CallDesk.LoadAsync(
            db,
            HttpContext.Conference(),
            Microconference,
            HttpContext.Origin(),
            clock.GetCurrentInstant(),
            stop
        );
        return null;
    }

    // What the form shows where nobody has typed anything, as after one of the buttons beside it.
    private CallInput Standing() =>
        CallInput.Of(Desk.Call, Microconference is null ? Call.DefaultTemplate : Call.DefaultTopicTemplate);

    private Call Required()
    {
        Rule.Require(Desk.Call is not null, "There is no call yet.");
        return Desk.Call;
    }

    // After one of the buttons beside the form nothing of the form was sent.
    protected override Task ShowAsync(CancellationToken stop)
    {
        Input = string.IsNullOrEmpty(Input.Zone) ? Standing() : Input;
        return Task.CompletedTask;
    }

    protected override Task RenewVersionAsync(CancellationToken stop)
    {
        Input.Version = Standing().Version;
        return Task.CompletedTask;
    }

    private Task<IActionResult> DoAsync(string sentence, Func<Person, Task> change, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await change(await db.MeAsync(User, stop));
                return Done.Say(sentence);
            },
            stop
        );
}
