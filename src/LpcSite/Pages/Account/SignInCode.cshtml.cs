using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Infrastructure;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace LpcSite.Pages.Account;

/// <summary>The second step after a right password: a code of the phone, or a recovery code. Wrong ones count towards locking the account.</summary>
public class SignInCodeModel(SignInManager<Accounts.Account> signIn) : PageModel
{
    private const int DigitsOfThePhone = 6;

    [FromQuery(Name = "to")] public string? To { get; init; }
    [BindProperty] public InputModel Input { get; set; } = new();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
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

        var code = SecondStep.Typed(Input.Code);
        var result = code.Length == DigitsOfThePhone
            ? await signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: true, rememberClient: false)
            : await RecoverAsync(account, code);
        if (result.Succeeded)
        {
            return LocalRedirect(Url.IsLocalUrl(To) ? To! : "/my");
        }

        ModelState.AddModelError("Input.Code", result.IsLockedOut ? "There were too many wrong codes. Wait ten minutes, and begin again." : "That code is not right, or was used already.");
        return this.Invalid();
    }

    // Identity counts only the wrong codes of phones, and would let recovery codes be tried for ever.
    private async Task<SignInResult> RecoverAsync(Accounts.Account account, string code)
    {
        if (await signIn.UserManager.IsLockedOutAsync(account))
        {
            return SignInResult.LockedOut;
        }

        var result = await signIn.TwoFactorRecoveryCodeSignInAsync(code.ToUpperInvariant());
        if (!result.Succeeded)
        {
            await signIn.UserManager.AccessFailedAsync(account);
        }

        return result;
    }

    public class InputModel
    {
        [Required(ErrorMessage = "Type a code."), MaxLength(40)]
        public string Code { get; set; } = "";
    }
}
