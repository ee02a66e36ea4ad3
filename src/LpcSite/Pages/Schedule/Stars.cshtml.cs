using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.Exports;
using LpcSite.Scheduling.Stars;
using LpcSite.Web;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Schedule;

/// <summary>
/// A schedule of one's own without an account: what its address names, to be opened on a phone, sent to a friend or
/// printed.
/// </summary>
[PublicPage(Kept = false)]
public class StarsModel(LpcDbContext db) : PageModel
{
    [FromQuery(Name = "of")]
    public string? Of { get; init; }

    public StarredSchedule Own { get; private set; } = null!;

    /// <summary>How much of what the address names is nothing of this conference that anybody may know of.</summary>
    public int Unknown { get; private set; }

    /// <summary>What the address names, as far as it is there.</summary>
    public string Uids { get; private set; } = "";

    public string Calendar => $"{HttpContext.Conference().Path}/stars.ics?of={Uids}";

    /// <summary>For the camera of a phone; null where there is nothing to take along, or too much.</summary>
    public string? Picture { get; private set; }

    public string Address => $"{HttpContext.Origin()}{HttpContext.Conference().Path}/stars?of={Uids}";

    public async Task OnGetAsync(CancellationToken stop)
    {
        var (uids, wrong) = StarUids.Read(Of);
        Own = StarredSchedule.Of(await db.StarrablesAsync(HttpContext.Conference(), stop), uids);
        Unknown = wrong + Own.Gone.Count;
        Uids = StarUids.Write(Own.Uids);
        Picture =
            Uids.Length == 0 ? null : QrPicture.Of(Address, "The address of this page, which stands below as text");
    }
}
