using LpcSite.Data;
using LpcSite.Data.Audit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Manage;

/// <summary>What was done to one microconference, by whom and when.</summary>
public class AuditModel(LpcDbContext db, IAuthorizationService authorization) : ManagePage(db, authorization)
{
    [FromQuery]
    public long? Before { get; init; }

    public IReadOnlyList<AuditLine> Lines { get; private set; } = [];

    /// <summary>Where the next, older page begins; null on the last.</summary>
    public long? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        var page = await Db.AuditEntries.Where(e => e.MicroconferenceId == Microconference.Id).PageAsync(Before, stop);
        Lines = [.. page.Take(AuditLine.PageSize)];
        Next = page.Count > AuditLine.PageSize ? Lines[^1].Id : null;
        return Page();
    }
}
