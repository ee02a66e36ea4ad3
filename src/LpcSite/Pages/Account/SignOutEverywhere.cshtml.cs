using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Infrastructure;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account;

/// <summary>Ends the sign-in on all other devices, and renews it on this one.</summary>
[Authorize]
public class SignOutEverywhereModel(LpcDbContext db, Credentials credentials, SignInManager<Accounts.Account> signIn) : PageModel
{
    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var account = await db.MyAccountAsync(User, stop);
        await credentials.SignOutEverywhereAsync(account);
        await signIn.RefreshSignInAsync(account);
        this.Say("You are signed out on all other devices.");
        return LocalRedirect("/account");
    }
}
