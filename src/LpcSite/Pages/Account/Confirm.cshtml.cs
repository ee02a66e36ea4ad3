using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Web.Forms;
using LpcSite.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account;

/// <summary>
/// Where the link of the letter leads: its reader chooses a name and a password, which makes the account. Mail scanners
/// open links, so that only the button does anything.
/// </summary>
public class ConfirmModel(Registration registration, SignInManager<Accounts.Account> signIn) : PageModel
{
    [FromQuery]
    public string? Token { get; init; }

    [FromQuery(Name = ReturnAddress.Key)]
    public string? To { get; init; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>The address that the link proves; null where it does not work.</summary>
    public string? Mail { get; private set; }

    public async Task OnGetAsync(CancellationToken stop) => Mail = await registration.ReadAsync(Token, stop);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        Mail = await registration.ReadAsync(Token, stop);
        if (Mail is null || !ModelState.IsValid)
        {
            return this.Invalid();
        }

        try
        {
            if (await registration.ConfirmAsync(Token, Input.Name.Trim(), Input.Password, stop) is { } account)
            {
                await signIn.SignInAsync(account, isPersistent: true);
                this.Say("Your address is confirmed, and you are signed in.");
                return LocalRedirect(Url.ReturnTo(To));
            }

            Mail = null;
        }
        catch (RuleException broken)
        {
            ModelState.AddModelError("Input.Password", broken.Message);
        }

        return this.Invalid();
    }

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
