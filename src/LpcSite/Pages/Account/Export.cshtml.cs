using LpcSite.Accounts;
using LpcSite.Accounts.Privacy;
using LpcSite.Data;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account;

/// <summary>Hands out everything that the site has about who is signed in.</summary>
[Authorize]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public class ExportModel(LpcDbContext db, AccountExport export) : PageModel
{
    public void OnGet() { }

    public async Task<IActionResult> OnGetFileAsync(CancellationToken stop)
    {
        var account = await db.MyAccountAsync(User, stop);
        return File(await export.WriteAsync(account, stop), "application/json", $"{account.Person.Slug}.json");
    }
}
