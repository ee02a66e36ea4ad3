using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Emails;
using LpcSite.Web;
using LpcSite.Web.Forms;
using LpcSite.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Account.NewAccount;

/// <summary>
/// Asks for an address, and sends the link that proves it. Name and password are chosen where that leads, by its owner.
/// </summary>
public class RegisterModel(Registration registration) : FormPage
{
    protected override bool HasOneForm => true;

    [FromQuery(Name = ReturnAddress.Key)]
    public string? To { get; init; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>Where the letter went; null before.</summary>
    public string? SentTo { get; private set; }

    public void OnGet() { }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                var mail = Input.Mail.Trim();
                await registration.RegisterAsync(mail, HttpContext.Origin(), Url.IsLocalUrl(To) ? To : null, stop);
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
