using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account.Security;

/// <summary>Shows new recovery codes, once.</summary>
[Authorize]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public class RecoveryCodesModel : PageModel
{
    internal const string Key = "RecoveryCodes";

    public IReadOnlyList<string> Codes { get; private set; } = [];

    public IActionResult OnGet()
    {
        if (TempData[Key] is not string[] codes)
        {
            return LocalRedirect("/account/two-factor");
        }

        Codes = codes;
        return Page();
    }
}
