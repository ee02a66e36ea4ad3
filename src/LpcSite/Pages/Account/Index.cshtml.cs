using LpcSite.Data;
using LpcSite.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Account;

/// <summary>What somebody can do with their account, and how it stands.</summary>
[Authorize]
public class IndexModel(LpcDbContext db) : PageModel
{
    public string Mail { get; private set; } = "";
    public bool HasPassword { get; private set; }
    public bool HasSecondStep { get; private set; }
    public int Passkeys { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        var me = User.PersonId();
        var mine = await db
            .Users.Where(a => a.PersonId == me)
            .Select(a => new
            {
                a.Email,
                HasPassword = a.PasswordHash != null,
                a.TwoFactorEnabled,
                Passkeys = db.UserPasskeys.Count(p => p.UserId == a.Id),
            })
            .SingleAsync(stop);
        (Mail, HasPassword, HasSecondStep, Passkeys) = (
            mine.Email!,
            mine.HasPassword,
            mine.TwoFactorEnabled,
            mine.Passkeys
        );
    }
}
