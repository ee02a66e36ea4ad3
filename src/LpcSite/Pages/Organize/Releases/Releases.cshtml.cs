using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using LpcSite.Web;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Organize.Releases;

/// <summary>
/// Where the draft of the schedule becomes public: what that changes and for whom, what forbids it, and everything that
/// was released before.
/// </summary>
public class ReleasesModel(LpcDbContext db, ScheduleReleases releases) : FormPage
{
    protected override string? VersionField => "Input.Seen";

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public ReleaseForecast Forecast { get; private set; } = null!;
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public Task OnGetAsync(CancellationToken stop) => ShowAsync(stop);

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                var conference = await db.Conferences.SingleAsync(c => c.Id == HttpContext.Conference().Id, stop);
                var release = await releases.ReleaseSeenAsync(
                    conference,
                    Input.Seen,
                    Input.Comment ?? "",
                    await db.MeAsync(User, stop),
                    "organize/releases",
                    HttpContext.Origin(),
                    stop
                );
                return Done.Say(await SentenceAsync(db, release, stop));
            },
            stop,
            Input.Comment?.Length > Release.CommentMaxLength ? "Input.Comment" : ""
        );

    /// <summary>That it is done, and how many letters tell of it.</summary>
    internal static async Task<string> SentenceAsync(LpcDbContext db, Release release, CancellationToken stop)
    {
        var (thread, number, conference) = (
            ReleaseEmails.ThreadOf(release.ConferenceId),
            release.Number,
            release.ConferenceId
        );
        var letters = await db
            .Releases.Where(r => r.ConferenceId == conference && r.Number == number)
            .Select(r =>
                db.Letters.Count(l => l.ConferenceId == conference && l.Thread == thread && l.CreatedAt == r.At)
            )
            .SingleAsync(stop);
        var told = letters switch
        {
            0 => "No letter was written",
            1 => "One letter is on its way",
            _ => $"{letters} letters are on their way",
        };
        return $"Release {number} is public. {told}.";
    }

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var id = HttpContext.Conference().Id;
        Forecast = await releases.ForecastAsync(id, stop);
        Input.Seen = Forecast.Seen;
        ModelState.Remove("Input.Seen");
        Lines = await db
            .Releases.Of(id)
            .Select(r => new Line(r.Number, r.At, r.By!.Name, r.Of!.Title, r.Comment))
            .ToListAsync(stop);
    }

    public sealed record Line(int Number, Instant At, string? By, string? Of, string Comment);

    public sealed class InputModel
    {
        [DataType(DataType.MultilineText)]
        public string? Comment { get; set; }

        /// <summary>Of what the page said would be released.</summary>
        public string? Seen { get; set; }
    }
}
