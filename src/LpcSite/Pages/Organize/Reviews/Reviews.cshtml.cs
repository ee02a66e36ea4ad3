using LpcSite.Data;
using LpcSite.Exports;
using LpcSite.People;
using LpcSite.Reviews.Scores;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Organize.Reviews;

/// <summary>What the reviewers think of every proposal, in one table that can be sorted and taken along.</summary>
public class ReviewsModel(LpcDbContext db) : PageModel
{
    /// <summary>The column that comes first; the best or the most at the top.</summary>
    [FromQuery]
    public string? Sort { get; init; }

    public IReadOnlyList<ReviewLine> Lines { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (Sort is not (null or "title" or "mean" or "spread" or "count"))
        {
            return BadRequest();
        }

        Lines = ReviewLine.Sorted(
            await ReviewLine.ReadAsync(db, HttpContext.Conference().Id, User.PersonId()!.Value, stop),
            Sort
        );
        return Page();
    }

    /// <summary>The same as a file for a spreadsheet (RFC 4180).</summary>
    public async Task<IActionResult> OnGetCsvAsync(CancellationToken stop)
    {
        var lines = ReviewLine.Sorted(
            await ReviewLine.ReadAsync(db, HttpContext.Conference().Id, User.PersonId()!.Value, stop),
            Sort
        );
        return File(ReviewCsv.Write(lines), "text/csv; charset=utf-8", $"reviews-{HttpContext.Conference().Slug}.csv");
    }
}
