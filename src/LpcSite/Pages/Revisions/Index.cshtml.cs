using System.Globalization;
using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.Microconferences.Revisions;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Revisions;

/// <summary>
/// How the text of a microconference came to be: its revisions, newest first, two of which can be compared.
/// </summary>
[PublicPage(Kept = false)]
public class IndexModel(LpcDbContext db) : PageModel
{
    private const int PageSize = 50;

    [FromRoute]
    public required string Slug { get; init; }

    /// <summary>Only those with lower numbers: the page after the first.</summary>
    [FromQuery]
    public int? Before { get; init; }

    [FromQuery(Name = "old")]
    public int? Old { get; init; }

    [FromQuery(Name = "new")]
    public int? New { get; init; }

    public RevisionHistory History { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public bool HasOlder { get; private set; }
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await db.HistoryAsync(HttpContext.Conference().Id, Slug, User, stop) is not { } history)
        {
            return NotFound();
        }

        if (Old is { } one && New is { } other)
        {
            if (one != other && history.Holds(one) && history.Holds(other))
            {
                return Redirect($"{history.AddressOf(Math.Max(one, other))}?against={Math.Min(one, other)}");
            }

            Problem = "Choose two different revisions of this list to compare.";
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        History = history;
        await ReadAsync(history, stop);
        return Page();
    }

    // One more than is shown, whose size the last one is compared with.
    private async Task ReadAsync(RevisionHistory history, CancellationToken stop)
    {
        var below = Before ?? int.MaxValue;
        var found = await db
            .Revisions.Of(history)
            .Where(r => r.Number < below)
            .OrderByDescending(r => r.Number)
            .Take(PageSize + 1)
            .Select(r => new
            {
                r.Number,
                r.SavedAt,
                By = r.Author!.Name,
                r.Summary,
                Length = r.Description.Source.Length + r.Results.Source.Length,
            })
            .ToListAsync(stop);
        HasOlder = found.Count > PageSize;
        Rows =
        [
            .. found
                .Take(PageSize)
                .Select(
                    (r, i) =>
                        new Row(
                            r.Number,
                            r.SavedAt,
                            r.By,
                            r.Summary,
                            r.Length,
                            i + 1 < found.Count ? r.Length - found[i + 1].Length : null
                        )
                ),
        ];
    }

    /// <param name="By">Null if a command saved it.</param>
    /// <param name="Length">In characters, both texts together.</param>
    /// <param name="Change">How much longer than the one before; null for the first.</param>
    public sealed record Row(int Number, Instant SavedAt, string? By, string Summary, int Length, int? Change)
    {
        public string Size =>
            Change switch
            {
                null => string.Create(CultureInfo.InvariantCulture, $"{Length:N0} characters"),
                0 => "same length",
                > 0 => string.Create(CultureInfo.InvariantCulture, $"{Change:N0} characters longer"),
                _ => string.Create(CultureInfo.InvariantCulture, $"{-Change:N0} characters shorter"),
            };
    }
}
