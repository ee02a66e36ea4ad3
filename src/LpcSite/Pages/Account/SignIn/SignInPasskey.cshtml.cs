using LpcSite.Accounts.SecondFactors;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account.SignIn;

/// <summary>
/// Signs in with a passkey. It asks for no second step, since the passkey itself is a device and what unlocks it; and
/// no number of wrong ones locks an account, since nobody can guess one.
/// </summary>
public class SignInPasskeyModel(SignInManager<Accounts.Account> signIn, UserManager<Accounts.Account> accounts)
    : PageModel
{
    [FromQuery(Name = "to")]
    public string? To { get; init; }

    public void OnGet() { }

    /// <summary>
    /// What the browser needs to find a passkey for this site; it names no account, as nobody has said yet who they
    /// are.
    /// </summary>
    public async Task<IActionResult> OnPostOptionsAsync() =>
        Content(await signIn.MakePasskeyRequestOptionsAsync(user: null), "application/json");

    public async Task<IActionResult> OnPostAsync(string? credential)
    {
        if (
            !await signIn.IsPasskeyAwaitedAsync(credential)
            || await signIn.PerformPasskeyAssertionAsync(credential!) is not { Succeeded: true } answer
            || !await signIn.CanSignInAsync(answer.User)
        )
        {
            ModelState.AddModelError(
                "",
                "No account of this site has that passkey. Try again, or sign in with your password."
            );
            return this.Invalid();
        }

        // Keeps the passkey's counter, by which a copy of it would be noticed.
        await accounts.AddOrUpdatePasskeyAsync(answer.User, answer.Passkey);
        await signIn.SignInAsync(answer.User, isPersistent: true);
        return LocalRedirect(Url.IsLocalUrl(To) ? To! : "/my");
    }
}
