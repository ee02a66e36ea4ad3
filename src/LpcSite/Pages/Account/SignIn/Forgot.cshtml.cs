using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Emails;
using LpcSite.Web;
using LpcSite.Web.Forms;
using LpcSite.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Account.SignIn;

/// <summary>
/// Sends a link to whoever cannot sign in; says and does the same whether there is such an account or not.
/// </summary>
public class ForgotModel(Registration registration) : FormPage
{
    protected override bool HasOneForm => true;

    [FromQuery(Name = ReturnAddress.Key)]
    public string? To { get; init; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>Where a letter may have gone; null before.</summary>
    public string? SentTo { get; private set; }

    public void OnGet() { }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                var mail = Input.Mail.Trim();
                await registration.ForgotAsync(mail, HttpContext.Origin(), Url.IsLocalUrl(To) ? To : null, stop);
                SentTo = mail;
                return Done.With(Page());
            },
            stop,
            "Input.Mail"
        );

    public class InputModel
    {
        [Required(ErrorMessage = "Type your mail address."), MailAddress]
        public string Mail { get; set; } = "";
    }
}
