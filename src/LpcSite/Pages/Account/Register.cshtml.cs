using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Infrastructure;
using LpcSite.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account;

/// <summary>Asks for name, address and password, and sends the link that proves the address.</summary>
public class RegisterModel(Registration registration) : PageModel
{
    [FromQuery(Name = "to")] public string? To { get; init; }
    [BindProperty] public InputModel Input { get; set; } = new();

    /// <summary>Where the letter went; null before.</summary>
    public string? SentTo { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        try
        {
            await registration.RegisterAsync(Input.Name.Trim(), Input.Mail.Trim(), Input.Password, HttpContext.Origin(), Url.IsLocalUrl(To) ? To : null, stop);
        }
        catch (RuleException broken)
        {
            ModelState.AddModelError("Input.Password", broken.Message);
            return this.Invalid();
        }

        SentTo = Input.Mail.Trim();
        return Page();
    }

    public class InputModel
    {
        [Required(ErrorMessage = "Type your name as you want it to stand on the site.")]
        [MaxLength(Person.NameMaxLength, ErrorMessage = "A name has at most 120 characters.")]
        [RegularExpression(Accounts.Account.OneLine, ErrorMessage = "A name stands on one line.")]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Type your mail address."), EmailAddress(ErrorMessage = "That is not a mail address.")]
        [MaxLength(Accounts.Account.MailMaxLength, ErrorMessage = "A mail address has at most 254 characters.")]
        [RegularExpression(Accounts.Account.OneLine, ErrorMessage = "That is not a mail address.")]
        public string Mail { get; set; } = "";

        [Required(ErrorMessage = "Choose a password.")]
        public string Password { get; set; } = "";
    }
}
