using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Decisions;
using LpcSite.People;
using LpcSite.Topics;
using LpcSite.Web;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Manage.Topics;

/// <summary>
/// What came in for a microconference, and the plan of its minutes: the leads read, plan, and write the letters.
/// </summary>
[RequestFormLimits(ValueCountLimit = 20_000)]
public class TopicsModel(LpcDbContext db, IAuthorizationService authorization, TopicDecisions topicDecisions)
    : ManagePage(db, authorization)
{
    protected override bool HasOneForm => true;

    [BindProperty]
    public TopicsInput Input { get; set; } = new();

    [FromQuery]
    public string? Sort { get; init; }

    [FromQuery]
    public string? Q { get; init; }

    public string Words => (Q ?? "").Trim();
    public IReadOnlyList<TopicLine> Lines { get; private set; } = [];
    public IReadOnlyList<TopicLine> Open => [.. Sorted(Lines.Where(l => l.IsOpen))];

    /// <summary>What other leads offer, with their words.</summary>
    public IReadOnlyList<Offered> Offers { get; private set; } = [];

    public MinutesTaken Taken { get; private set; } = null!;
    public int Held { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        await ShowAsync(stop);
        Input = new() { Rows = [.. Open.Select(TopicsInput.Row.Of)] };
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ChangeAsync(
            "topics",
            async me =>
                await topicDecisions.PlanAsync(Microconference, Input.ToChoices(), me, stop) switch
                {
                    0 => "Nothing changed.",
                    1 => "One change of the plan is saved.",
                    var changed => $"{changed} changes of the plan are saved.",
                },
            stop
        );

    public Task<IActionResult> OnPostWriteAsync(CancellationToken stop) =>
        ChangeAsync(
            "letters",
            async me =>
            {
                await topicDecisions.PlanAsync(Microconference, Input.ToChoices(), me, stop);
                return await topicDecisions.WriteLettersAsync(Microconference, HttpContext.Origin(), me, stop) switch
                {
                    1 => "One letter is written and held. Read it; nobody else knows anything yet.",
                    var written =>
                        $"{written} letters are written and held. Read them; nobody else knows anything yet.",
                };
            },
            stop
        );

    private Task<IActionResult> ChangeAsync(string next, Func<Person, Task<string>> change, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                return Done.Say(await change(await Db.MeAsync(User, stop)))
                    .GoTo($"{Microconference.Path}/lead/{next}{(next == "topics" ? Request.QueryString : "")}");
            },
            stop
        );

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var here = Microconference.Id;
        Lines = await Db
            .Topics.AsNoTracking()
            .Where(t =>
                t.MicroconferenceId == here && (t.SubmittedAt != null || Topic.PublicStatuses.Contains(t.Status))
            )
            .OrderBy(t => t.Position)
            .ThenBy(t => t.Id)
            .Select(t => new TopicLine(
                t.Id,
                t.Title,
                t.Status,
                t.Minutes,
                t.Group,
                t.SubmittedAt,
                t.Submitter!.Name,
                t.Speakers.OrderBy(s => s.Position)
                    .Select(s =>
                        s.Person.Name
                        + (
                            s.ConfirmedAt != null ? " (confirmed)"
                            : s.DeclinedAt != null ? " (says no)"
                            : ""
                        )
                    )
                    .ToList(),
                t.SpeakersNote,
                t.Availability,
                t.Links,
                t.Details.Html,
                t.OfferedTo!.Title,
                t.Asked != null,
                Db.TopicDecisions.Where(d =>
                        d.TopicId == t.Id && (d.State == DecisionState.Tentative || d.State == DecisionState.Applied)
                    )
                    .Select(d => new TopicLine.Meant(d.State, d.Verdict, d.Minutes, d.IntoId, d.Into!.Title, d.Note))
                    .FirstOrDefault()
            ))
            .ToListAsync(stop);
        Offers = await (
            from t in Db.Topics.Where(t => t.OfferedToId == here)
            join m in Db.Microconferences on t.MicroconferenceId equals m.Id
            orderby t.Id
            select new Offered(t.Id, t.Title, m.Title)
        ).ToListAsync(stop);
        Taken = MinutesTaken.Of(
            Microconference.Form,
            Lines.Select(l => (l.Status, l.Plan?.Minutes ?? l.Minutes, l.Plan?.Verdict))
        );
        Held = await Db.Letters.CountAsync(
            l => l.MicroconferenceId == here && l.IsOfLeads && l.State == LpcSite.Emails.EmailState.Held,
            stop
        );
    }

    private IEnumerable<TopicLine> Sorted(IEnumerable<TopicLine> lines) =>
        Sort switch
        {
            "title" => lines.OrderBy(l => l.Title, StringComparer.CurrentCultureIgnoreCase),
            "minutes" => lines.OrderByDescending(l => l.Minutes),
            "plan" => lines.OrderBy(l => l.Plan is null).ThenBy(l => l.Plan?.Verdict),
            _ => lines.OrderBy(l => l.SubmittedAt),
        };

    public sealed record Offered(int Id, string Title, string From);
}
