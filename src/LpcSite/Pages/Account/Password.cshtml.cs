using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Accounts.SecondFactors;
using LpcSite.Accounts.SignIn;
using LpcSite.Data;
using LpcSite.Rules;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account;

/// <summary>Changes the password, or sets one for who signed in without.</summary>
[Authorize]
public class PasswordModel(
    LpcDbContext db,
    Passwords passwords,
    OwnerProof proof,
    SignInManager<Accounts.Account> signIn
) : PageModel
{
    public bool HasPassword { get; private set; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public async Task OnGetAsync(CancellationToken stop) =>
        HasPassword = (await db.MyAccountAsync(User, stop)).PasswordHash is not null;

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var account = await db.MyAccountAsync(User, stop);
        HasPassword = account.PasswordHash is not null;
        if (!ModelState.IsValid || !await this.IsProvenAsync(proof, account, Input.Current, "Input.Current"))
        {
            return this.Invalid();
        }

        try
        {
            await passwords.SetPasswordAsync(account, Input.Password);
        }
        catch (RuleException broken)
        {
            ModelState.AddModelError("Input.Password", broken.Message);
            return this.Invalid();
        }

        await signIn.RefreshSignInAsync(account);
        this.Say("Your new password is set, and you are signed out on all other devices.");
        return LocalRedirect("/account");
    }

    public class InputModel
    {
        [MaxLength(Accounts.Account.PasswordMaxLength)]
        [DataType(DataType.Password)]
        public string? Current { get; set; }

        [Required(ErrorMessage = "Choose a password.")]
        [DataType(DataType.Password)]
        public string Password { get; set; } = "";
    }
}
