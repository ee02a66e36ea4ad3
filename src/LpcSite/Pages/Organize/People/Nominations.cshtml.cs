using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Exports;
using LpcSite.Microconferences;
using LpcSite.Nominations;
using LpcSite.Pages.Shared;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Organize.People;

/// <summary>How many passes and places each microconference gives, until when, and which have given theirs.</summary>
public class NominationsModel(LpcDbContext db, NominationEditing nominationEditing) : FormPage
{
    private const string OfEach = "Use a number from {1} to {2} of each.";

    // By its name alone: the numbers of one microconference are called as these are.
    [BindProperty(Name = nameof(Input))]
    public AllowanceInput Input { get; set; } = new();

    public IReadOnlyList<NominationLine> Lines { get; private set; } = [];

    public IReadOnlyList<DateTimeZone> Zones { get; private set; } = [];

    public Task OnGetAsync(CancellationToken stop) => ShowAsync(stop);

    // After the buttons of one microconference, of the form above nothing was sent.
    protected override async Task ShowAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference().Id;
        Lines = await NominationLine.ReadAsync(db, conference, stop);
        var known = await AllowanceAsync(stop);
        if (string.IsNullOrEmpty(Input.ClosesAt) && known is { ClosesAt: { } closes, Zone: { } zone } allowance)
        {
            Input = new()
            {
                Passes = allowance.Passes,
                Places = allowance.Places,
                ClosesAt = MomentInput.Write(closes, zone),
                Zone = zone.Id,
            };
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var known = await AllowanceAsync(stop);
        var zone = Zones.FirstOrDefault(z => z.Id == Input.Zone);
        if (zone is null && !string.IsNullOrWhiteSpace(Input.Zone))
        {
            ModelState.AddModelError("Input.Zone", "Choose a zone of the list.");
        }

        var closes = ModelState.Moment(
            "Input.ClosesAt",
            Input.ClosesAt,
            zone,
            known is { ClosesAt: { } at, Zone: { } shown } ? (at, shown) : null
        );
        return await DoAsync(
            me =>
            {
                Rule.Require(closes is not null && zone is not null, "Say until when, and in which zone.");
                return nominationEditing.AllowAsync(
                    HttpContext.Conference().Id,
                    Input.Passes,
                    Input.Places,
                    closes.Value,
                    zone,
                    me,
                    stop
                );
            },
            stop
        );
    }

    public Task<IActionResult> OnPostOwnAsync(
        int id,
        [Range(0, Allowance.Most, ErrorMessage = OfEach)] int passes,
        [Range(0, Allowance.Most, ErrorMessage = OfEach)] int places,
        CancellationToken stop
    ) => OwnAsync(id, (passes, places), stop);

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
            select new NominationCsv.Line(m.Slug, n.Person.Name, n.Mail, n.Kind, n.By.Name)
        ).ToListAsync(stop);
        return File(NominationCsv.Write(lines), "text/csv; charset=utf-8", $"nominations-{conference.Slug}.csv");
    }

    // What every microconference may give now.
    private async Task<Allowance?> AllowanceAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        var known = await db
            .Allowances.AsNoTracking()
            .SingleOrDefaultAsync(a => a.ConferenceId == conference.Id && a.MicroconferenceId == null, stop);
        Zones = MomentInput.Zones(conference.TimeZone, known?.Zone);
        return known;
    }

    private async Task<IActionResult> OwnAsync(int id, (int, int)? numbers, CancellationToken stop)
    {
        var conference = HttpContext.Conference().Id;
        var microconference = await db.Microconferences.SingleOrDefaultAsync(
            m => m.Id == id && m.ConferenceId == conference && m.Status == MicroconferenceStatus.Accepted,
            stop
        );
        return await DoAsync(
            me =>
            {
                Rule.Require(microconference is not null, "Write two numbers for a microconference of this list.");
                return nominationEditing.AllowAsync(microconference, numbers, me, stop);
            },
            stop
        );
    }

    private Task<IActionResult> DoAsync(Func<Person, Task> change, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await change(await db.MeAsync(User, stop));

                return Done.Say("It is saved.");
            },
            stop
        );
}
