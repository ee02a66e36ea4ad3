using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Emails;
using LpcSite.Rules;
using LpcSite.Web;
using LpcSite.Web.Forms;
using LpcSite.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account;

/// <summary>
/// Asks for an address, and sends the link that proves it. Name and password are chosen where that leads, by its owner.
/// </summary>
public class RegisterModel(Registration registration) : PageModel
{
    [FromQuery(Name = ReturnAddress.Key)]
    public string? To { get; init; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>Where the letter went; null before.</summary>
    public string? SentTo { get; private set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        try
        {
            var mail = Input.Mail.Trim();
            await registration.RegisterAsync(mail, HttpContext.Origin(), Url.IsLocalUrl(To) ? To : null, stop);
            SentTo = mail;
        }
        catch (RuleException tooMany)
        {
            ModelState.AddModelError("Input.Mail", tooMany.Message);
            return this.Invalid();
        }

        return Page();
    }

    public class InputModel
    {
        [Required(ErrorMessage = "Type your mail address."), MailAddress]
        public string Mail { get; set; } = "";
    }
}
