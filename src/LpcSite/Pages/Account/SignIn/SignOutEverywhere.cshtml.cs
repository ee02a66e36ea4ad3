using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account.SignIn;

/// <summary>
/// The short way to <see cref="Security.SessionsModel"/> for whoever has lost a device: its button does what the one
/// there does.
/// </summary>
[Authorize]
public class SignOutEverywhereModel : PageModel
{
    public void OnGet() { }
}
