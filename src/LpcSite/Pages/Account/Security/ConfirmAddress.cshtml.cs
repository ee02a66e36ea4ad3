using LpcSite.Accounts;
using LpcSite.Accounts.SignIn;
using LpcSite.Data;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account.Security;

/// <summary>Where the link of the letter to the new address leads; only its button moves the account.</summary>
[Authorize]
public class ConfirmAddressModel(LpcDbContext db, Passwords passwords, SignInManager<Accounts.Account> signIn)
    : PageModel
{
    [FromQuery]
    public string? To { get; init; }

    [FromQuery]
    public string? Token { get; init; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var account = await db.MyAccountAsync(User, stop);
        if (!await passwords.MoveToAddressAsync(account, To ?? "", Token ?? ""))
        {
            ModelState.AddModelError(
                "",
                "This link does not work, or not any more, or belongs to another account than the one that is "
                    + "signed in here."
            );
            return this.Invalid();
        }

        await signIn.RefreshSignInAsync(account);
        this.Say($"Your account is at {account.Email} now.");
        return LocalRedirect("/account");
    }
}
