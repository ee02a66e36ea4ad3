using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Accounts.SecondFactors;
using LpcSite.Accounts.SignIn;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Rules;
using LpcSite.Web;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account;

/// <summary>Asks for the address to which the account shall move, which has to be proven first.</summary>
[Authorize]
public class AddressModel(LpcDbContext db, Passwords passwords, OwnerProof proof) : PageModel
{
    public string Current { get; private set; } = "";
    public bool HasPassword { get; private set; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public async Task OnGetAsync(CancellationToken stop) => await LoadAsync(stop);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var account = await LoadAsync(stop);
        if (ModelState.IsValid && MailAddress.AreSame(Input.Mail, account.Email))
        {
            ModelState.AddModelError("Input.Mail", "Your account is at this address already.");
        }

        if (!ModelState.IsValid || !await this.IsProvenAsync(proof, account, Input.Password, "Input.Password"))
        {
            return this.Invalid();
        }

        try
        {
            await passwords.AskForAddressAsync(account, MailAddress.Require(Input.Mail), HttpContext.Origin(), stop);
        }
        catch (RuleException tooMany)
        {
            ModelState.AddModelError("Input.Mail", tooMany.Message);
            return this.Invalid();
        }

        this.Say($"A letter is on its way to {Input.Mail}. Open its link within a day.");
        return LocalRedirect("/account");
    }

    private async Task<Accounts.Account> LoadAsync(CancellationToken stop)
    {
        var account = await db.MyAccountAsync(User, stop);
        (Current, HasPassword) = (account.Email!, account.PasswordHash is not null);
        return account;
    }

    public class InputModel
    {
        [Required(ErrorMessage = "Type the new address."), MailAddress]
        public string Mail { get; set; } = "";

        [MaxLength(Accounts.Account.PasswordMaxLength)]
        [DataType(DataType.Password)]
        public string? Password { get; set; }
    }
}
