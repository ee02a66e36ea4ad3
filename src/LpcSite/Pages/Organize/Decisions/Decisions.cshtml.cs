using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Decisions;
using LpcSite.Emails;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Texts;
using LpcSite.Web;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.Decisions;

/// <summary>All proposals of a call with what is meant to become of them, against the places that there are.</summary>
[RequestFormLimits(ValueCountLimit = 20_000)]
public class DecisionsModel(LpcDbContext db, ProposalDecisions decisions) : FormPage
{
    [BindProperty]
    public DecisionsInput Input { get; set; } = new();

    /// <summary>What if there were so many places? Asked, not saved.</summary>
    [FromQuery]
    public int? Places { get; init; }

    public IReadOnlyList<DecisionLine> Undecided { get; private set; } = [];
    public IReadOnlyList<DecisionLine> Decided { get; private set; } = [];
    public PlacesTaken Taken { get; private set; } = null!;
    public int Held { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        await ShowAsync(stop);
        Input = new() { Rows = [.. Undecided.Select(line => DecisionsInput.Row.Of(line.Id, line.Prepared))] };
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ChangeAsync(
            async me =>
                Said(await decisions.DecideAsync(HttpContext.Conference().Id, await ChoicesAsync(stop), me, stop)),
            null,
            stop
        );

    public Task<IActionResult> OnPostApplyAsync(CancellationToken stop) =>
        ChangeAsync(
            async me =>
            {
                var conference = HttpContext.Conference();
                await decisions.DecideAsync(conference.Id, await ChoicesAsync(stop), me, stop);
                var letters = await decisions.ApplyAsync(conference.Id, HttpContext.Origin(), me, stop);
                return $"{Wording.Count(letters, "letter")} {Wording.Of(letters, "is", "are")} written and held. "
                    + "Nobody "
                    + "else knows anything until you release them.";
            },
            "/Organize/Decisions/DecisionEmails",
            stop
        );

    public Task<IActionResult> OnPostPlacesAsync(int? places, CancellationToken stop) =>
        ChangeAsync(
            async me =>
            {
                await decisions.OfferAsync(HttpContext.Conference().Id, places, me, stop);
                return "The number of places is saved.";
            },
            null,
            stop
        );

    private static string Said(int changed) =>
        changed switch
        {
            0 => "Nothing changed.",
            1 => "One tentative decision is saved.",
            _ => $"{changed} tentative decisions are saved.",
        };

    private async Task<IReadOnlyList<ProposalChoice>> ChoicesAsync(CancellationToken stop)
    {
        var slugs = await db
            .Microconferences.Where(m => m.ConferenceId == HttpContext.Conference().Id)
            .ToDictionaryAsync(m => m.Slug, m => m.Id, stop);
        return [.. Input.Rows.Select(row => row.ToChoice(slugs))];
    }

    private Task<IActionResult> ChangeAsync(Func<Person, Task<string>> change, string? next, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                return Done.Say(await change(await db.MeAsync(User, stop)))
                    .GoTo(Url.Page(next, new { conference = HttpContext.Conference().Slug })!);
            },
            stop
        );

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var id = HttpContext.Conference().Id;
        var prepared = await db
            .Decisions.Where(d =>
                d.Microconference.ConferenceId == id
                && (d.State == DecisionState.Tentative || d.State == DecisionState.Applied)
            )
            .Select(d => new DecisionLine.Meant(
                d.MicroconferenceId,
                d.State,
                d.Verdict,
                d.Form,
                d.Into!.Slug,
                d.Place,
                d.Note
            ))
            .ToDictionaryAsync(d => d.MicroconferenceId, stop);
        var lines = (
            await db
                .Microconferences.Where(m =>
                    m.ConferenceId == id
                    && m.Status != MicroconferenceStatus.Draft
                    && m.Status != MicroconferenceStatus.Withdrawn
                )
                .InPageOrder()
                .Select(m => new
                {
                    m.Id,
                    m.Slug,
                    m.Title,
                    m.Status,
                    m.Form,
                    Leads = string.Join(", ", m.Leads.OrderBy(l => l.Position).Select(l => l.Person.Name)),
                })
                .ToListAsync(stop)
        ).ConvertAll(m => new DecisionLine(
            m.Id,
            m.Slug,
            m.Title,
            m.Status,
            m.Form,
            m.Leads,
            prepared.GetValueOrDefault(m.Id)
        ));
        Undecided = [.. lines.Where(l => l.IsOpen)];
        Decided = [.. lines.Where(l => !l.IsOpen)];
        Taken = PlacesTaken.Of(
            Places ?? await db.Conferences.Where(c => c.Id == id).Select(c => c.Places).SingleAsync(stop),
            lines.Select(l => (l.Status, l.Form, l.Prepared?.Verdict, l.Prepared?.Form))
        );
        Held = await db.Letters.CountAsync(
            l => l.ConferenceId == id && l.DecisionId != null && l.State == EmailState.Held,
            stop
        );
    }
}
