using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Decisions;
using LpcSite.Microconferences;
using LpcSite.Rules;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Organize.Decisions;

/// <summary>What was decided about one microconference, by whom and why, and the way to decide anew.</summary>
public class DecisionModel(LpcDbContext db, ProposalDecisions decisions) : FormPage
{
    [FromRoute]
    public required string Slug { get; init; }

    [BindProperty]
    public string? Reason { get; set; }

    public string Title { get; private set; } = "";
    public MicroconferenceStatus Status { get; private set; }
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    /// <summary>The one that holds.</summary>
    public Line? Holding =>
        Lines.FirstOrDefault(l => l.State is DecisionState.Released) is { } last && Lines[0] == last ? last : null;

    public Task<IActionResult> OnGetAsync(CancellationToken stop) => OpenAsync(stop);

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                Rule.Require(Holding is not null, "No decision holds that could be reopened.");
                await decisions.ReopenAsync(
                    HttpContext.Conference().Id,
                    Holding.Id,
                    Reason ?? "",
                    await db.MeAsync(User, stop),
                    stop
                );

                return Done.Say(
                        $"{Title} is proposed again, and can be decided anew. Write to its leads: "
                            + "they were told something else."
                    )
                    .GoTo(
                        Url.Page("/Organize/Decisions/Decisions", new { conference = HttpContext.Conference().Slug })!
                    );
            },
            stop,
            nameof(Reason)
        );

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        var id = HttpContext.Conference().Id;
        var found = await db
            .Microconferences.Where(m => m.ConferenceId == id && m.Slug == Slug)
            .Select(m => new
            {
                m.Title,
                m.Status,
                Lines = db
                    .Decisions.Where(d => d.MicroconferenceId == m.Id)
                    .OrderByDescending(d => d.Id)
                    .Select(d => new Line(
                        d.Id,
                        d.State,
                        d.Verdict,
                        d.Form,
                        d.Into!.Title,
                        d.Place,
                        d.Note,
                        d.By.Name,
                        d.DecidedAt,
                        d.ReleasedAt,
                        d.Reason
                    ))
                    .ToList(),
            })
            .SingleOrDefaultAsync(stop);
        (Title, Status, Lines) = (found?.Title ?? "", found?.Status ?? default, found?.Lines ?? []);
        return found is not null ? null : NotFound();
    }

    public sealed record Line(
        int Id,
        DecisionState State,
        Verdict Verdict,
        SessionForm? Form,
        string? Into,
        int? Place,
        string Note,
        string By,
        Instant DecidedAt,
        Instant? ReleasedAt,
        string? Reason
    );
}
