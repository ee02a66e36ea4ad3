using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Scheduling.Stars;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.Schedule;

/// <summary>
/// How many want to be in each microconference, beside the seats of the room that it has in the draft.
/// </summary>
public class StarsModel(LpcDbContext db) : PageModel
{
    /// <summary>The most wanted first.</summary>
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference().Id;
        var people = await db.StarCountsAsync(conference, stop);
        var places = (
            await db
                .Slots.Where(s => s.ConferenceId == conference && s.MicroconferenceId != null)
                .OrderBy(s => s.During)
                .Select(s => new
                {
                    Of = s.MicroconferenceId!.Value,
                    Room = s.Room!.Name,
                    s.Room!.Capacity,
                })
                .ToListAsync(stop)
        ).ToLookup(s => s.Of, s => new Place(s.Room, s.Capacity));
        var microconferences = await db
            .Microconferences.Where(m => m.ConferenceId == conference)
            .Listed()
            .InPageOrder()
            .Select(m => new
            {
                m.Id,
                m.Slug,
                m.Title,
            })
            .ToListAsync(stop);
        Lines =
        [
            .. microconferences
                .Select(m => new Line(
                    m.Slug,
                    m.Title,
                    people.TryGetValue(m.Id, out var count) ? count : null,
                    [.. places[m.Id].Distinct()]
                ))
                .OrderByDescending(l => l.People ?? 0),
        ];
    }

    /// <param name="Room">Null where the slot has none yet.</param>
    public sealed record Place(string? Room, int? Seats);

    /// <param name="People">Null where they are so few that they could be guessed.</param>
    public sealed record Line(string Slug, string Title, int? People, IReadOnlyList<Place> Places)
    {
        /// <summary>
        /// How many would stand, in the smallest of its rooms; null where all sit, as far as is known.
        /// </summary>
        public int? Standing =>
            People is { } people && Places.Min(p => p.Seats) is { } seats && people > seats ? people - seats : null;
    }
}
