using System.Globalization;
using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.News;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.News;

/// <summary>One item of a conference's news, at an address of which only the number counts.</summary>
[PublicPage]
public class DetailsModel(LpcDbContext db) : PageModel
{
    public NewsLine Item { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync([FromRoute] string item, CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        if (
            !int.TryParse(item.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || await db.NewsItems.PublicOf(conference.Id).Where(i => i.Id == id).AsLines().SingleOrDefaultAsync(stop)
                is not { } found
        )
        {
            return NotFound();
        }

        Item = found;
        return item == found.Address ? Page() : RedirectPermanent($"{conference.Path}/news/{found.Address}");
    }
}
