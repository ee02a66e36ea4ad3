using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Organize.Emails;

/// <summary>The delivery log: which letters went out, which wait, and which need an organizer's eye.</summary>
public class EmailsModel(LpcDbContext db) : PageModel
{
    public const int PerPage = 50;
    public const int WordsMaxLength = 200;

    [FromQuery]
    public EmailState? State { get; init; }

    [FromQuery]
    public string? Q { get; init; }

    /// <summary>The last letter of the page before this one.</summary>
    [FromQuery]
    public long? Before { get; init; }

    public IReadOnlyList<Line> Letters { get; private set; } = [];
    public long? Next { get; private set; }
    public string? Problem { get; private set; }
    public string Words => string.Concat((Q ?? "").Where(c => !char.IsControl(c))).Trim();

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!ModelState.IsValid || Words.Length > WordsMaxLength)
        {
            Problem =
                Words.Length > WordsMaxLength
                    ? $"A search has at most {WordsMaxLength} characters; this one has {Words.Length}."
                    : "There is no such state of a letter, or no such page.";

            // It is said in these words alone.
            ModelState.Clear();
            return this.Invalid();
        }

        var letters = db.Letters.SeenFrom(HttpContext.Conference().Id).With(Words);
        var page = await letters
            .Where(l => (State == null || l.State == State) && (Before == null || l.Id < Before))
            .OrderByDescending(l => l.Id)
            .Take(PerPage + 1)
            .Select(l => new Line(
                l.Id,
                l.ToName,
                l.ToAddress,
                l.Subject,
                l.State,
                l.CreatedAt,
                l.DueAt,
                l.SentAt,
                l.Attempts,
                l.Problem
            ))
            .ToListAsync(stop);
        Letters = [.. page.Take(PerPage)];
        Next = page.Count > PerPage ? page[PerPage - 1].Id : null;
        return Page();
    }

    public sealed record Line(
        long Id,
        string ToName,
        string ToAddress,
        string Subject,
        EmailState State,
        Instant CreatedAt,
        Instant DueAt,
        Instant? SentAt,
        int Attempts,
        string? Problem
    );
}
