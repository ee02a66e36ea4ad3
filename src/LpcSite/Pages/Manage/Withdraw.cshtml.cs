using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Web;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Manage;

/// <summary>Says what a withdrawal means before it is done, and undoes it.</summary>
public class WithdrawModel(LpcDbContext db, IAuthorizationService authorization, Withdrawals withdrawals)
    : ManagePage(db, authorization)
{
    /// <summary>What would happen; null where it is withdrawn already.</summary>
    public Withdrawals.Consequences? Consequences { get; private set; }

    public bool IsLead => Microconference.Leads.Any(l => l.PersonId == User.PersonId());

    /// <summary>Whether this reader may restore what was withdrawn.</summary>
    public bool CanRestore => !IsLead || Microconference.IsWithdrawnByOrganizer is not true;

    public Task<IActionResult> OnGetAsync(CancellationToken stop) => OpenAsync(stop);

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ChangeAsync(
            async () =>
                await withdrawals.WithdrawAsync(
                    Microconference,
                    await Db.MeAsync(User, stop),
                    HttpContext.Origin(),
                    stop
                ),
            "Withdrawn. The page stays, marked as withdrawn.",
            stop
        );

    public Task<IActionResult> OnPostRestoreAsync(CancellationToken stop) =>
        ChangeAsync(
            async () =>
                await withdrawals.RestoreAsync(
                    Microconference,
                    await Db.MeAsync(User, stop),
                    HttpContext.Origin(),
                    stop
                ),
            "Restored. Everyone who was told of the withdrawal has been notified.",
            stop
        );

    private Task<IActionResult> ChangeAsync(Func<Task> act, string said, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await act();

                return Done.Say(said).GoTo(Microconference.Path);
            },
            stop
        );

    protected override async Task ShowAsync(CancellationToken stop) =>
        Consequences = Microconference.IsRunning ? await withdrawals.ConsequencesAsync(Microconference, stop) : null;
}
