using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Exports;
using LpcSite.Infrastructure;
using LpcSite.Microconferences;
using LpcSite.Nominations;
using LpcSite.Pages.Shared;
using LpcSite.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Organize;

/// <summary>How many passes and places each microconference gives, until when, and which have given theirs.</summary>
public class NominationsModel(LpcDbContext db, Nominating nominating) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();

    public IReadOnlyList<NominationLine> Lines { get; private set; } = [];

    public IReadOnlyList<DateTimeZone> Zones => [.. new[] { DateTimeZoneProviders.Tzdb["Etc/GMT+12"], HttpContext.Conference().TimeZone, DateTimeZone.Utc }.DistinctBy(z => z.Id)];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference().Id;
        Lines = await NominationLine.ReadAsync(db, conference, stop);
        if (await db.Allowances.AsNoTracking().SingleOrDefaultAsync(a => a.ConferenceId == conference && a.MicroconferenceId == null, stop) is { ClosesAt: { } closes, Zone: { } zone } allowance)
        {
            Input = new() { Passes = allowance.Passes, Places = allowance.Places, ClosesAt = MomentInput.Write(closes, zone), Zone = zone.Id };
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var zone = Zones.FirstOrDefault(z => z.Id == Input.Zone);
        var closes = ModelState.Moment("Input.ClosesAt", Input.ClosesAt, zone);
        if (!ModelState.IsValid || closes is null || zone is null)
        {
            Lines = await NominationLine.ReadAsync(db, HttpContext.Conference().Id, stop);
            return this.Invalid();
        }

        return await DoAsync(me => nominating.AllowAsync(HttpContext.Conference().Id, Input.Passes, Input.Places, closes.Value, zone, me, stop), stop);
    }

    public Task<IActionResult> OnPostOwnAsync(int id, int passes, int places, CancellationToken stop) => OwnAsync(id, (passes, places), stop);

    public Task<IActionResult> OnPostSharedAsync(int id, CancellationToken stop) => OwnAsync(id, null, stop);

    /// <summary>Everybody who is named, as a file for a spreadsheet (RFC 4180).</summary>
    public async Task<IActionResult> OnGetCsvAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        var lines = await (
            from n in db.Nominations
            join m in db.Microconferences on n.MicroconferenceId equals m.Id
            where m.ConferenceId == conference.Id
            orderby m.Title, m.Id, n.Id
            select new NominationCsv.Line(m.Slug, n.Person.Name, n.Mail, n.Kind, n.By.Name)).ToListAsync(stop);
        return File(NominationCsv.Write(lines), "text/csv; charset=utf-8", $"nominations-{conference.Slug}.csv");
    }

    private async Task<IActionResult> OwnAsync(int id, (int, int)? numbers, CancellationToken stop)
    {
        var conference = HttpContext.Conference().Id;
        var isReadable = ModelState.Where(field => field.Key is "id" or "passes" or "places").All(field => field.Value!.Errors.Count == 0);
        ModelState.Clear();
        var microconference = await db.Microconferences.SingleOrDefaultAsync(m => m.Id == id && m.ConferenceId == conference && m.Status == MicroconferenceStatus.Accepted, stop);
        return await DoAsync(me =>
        {
            Rule.Require(microconference is not null && isReadable, "Write two numbers for a microconference of this list.");
            return nominating.AllowAsync(microconference, numbers, me, stop);
        }, stop);
    }

    private async Task<IActionResult> DoAsync(Func<Person, Task> change, CancellationToken stop)
    {
        try
        {
            await change(await db.MeAsync(User, stop));
        }
        catch (RuleException broken)
        {
            ModelState.AddModelError("", broken.Message);
            await OnGetAsync(stop);
            return this.Invalid();
        }

        this.Say("It is saved.");
        return RedirectToPage();
    }

    public class InputModel
    {
        [Range(0, Allowance.Most, ErrorMessage = "From 0 to 100.")]
        public int Passes { get; set; } = 2;

        [Range(0, Allowance.Most, ErrorMessage = "From 0 to 100.")]
        public int Places { get; set; } = 6;

        [Required(ErrorMessage = "Say until when.")]
        public string ClosesAt { get; set; } = "";

        [Required(ErrorMessage = "Say in which zone that is.")]
        public string Zone { get; set; } = "Etc/GMT+12";
    }
}
