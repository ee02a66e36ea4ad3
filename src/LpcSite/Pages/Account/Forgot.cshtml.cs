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
/// Sends a link to whoever cannot sign in; says and does the same whether there is such an account or not.
/// </summary>
public class ForgotModel(Registration registration) : PageModel
{
    [FromQuery(Name = ReturnAddress.Key)]
    public string? To { get; init; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>Where a letter may have gone; null before.</summary>
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
            await registration.ForgotAsync(mail, HttpContext.Origin(), Url.IsLocalUrl(To) ? To : null, stop);
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
