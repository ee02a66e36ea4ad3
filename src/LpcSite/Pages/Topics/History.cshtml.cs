using LpcSite.Data;
using LpcSite.Topics;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Topics;

/// <summary>
/// How a topic came to be, for those who write it and those to whom it was sent: its revisions, and what changed
/// between two of them.
/// </summary>
[Authorize]
public class HistoryModel(LpcDbContext db) : PageModel
{
    private const int PageSize = 50;

    [FromRoute]
    public required string Slug { get; init; }

    [FromRoute]
    public int Id { get; init; }

    /// <summary>Only those with lower numbers: the page after the first.</summary>
    [FromQuery]
    public int? Before { get; init; }

    [FromQuery(Name = "old")]
    public int? Old { get; init; }

    [FromQuery(Name = "new")]
    public int? New { get; init; }

    [FromQuery(Name = "view")]
    public string? Layout { get; init; }

    public TopicHistory History { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public bool HasOlder { get; private set; }

    /// <summary>What is compared; the newest one with the one before it unless others were chosen.</summary>
    public Text? Shown { get; private set; }

    /// <summary>Null for the first, before which there was nothing.</summary>
    public Text? Other { get; private set; }

    public string? Problem { get; private set; }
    public bool IsSideBySide => Layout == "side";

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await TopicHistory.FindAsync(db, HttpContext.Conference().Id, Slug, Id, User, stop) is not { } history)
        {
            return NotFound();
        }

        History = history;
        await ReadAsync(stop);
        return Page();
    }

    public string AddressOf(bool side) =>
        FormattableString.Invariant(
            $"{History.Address}?old={Other?.Number}&new={Shown?.Number}&view={(side ? "side" : "inline")}"
        );

    private async Task ReadAsync(CancellationToken stop)
    {
        var (id, first, below) = (History.Id, History.First, Before ?? int.MaxValue);
        var found = await db
            .TopicRevisions.Where(r => r.TopicId == id && r.Number >= first && r.Number < below)
            .OrderByDescending(r => r.Number)
            .Take(PageSize + 1)
            .Select(r => new Row(r.Number, r.SavedAt, r.Author.Name, r.Title, r.Source.Length))
            .ToListAsync(stop);
        (Rows, HasOlder) = ([.. found.Take(PageSize)], found.Count > PageSize);
        var (one, other) = Chosen();
        var texts = await db
            .TopicRevisions.Where(r => r.TopicId == id && (r.Number == one || r.Number == other))
            .Select(r => new Text(r.Number, r.Title, r.Source))
            .ToListAsync(stop);
        (Shown, Other) = (texts.Find(t => t.Number == one), texts.Find(t => t.Number == other && other != one));
    }

    private (int One, int Other) Chosen()
    {
        if (Old is { } one && New is { } other && History.Holds(one) && History.Holds(other))
        {
            return (Math.Max(one, other), Math.Min(one, other));
        }

        if (Old is not null || New is not null)
        {
            Problem = "Choose two revisions of this list to compare.";
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        return (History.Number, Math.Max(History.Number - 1, History.First));
    }

    /// <param name="Length">In characters.</param>
    public sealed record Row(int Number, Instant SavedAt, string By, string Title, int Length);

    public sealed record Text(int Number, string Title, string Source);
}
