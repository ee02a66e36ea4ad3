using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Accounts.SignIn;
using LpcSite.Web.Forms;
using LpcSite.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Account.SignIn;

/// <summary>
/// Where the link of the letter leads: asks for a new password. All other browsers are signed out by it.
/// </summary>
public class ResetModel(Registration registration, KnownDevice device) : FormPage
{
    protected override bool HasOneForm => true;

    [FromQuery]
    public int Id { get; init; }

    [FromQuery]
    public string Token { get; init; } = "";

    [FromQuery(Name = ReturnAddress.Key)]
    public string? To { get; init; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public void OnGet() { }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                if (await registration.ResetAsync(Id, Token ?? "", Input.Password, stop) is not { } account)
                {
                    ModelState.AddModelError("", "This link does not work any more. Have a new one sent.");
                    return Done.With(this.Invalid());
                }

                // Whoever guesses at the account from elsewhere does not keep its owner out.
                device.Remember(account.Id);
                return Done.Say("Your new password is set. Sign in with it.").GoTo(Url.Keep("/account/sign-in", To));
            },
            stop,
            "Input.Password"
        );

    public class InputModel
    {
        [Required(ErrorMessage = "Choose a password.")]
        [DataType(DataType.Password)]
        public string Password { get; set; } = "";
    }
}
