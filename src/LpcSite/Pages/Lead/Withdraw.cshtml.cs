using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.Microconferences;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Lead;

/// <summary>Asks once more before a microconference is taken back.</summary>
public class WithdrawModel(LpcDbContext db, IAuthorizationService authorization, Proposing proposing) : LeadPage(db, authorization)
{
    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await RefusalAsync(stop) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (await RefusalAsync(stop) is { } refusal)
        {
            return refusal;
        }

        try
        {
            await proposing.WithdrawAsync(Microconference, await Db.MeAsync(User, stop), stop);
        }
        catch (RuleException broken)
        {
            ModelState.AddModelError("", broken.Message);
            return this.Invalid();
        }

        this.Say("It is withdrawn. Its page stays for those who cite it.");
        return Redirect(Microconference.Path);
    }
}
