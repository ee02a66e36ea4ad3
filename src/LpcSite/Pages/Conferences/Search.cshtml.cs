using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Conferences;

/// <summary>
/// Finds microconferences, topics and people by words, however they are accented, apostrophed or cut short.
/// </summary>
[PublicPage(Kept = false)]
public class SearchModel(LpcDbContext db) : PageModel
{
    public const int MaxLength = 200;

    [FromQuery]
    public string Q { get; set; } = "";

    public IReadOnlyList<SearchHit> Hits { get; private set; } = [];
    public string? Problem { get; private set; }

    public string Summary =>
        Hits.Count switch
        {
            0 => "Nothing found. Try fewer words, or the beginning of one.",
            1 => "One place found.",
            SearchHit.Most => $"The {SearchHit.Most} best places.",
            _ => $"{Hits.Count} places found.",
        };

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        Q = string.Concat(Q.Where(c => !char.IsControl(c))).Trim();
        if (Q.Length > MaxLength)
        {
            Problem = $"A search has at most {MaxLength} characters; this one has {Q.Length}.";
            return this.Invalid();
        }

        if (Q.Length > 0 && !Q.Any(char.IsLetterOrDigit))
        {
            Problem = "Type at least one word: a letter or a digit.";
            return this.Invalid();
        }

        Hits = Q.Length == 0 ? [] : await db.SearchAsync(HttpContext.Conference().Id, Q, stop);
        return Page();
    }
}
