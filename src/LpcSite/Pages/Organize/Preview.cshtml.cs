using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.Scheduling;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Organize;

/// <summary>The draft of the schedule as the public would read it.</summary>
public class PreviewModel(LpcDbContext db) : PageModel
{
    public ScheduleDocument Document { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken stop) =>
        Document = (await db.DraftAsync(HttpContext.Conference().Id, withTexts: false, stop)).ForThePublic();
}
