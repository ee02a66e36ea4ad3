using System.Text.Json;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.People.Merging;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;

namespace LpcSite.Pages.Organize.People;

/// <summary>People of similar names, at whichever conference: an organizer says whether they are one or two.</summary>
public class PeopleModel(LpcDbContext db, IClock clock) : PageModel
{
    public IReadOnlyList<PossibleDuplicates> Pairs { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop) => Pairs = await PossibleDuplicates.ReadAsync(db, stop);

    /// <summary>They are two, and nobody is asked again.</summary>
    public async Task<IActionResult> OnPostAsync(int one, int other, CancellationToken stop)
    {
        var sides = await PossibleDuplicates.SidesAsync(db, [one, other], stop);
        if (sides.Count < 2)
        {
            ModelState.AddModelError("", "Those two are not here any more.");
            await OnGetAsync(stop);
            return this.Invalid();
        }

        var (me, now) = (await db.MeAsync(User, stop), clock.GetCurrentInstant());
        db.Distinctions.Add(new NotDuplicates(one, other, me, now));
        db.Record(
            new Act(me, "organize/people", now),
            "told apart",
            new AuditSubject($"/people/{sides[one].Slug}"),
            after: JsonSerializer.Serialize(new { one = sides[one].Slug, other = sides[other].Slug })
        );

        // Another organizer may have said the same.
        await db.TrySaveAsync(stop);

        this.Say($"{sides[one].Name} and {sides[other].Name} are two.");
        return RedirectToPage();
    }
}
