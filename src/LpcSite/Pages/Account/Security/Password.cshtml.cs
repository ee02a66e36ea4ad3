using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Accounts.SecondFactors;
using LpcSite.Accounts.SignIn;
using LpcSite.Data;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Account.Security;

/// <summary>Changes the password, or sets one for who signed in without.</summary>
[Authorize]
public class PasswordModel(
    LpcDbContext db,
    Passwords passwords,
    OwnerProof proof,
    SignInManager<Accounts.Account> signIn
) : FormPage
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
                if (!await this.IsProvenAsync(proof, account, Input.Current, "Input.Current"))
                {
                    return Done.With(this.Invalid());
                }

                await passwords.SetPasswordAsync(account, Input.Password);
                await signIn.RefreshSignInAsync(account);
                return Done.Say("Your new password is set, and you are signed out on all other devices.")
                    .GoTo("/account");
            },
            stop,
            "Input.Password"
        );

    public class InputModel
    {
        [MaxLength(Accounts.Account.PasswordMaxLength, ErrorMessage = "A password has at most {1} characters.")]
        [DataType(DataType.Password)]
        public string? Current { get; set; }

        [Required(ErrorMessage = "Choose a password.")]
        [DataType(DataType.Password)]
        public string Password { get; set; } = "";
    }
}
