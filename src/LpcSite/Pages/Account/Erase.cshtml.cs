using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Accounts.Privacy;
using LpcSite.Accounts.SecondFactors;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Account;

/// <summary>Forgets who is signed in, once they have typed their address.</summary>
[Authorize]
public class EraseModel(LpcDbContext db, Erasure erasure, OwnerProof proof, SignInManager<Accounts.Account> signIn)
    : FormPage
{
    protected override bool HasOneForm => true;

    public bool HasPassword { get; private set; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Task OnGetAsync(CancellationToken stop) => ShowAsync(stop);

    protected override async Task ShowAsync(CancellationToken stop) =>
        HasPassword = (await db.MyAccountAsync(User, stop)).PasswordHash is not null;

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                var account = await db.MyAccountAsync(User, stop);
                HasPassword = account.PasswordHash is not null;
                if (!MailAddress.AreSame(Input.Mail, account.Email))
                {
                    ModelState.AddModelError("Input.Mail", "That is not the address of this account.");
                    return Done.With(this.Invalid());
                }

                if (!await this.IsProvenAsync(proof, account, Input.Password, "Input.Password"))
                {
                    return Done.With(this.Invalid());
                }

                await erasure.EraseAsync(account, stop);
                await signIn.SignOutAsync();
                return Done.Say("Your account is erased.").GoTo("/");
            },
            stop
        );

    public class InputModel
    {
        [MaxLength(Accounts.Account.MailMaxLength)]
        public string? Mail { get; set; }

        [MaxLength(Accounts.Account.PasswordMaxLength, ErrorMessage = "A password has at most {1} characters.")]
        [DataType(DataType.Password)]
        public string? Password { get; set; }
    }
}
