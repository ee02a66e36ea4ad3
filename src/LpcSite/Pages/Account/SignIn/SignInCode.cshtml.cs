using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts.SecondFactors;
using LpcSite.Accounts.SignIn;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account.SignIn;

/// <summary>
/// The second step after a right password: a code of the phone, or a recovery code. Each works once, and few may be
/// tried.
/// </summary>
public class SignInCodeModel(AccountSignIn signIn, TwoFactor twoFactor) : PageModel
{
    [FromQuery(Name = "to")]
    public string? To { get; init; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } account)
        {
            ModelState.AddModelError("", "Too much time has passed since your password. Begin again.");
            return this.Invalid();
        }

        var result = await signIn.CodeSignInAsync(account, () => twoFactor.TakeAsync(account, Input.Code, stop));
        if (result.Succeeded)
        {
            return LocalRedirect(Url.IsLocalUrl(To) ? To! : "/my");
        }

        ModelState.AddModelError(
            "Input.Code",
            result.IsLockedOut
                ? "There were too many wrong codes. Wait ten minutes, and begin again."
                : "That code is not right, or was used already."
        );
        return this.Invalid();
    }

    public class InputModel
    {
        [Required(ErrorMessage = "Type a code."), MaxLength(40)]
        public string Code { get; set; } = "";
    }
}
