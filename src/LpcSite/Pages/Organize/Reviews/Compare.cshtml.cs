using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Reviews;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.Reviews;

/// <summary>Which microconferences need the same people, and any two of them side by side.</summary>
public class CompareModel(LpcDbContext db) : PageModel
{
    [FromQuery]
    public string? A { get; init; }

    [FromQuery]
    public string? B { get; init; }

    public IReadOnlyList<Line> Microconferences { get; private set; } = [];
    public IReadOnlyList<SharedPeople> Pairs { get; private set; } = [];

    /// <summary>Pairs that say much the same.</summary>
    public IReadOnlyList<SharedWords> Alike { get; private set; } = [];

    public IReadOnlyList<MicroconferenceDocument> Two { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        var here = db.Microconferences.Where(m => m.ConferenceId == HttpContext.Conference().Id);
        Microconferences = await here.Listed()
            .InPageOrder()
            .Select(m => new Line(m.Id, m.Slug, m.Title))
            .ToListAsync(stop);
        Pairs = SharedPeople.Of([.. Microconferences.Select(m => m.Id)], await here.Listed().PartsAsync(stop));
        Alike = SharedWords.Of(await TextsAsync(here.Listed(), stop));
        if (A is null && B is null)
        {
            return Page();
        }

        Two = await here.Listed().Where(m => m.Slug == A || m.Slug == B).ToDocumentsAsync(db, stop);
        if (Two.Count == 2)
        {
            Pairs = [.. Pairs.Where(p => Two.All(m => m.Id == p.First || m.Id == p.Second))];
            Alike = [.. Alike.Where(p => Two.All(m => m.Id == p.First || m.Id == p.Second))];
            return Page();
        }

        ModelState.AddModelError(
            "",
            A == B ? "Choose two different ones." : "One of these two is not there, or not proposed."
        );
        Two = [];
        return this.Invalid();
    }

    private static async Task<IReadOnlyList<SharedWords.Proposal>> TextsAsync(
        IQueryable<Microconference> listed,
        CancellationToken stop
    )
    {
        var topics = (
            await listed
                .SelectMany(m => m.Topics)
                .Public()
                .Select(t => new { t.MicroconferenceId, t.Title })
                .ToListAsync(stop)
        ).ToLookup(t => t.MicroconferenceId, t => t.Title);
        var texts = await listed
            .SelectMany(
                m => m.Revisions.Where(r => r.Number == m.RevisionNumber),
                (m, r) =>
                    new
                    {
                        m.Id,
                        m.Slug,
                        m.Title,
                        Text = r.Description.Source,
                    }
            )
            .OrderBy(m => m.Title)
            .ThenBy(m => m.Slug)
            .ToListAsync(stop);
        return texts.ConvertAll(m => new SharedWords.Proposal(m.Id, m.Title, m.Text, [.. topics[m.Id]]));
    }

    public sealed record Line(int Id, string Slug, string Title);
}
