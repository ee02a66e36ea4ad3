using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.People;
using LpcSite.Web.Forms;
using LpcSite.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Account.NewAccount;

/// <summary>
/// Where the link of the letter leads: its reader chooses a name and a password, which makes the account. Mail scanners
/// open links, so that only the button does anything.
/// </summary>
public class ConfirmModel(Registration registration, SignInManager<Accounts.Account> signIn) : FormPage
{
    [FromQuery]
    public string? Token { get; init; }

    [FromQuery(Name = ReturnAddress.Key)]
    public string? To { get; init; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>The address that the link proves; null where it does not work.</summary>
    public string? Mail { get; private set; }

    protected override bool HasOneForm => true;

    public Task OnGetAsync(CancellationToken stop) => ShowAsync(stop);

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                var (name, password) = (Input.Name.Trim(), Input.Password);
                if (await registration.ConfirmAsync(Token, name, password, stop) is not { } account)
                {
                    return Done.With(this.Invalid());
                }

                await signIn.SignInAsync(account, isPersistent: true);
                return Done.Say("Your address is confirmed, and you are signed in.").GoTo(Url.ReturnTo(To));
            },
            stop,
            "Input.Password"
        );

    protected override async Task ShowAsync(CancellationToken stop) => Mail = await registration.ReadAsync(Token, stop);

    public class InputModel
    {
        [Required(ErrorMessage = "Type your name as you want it to stand on the site.")]
        [MaxLength(Person.NameMaxLength, ErrorMessage = "A name has at most 120 characters.")]
        [RegularExpression(Accounts.Account.OneLine, ErrorMessage = "A name stands on one line.")]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Choose a password.")]
        [DataType(DataType.Password)]
        public string Password { get; set; } = "";
    }
}
