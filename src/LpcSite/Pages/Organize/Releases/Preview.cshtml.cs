using LpcSite.Data;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Organize.Releases;

/// <summary>The draft of the schedule as the public would read it.</summary>
public class PreviewModel(LpcDbContext db) : PageModel
{
    public ScheduleDocument Document { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken stop) =>
        Document = (await db.DraftAsync(HttpContext.Conference().Id, withTexts: false, stop)).ForThePublic();
}
