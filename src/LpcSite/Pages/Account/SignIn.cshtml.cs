using System.ComponentModel.DataAnnotations;
using LpcSite.Infrastructure;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account;

/// <summary>Signs in with address and password.</summary>
public class SignInModel(SignInManager<Accounts.Account> signIn) : PageModel
{
    [FromQuery(Name = "to")] public string? To { get; init; }
    [BindProperty] public InputModel Input { get; set; } = new();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var result = await signIn.PasswordSignInAsync(Input.Mail, Input.Password, isPersistent: true, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            ModelState.AddModelError("", "That address and password do not belong together, or the address is not confirmed yet.");
            return this.Invalid();
        }

        return LocalRedirect(Url.IsLocalUrl(To) ? To! : "/my");
    }

    public class InputModel
    {
        [Required(ErrorMessage = "Type your mail address."), MaxLength(Accounts.Account.MailMaxLength)]
        public string Mail { get; set; } = "";

        [Required(ErrorMessage = "Type your password."), MaxLength(Accounts.Account.PasswordMaxLength)]
        public string Password { get; set; } = "";
    }
}
