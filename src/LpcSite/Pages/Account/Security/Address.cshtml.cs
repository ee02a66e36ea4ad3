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

namespace LpcSite.Pages.Account.Security;

/// <summary>Asks for the address to which the account shall move, which has to be proven first.</summary>
[Authorize]
public class AddressModel(LpcDbContext db, Passwords passwords, OwnerProof proof) : FormPage
{
    protected override bool HasOneForm => true;

    public string Current { get; private set; } = "";
    public bool HasPassword { get; private set; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public async Task OnGetAsync(CancellationToken stop) => await LoadAsync(stop);

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                var account = await LoadAsync(stop);
                Rule.Require(
                    !MailAddress.AreSame(Input.Mail, account.Email),
                    "Your account is at this address already."
                );
                if (!await this.IsProvenAsync(proof, account, Input.Password, "Input.Password"))
                {
                    return Done.With(this.Invalid());
                }

                await passwords.AskForAddressAsync(
                    account,
                    MailAddress.Require(Input.Mail),
                    HttpContext.Origin(),
                    stop
                );
                return Done.Say($"A letter is on its way to {Input.Mail}. Open its link within a day.")
                    .GoTo("/account");
            },
            stop,
            "Input.Mail"
        );

    protected override async Task ShowAsync(CancellationToken stop) => await LoadAsync(stop);

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

        [MaxLength(Accounts.Account.PasswordMaxLength, ErrorMessage = "A password has at most {1} characters.")]
        [DataType(DataType.Password)]
        public string? Password { get; set; }
    }
}
