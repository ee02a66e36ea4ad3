using LpcSite.Accounts;
using LpcSite.Calls;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.Microconferences.Results;
using LpcSite.People;
using LpcSite.Web;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Microconferences;

/// <summary>
/// Begins a microconference: a draft that only its leads see, or a proposal at once; empty, or going on from earlier
/// ones.
/// </summary>
[Authorize]
public class ProposeModel(LpcDbContext db, ProposalSubmission proposalSubmission, ProposalEditing proposalEditing)
    : WritingPage
{
    /// <summary>The ids of the earlier microconferences that this one goes on from.</summary>
    [FromQuery]
    public int[] Continue { get; init; } = [];

    public Deadline Deadline { get; private set; } = null!;
    public IReadOnlyList<Earlier> Mine { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        await ShowAsync(stop);
        var earlier = await EarlierAsync(stop);
        Input =
            earlier.Count > 0
                ? WritingInput.Continuing(earlier, await db.OutcomesAsync([.. earlier.Select(m => m.Id)], stop))
                : new WritingInput
                {
                    Description = Deadline.Call?.Template is { Length: > 0 } template ? template : Call.DefaultTemplate,
                };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (Change is not null)
        {
            await ShowAsync(stop);
            return Changed();
        }

        return await ActAsync(
            async () =>
            {
                await ShowAsync(stop);
                var me = await db.MeAsync(User, stop);
                await using var transaction = await db.Database.BeginTransactionAsync(stop);
                var draft = await proposalSubmission.StartAsync(
                    HttpContext.Conference().Id,
                    Input.Title.Trim(),
                    await EarlierAsync(stop),
                    me,
                    stop
                );
                if (
                    await proposalEditing.SaveAsync(draft, Input.ToText(), Input.ToShown(), Input.ToLists(), me, stop)
                    is SaveResult.Refused refused
                )
                {
                    return Done.With(Refused(refused));
                }

                await transaction.CommitAsync(stop);
                return Done.Say(
                        Then == "propose"
                            ? await proposalSubmission.TryAsync(draft, Late, me, HttpContext.Origin(), stop)
                            : "Your draft is kept. Only its leads and the organizers see it."
                    )
                    .GoTo(draft.Path);
            },
            stop
        );
    }

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var (me, conference) = (User.PersonId(), HttpContext.Conference());
        Deadline = await proposalSubmission.DeadlineAsync(conference.Id, stop);
        Mine = await db
            .Microconferences.Where(m =>
                m.ConferenceId != conference.Id && m.RevisionNumber > 0 && m.Leads.Any(l => l.PersonId == me)
            )
            .OrderByDescending(m => m.Conference.StartsOn)
            .ThenBy(m => m.Title)
            .Select(m => new Earlier(m.Id, m.Title, m.Conference.ShortName))
            .ToListAsync(stop);
    }

    // Only what one may continue: of microconferences that one led.
    private async Task<IReadOnlyList<Microconference>> EarlierAsync(CancellationToken stop)
    {
        int[] allowed = [.. Mine.Select(m => m.Id).Intersect(Continue)];
        return allowed.Length == 0
            ? []
            : await db
                .Microconferences.Where(m => allowed.Contains(m.Id))
                .WithLists()
                .OrderBy(m => m.Title)
                .ToListAsync(stop);
    }

    public sealed record Earlier(int Id, string Title, string Conference);
}
