using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Reviews.Assignments;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.Reviews;

/// <summary>Who is asked to read one proposal, chosen by hand.</summary>
public class AssignModel(LpcDbContext db, ReviewSetup desk) : FormPage
{
    [FromRoute]
    public required string Slug { get; init; }

    [MaxLength(LpcSite.People.Reviewer.MaxCount, ErrorMessage = "Use at most {1} reviewers.")]
    [BindProperty]
    public List<int> Chosen { get; set; } = [];

    public Microconference Microconference { get; private set; } = null!;
    public IReadOnlyList<Line> Reviewers { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        Chosen = await db
            .Assignments.Where(a => a.MicroconferenceId == Microconference.Id)
            .Select(a => a.ReviewerId)
            .ToListAsync(stop);
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await desk.AssignAsync(Microconference, Chosen, await db.MeAsync(User, stop), stop);

                return Done.Say(
                        Chosen.Count switch
                        {
                            0 => $"Nobody is asked to read {Microconference.Title}.",
                            1 => $"One reviewer is asked to read {Microconference.Title}.",
                            _ => $"{Chosen.Count} reviewers are asked to read {Microconference.Title}.",
                        }
                    )
                    .GoTo(Url.Page("/Organize/Reviews/Reviewers", new { conference = HttpContext.Conference().Slug })!);
            },
            stop
        );

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        var id = HttpContext.Conference().Id;
        var found = await db.Microconferences.SingleOrDefaultAsync(
            m => m.ConferenceId == id && m.Slug == Slug && m.Status != MicroconferenceStatus.Draft,
            stop
        );
        if (found is null)
        {
            return NotFound();
        }

        Microconference = found;
        var interests = await Interests.OfAsync(db, id, stop);
        Reviewers = (
            await db
                .Reviewers.Where(r => r.ConferenceId == id)
                .OrderBy(r => r.Person.Name)
                .ThenBy(r => r.PersonId)
                .Select(r => new
                {
                    r.PersonId,
                    r.Person.Name,
                    Load = db.Assignments.Count(a =>
                        a.ReviewerId == r.PersonId && a.Microconference.ConferenceId == id
                    ),
                })
                .ToListAsync(stop)
        ).ConvertAll(r => new Line(r.PersonId, r.Name, r.Load, interests.Of(found.Id, r.PersonId)));
        return null;
    }

    public sealed record Line(int PersonId, string Name, int Load, Interest? Interest);
}
