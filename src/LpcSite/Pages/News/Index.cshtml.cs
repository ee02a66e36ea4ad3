using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.News;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.News;

/// <summary>What a conference has to tell, the newest first.</summary>
[PublicPage]
public class IndexModel(LpcDbContext db) : PageModel
{
    public IReadOnlyList<NewsLine> Items { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop) => Items = await db.NewsItems.PublicOf(HttpContext.Conference().Id).AsLines().ToListAsync(stop);
}
