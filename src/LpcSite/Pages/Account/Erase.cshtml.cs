using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Accounts.Privacy;
using LpcSite.Accounts.SecondFactors;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Rules;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account;

/// <summary>Forgets who is signed in, once they have typed their address.</summary>
[Authorize]
public class EraseModel(LpcDbContext db, Erasure erasure, OwnerProof proof, SignInManager<Accounts.Account> signIn)
    : PageModel
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
        if (!MailAddress.AreSame(Input.Mail, account.Email))
        {
            ModelState.AddModelError("Input.Mail", "That is not the address of this account.");
        }

        if (!ModelState.IsValid || !await this.IsProvenAsync(proof, account, Input.Password, "Input.Password"))
        {
            return this.Invalid();
        }

        try
        {
            await erasure.EraseAsync(account, stop);
        }
        catch (RuleException broken)
        {
            ModelState.AddModelError("", broken.Message);
            return this.Invalid();
        }

        await signIn.SignOutAsync();
        this.Say("Your account is erased.");
        return LocalRedirect("/");
    }

    public class InputModel
    {
        [MaxLength(Accounts.Account.MailMaxLength)]
        public string? Mail { get; set; }

        [MaxLength(Accounts.Account.PasswordMaxLength)]
        [DataType(DataType.Password)]
        public string? Password { get; set; }
    }
}
