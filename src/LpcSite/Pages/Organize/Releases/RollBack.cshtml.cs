using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Rules;
using LpcSite.Scheduling.Releases;
using LpcSite.Web;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.Releases;

/// <summary>Makes an earlier release public again, after a look at what that changes and for whom.</summary>
public class RollBackModel(LpcDbContext db, ScheduleReleases releases) : PageModel
{
    [FromRoute]
    public int Number { get; init; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public ReleaseForecast Forecast { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        Input.Comment = $"Back to release {Number}.";
        return await FindAsync(stop) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await FindAsync(stop))
        {
            return NotFound();
        }

        try
        {
            ModelState.RequireFields();
            var conference = await db.Conferences.SingleAsync(c => c.Id == HttpContext.Conference().Id, stop);
            var release = await releases.RollBackAsync(
                conference,
                Number,
                Input.Comment ?? "",
                await db.MeAsync(User, stop),
                "organize/releases",
                HttpContext.Origin(),
                stop
            );
            this.Say(await ReleasesModel.SentenceAsync(db, release, stop));
            return RedirectToPage("Releases", new { conference = conference.Slug });
        }
        catch (RuleException broken)
        {
            ModelState.Refuse(Input.Comment?.Length > Release.CommentMaxLength ? "Input.Comment" : "", broken);
            db.ChangeTracker.Clear();
            return this.Invalid();
        }
    }

    private async Task<bool> FindAsync(CancellationToken stop)
    {
        if (await releases.ForecastRollBackAsync(HttpContext.Conference().Id, Number, stop) is not { } forecast)
        {
            return false;
        }

        Forecast = forecast;
        return true;
    }

    public sealed class InputModel
    {
        [DataType(DataType.MultilineText)]
        public string? Comment { get; set; }
    }
}
