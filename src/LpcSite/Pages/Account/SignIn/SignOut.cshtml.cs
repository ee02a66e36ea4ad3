using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account.SignIn;

/// <summary>Signs out on this device. Opening the page changes nothing; its button does.</summary>
public class SignOutModel(SignInManager<Accounts.Account> signIn) : PageModel
{
    public async Task<IActionResult> OnPostAsync()
    {
        await signIn.SignOutAsync();

        // What the browser keeps beside the account, their stars, is nothing for whoever uses it next.
        Response.Headers["Clear-Site-Data"] = "\"storage\"";
        return LocalRedirect("/");
    }
}
