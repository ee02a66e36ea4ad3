using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Scheduling.Releases;
using LpcSite.Web;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.Releases;

/// <summary>Makes an earlier release public again, after a look at what that changes and for whom.</summary>
public class RollBackModel(LpcDbContext db, ScheduleReleases releases) : FormPage
{
    [FromRoute]
    public int Number { get; init; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public ReleaseForecast Forecast { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        Input.Comment = $"Back to release {Number}.";
        return await FindAsync(stop) ?? Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
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
                return Done.Say(await ReleasesModel.SentenceAsync(db, release, stop))
                    .GoTo(Url.Page("Releases", new { conference = conference.Slug })!);
            },
            stop,
            Input.Comment?.Length > Release.CommentMaxLength ? "Input.Comment" : ""
        );

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        if (await releases.ForecastRollBackAsync(HttpContext.Conference().Id, Number, stop) is not { } forecast)
        {
            return NotFound();
        }

        Forecast = forecast;
        return null;
    }

    public sealed class InputModel
    {
        [DataType(DataType.MultilineText)]
        public string? Comment { get; set; }
    }
}
