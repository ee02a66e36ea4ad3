using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Decisions;
using LpcSite.Emails;
using LpcSite.People;
using LpcSite.Texts;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.Decisions;

/// <summary>
/// The letters about decisions as every reader will get them, before they go out: the last look, and the way back.
/// </summary>
public class DecisionEmailsModel(LpcDbContext db, ProposalDecisions decisions) : FormPage
{
    public IReadOnlyList<Line> Letters { get; private set; } = [];
    public IReadOnlyList<Unreached> WithoutLetter { get; private set; } = [];

    public Task OnGetAsync(CancellationToken stop) => ShowAsync(stop);

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ChangeAsync(
            async me =>
                await decisions.ReleaseAsync(HttpContext.Conference().Id, me, stop) is var letters
                    ? $"{Wording.Count(letters, "letter")} {Wording.Of(letters, "is on its", "are on their")} way, "
                        + "and the "
                        + "decisions are public."
                    : "",
            "/Organize/Emails/Emails",
            stop
        );

    public Task<IActionResult> OnPostTakeBackAsync(CancellationToken stop) =>
        ChangeAsync(
            async me =>
                await decisions.TakeBackAsync(HttpContext.Conference().Id, me, stop) is var taken
                    ? $"{Wording.Count(taken, "decision")} {Wording.Of(taken, "is", "are")} tentative again; none "
                        + "of the "
                        + "letters will be sent."
                    : "",
            "/Organize/Decisions/Decisions",
            stop
        );

    private Task<IActionResult> ChangeAsync(Func<Person, Task<string>> change, string next, CancellationToken stop) =>
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
        Letters = await db
            .Letters.Where(l => l.ConferenceId == id && l.DecisionId != null && l.State == EmailState.Held)
            .OrderBy(l => l.Id)
            .Select(l => new Line(l.Id, l.ToName, l.ToAddress, l.Subject, l.Text))
            .ToListAsync(stop);
        WithoutLetter = await db
            .Decisions.Where(d => d.Microconference.ConferenceId == id && d.State == DecisionState.Applied)
            .SelectMany(d => d.Microconference.Leads, (d, l) => new { d, l })
            .Where(x =>
                !db.Letters.Any(email =>
                    email.DecisionId == x.d.Id && email.State == EmailState.Held && email.PersonId == x.l.PersonId
                )
            )
            .OrderBy(x => x.d.Microconference.Title)
            .ThenBy(x => x.l.Position)
            .Select(x => new Unreached(x.l.Person.Name, x.l.Person.Slug, x.d.Microconference.Title))
            .ToListAsync(stop);
    }

    public sealed record Line(long Id, string ToName, string ToAddress, string Subject, string Text);

    public sealed record Unreached(string Name, string Slug, string Title);
}
