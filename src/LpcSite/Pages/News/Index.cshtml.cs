using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.News;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.News;

/// <summary>What a conference has to tell, the newest first.</summary>
[PublicPage]
public class IndexModel(LpcDbContext db) : PageModel
{
    /// <summary>So many stand on the page with their text, and behind them so many by their titles.</summary>
    public const int WithText = 30;
    public const int ByTitle = 1000;

    public IReadOnlyList<NewsLine> Items { get; private set; } = [];
    public IReadOnlyList<OlderLine> Older { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var news = db.NewsItems.PublicOf(HttpContext.Conference().Id);
        var newest = await news.AsLines().Take(WithText + 1).ToListAsync(stop);
        Items = [.. newest.Take(WithText)];
        Older =
            newest.Count == Items.Count
                ? []
                : await news.AsLines()
                    .Skip(WithText)
                    .Take(ByTitle)
                    .Select(n => new OlderLine(n.Id, n.Title, n.PublishedAt))
                    .ToListAsync(stop);
    }

    /// <summary>One that is read at its own address.</summary>
    public sealed record OlderLine(int Id, string Title, Instant PublishedAt)
    {
        public string Address => NewsItem.AddressOf(Id, Title);
    }
}
