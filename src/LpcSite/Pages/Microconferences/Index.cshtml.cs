using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Microconferences;

/// <summary>
/// Every microconference of a conference in full, A to Z: the page whose anchors mailing lists cite for years.
/// </summary>
[PublicPage(Choices = ["status"])]
public class IndexModel(LpcDbContext db) : PageModel
{
    [FromQuery]
    public string? Status { get; init; }

    public IReadOnlyList<MicroconferenceDocument> Microconferences { get; private set; } = [];

    /// <summary>Whether the texts are too long for one page.</summary>
    public bool IsShort { get; private set; }

    public IReadOnlyList<Filter> Filters { get; private set; } = [];

    public string Heading =>
        Status switch
        {
            "proposed" => "Proposed microconferences",
            "accepted" => "Accepted microconferences",
            _ => "Microconferences",
        };

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (Status is not (null or "proposed" or "accepted"))
        {
            return BadRequest();
        }

        var conference = HttpContext.Conference();
        var all = await db
            .Microconferences.Where(m => m.ConferenceId == conference.Id)
            .Listed()
            .ToDocumentsAsync(db, stop);
        (Microconferences, IsShort) = MicroconferenceList.Of([.. all.Where(m => m.Has(Status))]);
        Filters = [FilterOf(null, "All"), FilterOf("proposed", "Proposed"), FilterOf("accepted", "Accepted")];
        return Page();

        Filter FilterOf(string? status, string name) =>
            new(
                name,
                status is null ? $"{conference.Path}/mc" : $"{conference.Path}/mc?status={status}",
                all.Count(m => m.Has(status)),
                status == Status
            );
    }

    /// <summary>A choice of which microconferences to show, with how many there are.</summary>
    public sealed record Filter(string Name, string Address, int Count, bool IsCurrent);
}
