using LpcSite.Accounts;
using LpcSite.Infrastructure;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account;

/// <summary>Where the link of the letter leads. Mail scanners open links, so that only the button proves anything.</summary>
public class ConfirmModel(Registration registration, SignInManager<Accounts.Account> signIn) : PageModel
{
    [FromQuery] public int Id { get; init; }
    [FromQuery] public string Token { get; init; } = "";
    [FromQuery(Name = ReturnAddress.Key)] public string? To { get; init; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (await registration.ConfirmAsync(Id, Token ?? "", stop) is not { } account)
        {
            ModelState.AddModelError("", "This link has done its work already, or does not work any more. Sign in, or have a new one sent.");
            return this.Invalid();
        }

        await signIn.SignInAsync(account, isPersistent: true);
        this.Say("Your address is confirmed, and you are signed in.");
        return LocalRedirect(Url.ReturnTo(To));
    }
}
