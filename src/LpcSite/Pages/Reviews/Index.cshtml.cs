using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Reviews.Assignments;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Reviews;

/// <summary>
/// A reviewer's proposals: what they were asked to read, what they have read, and what changed since.
/// </summary>
[Authorize]
public class IndexModel(LpcDbContext db) : PageModel
{
    /// <summary>
    /// <c>assigned</c>, <c>open</c> or <c>all</c>; what they were asked to read, if there is any, when nothing is said.
    /// </summary>
    [FromQuery]
    public string? Show { get; init; }

    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public IReadOnlyList<Line> All { get; private set; } = [];
    public string Shown => Show ?? (All.Any(l => l.IsAssigned) ? "assigned" : "all");
    public int Assigned => All.Count(l => l.IsAssigned);
    public int Done => All.Count(l => l is { IsAssigned: true, Reviewed: not null });

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        if (!User.Reviews(conference.Id) && !User.IsOrganizer())
        {
            return Forbid();
        }

        if (Show is not (null or "assigned" or "open" or "all"))
        {
            return BadRequest();
        }

        var me = User.PersonId()!.Value;
        var interests = await Interests.OfAsync(db, conference.Id, stop);
        All =
        [
            .. (
                await db
                    .Microconferences.Where(m => m.ConferenceId == conference.Id)
                    .Listed()
                    .InPageOrder()
                    .Select(m => new
                    {
                        m.Id,
                        m.Slug,
                        m.Title,
                        m.Status,
                        m.RevisionNumber,
                        Leads = string.Join(", ", m.Leads.OrderBy(l => l.Position).Select(l => l.Person.Name)),
                        IsAssigned = db.Assignments.Any(a => a.MicroconferenceId == m.Id && a.ReviewerId == me),
                        Reviewed = db
                            .Reviews.Where(r => r.MicroconferenceId == m.Id && r.ReviewerId == me)
                            .Select(r => (int?)r.RevisionNumber)
                            .FirstOrDefault(),
                        Count = db.Reviews.Count(r => r.MicroconferenceId == m.Id),
                    })
                    .ToListAsync(stop)
            ).Select(m => new Line(
                m.Slug,
                m.Title,
                m.Leads,
                m.Status,
                m.RevisionNumber,
                m.IsAssigned,
                m.Reviewed,
                m.Count,
                interests.Of(m.Id, me)
            )),
        ];
        Lines = Shown switch
        {
            "assigned" => [.. All.Where(l => l.IsAssigned)],
            "open" => [.. All.Where(l => l.IsToDo)],
            _ => All,
        };
        return Page();
    }

    /// <param name="Reviewed">The revision that their review is about; null without one.</param>
    /// <param name="Count">How many reviews there are.</param>
    public sealed record Line(
        string Slug,
        string Title,
        string Leads,
        MicroconferenceStatus Status,
        int RevisionNumber,
        bool IsAssigned,
        int? Reviewed,
        int Count,
        Interest? Interest
    )
    {
        public bool IsDecided => Status is MicroconferenceStatus.Accepted;
        public bool HasChanged => Reviewed < RevisionNumber;

        /// <summary>It can be judged, and is not, or not in its newest words.</summary>
        public bool IsToDo => Interest is null && !IsDecided && (Reviewed is null || HasChanged);
    }
}
