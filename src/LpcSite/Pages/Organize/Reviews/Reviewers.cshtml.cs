using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Reviews.Assignments;
using LpcSite.Rules;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.Reviews;

/// <summary>
/// Who reviews, how much each was asked to read and has done, and the share of what nobody reads yet.
/// </summary>
public class ReviewersModel(LpcDbContext db, ReviewSetup desk) : FormPage
{
    /// <summary>By how many each proposal is to be read: shows what would be added.</summary>
    [FromQuery]
    public int? Each { get; init; }

    [BindProperty, MaxLength(Accounts.Account.MailMaxLength, ErrorMessage = "Use at most {1} characters.")]
    public string? Who { get; set; }

    public IReadOnlyList<Line> Reviewers { get; private set; } = [];
    public IReadOnlyList<Proposal> Proposals { get; private set; } = [];

    /// <summary>What a share would add for each reviewer.</summary>
    public IReadOnlyDictionary<int, int>? Share { get; private set; }

    public int Added => Share?.Values.Sum() ?? 0;

    public async Task OnGetAsync(CancellationToken stop)
    {
        await ShowAsync(stop);
        if (Each is >= 1 and <= 9)
        {
            Share = (await desk.ShareAsync(HttpContext.Conference().Id, Each.Value, stop))
                .CountBy(a => a.Reviewer)
                .ToDictionary();
        }
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ChangeAsync(
            async me =>
                $"{(await desk.AddReviewerAsync(HttpContext.Conference().Id, (Who ?? "").Trim(), me, stop)).Name} "
                + "reviews now.",
            stop
        );

    public Task<IActionResult> OnPostRemoveAsync(int person, CancellationToken stop) =>
        ChangeAsync(
            async me =>
            {
                await desk.RemoveReviewerAsync(HttpContext.Conference().Id, person, me, stop);
                return "They do not review any more. What they wrote stays.";
            },
            stop
        );

    public Task<IActionResult> OnPostShareAsync(int each, CancellationToken stop) =>
        ChangeAsync(
            async me =>
            {
                Rule.Require(each is >= 1 and <= 9, "Say by how many, from 1 to 9.");
                return await desk.ShareOutAsync(HttpContext.Conference().Id, each, me, stop) is var added and not 1
                    ? $"{added} assignments are added."
                    : "One assignment is added.";
            },
            stop
        );

    private Task<IActionResult> ChangeAsync(Func<Person, Task<string>> change, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                return Done.Say(await change(await db.MeAsync(User, stop)));
            },
            stop,
            nameof(Who)
        );

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var id = HttpContext.Conference().Id;
        Reviewers = await db
            .Reviewers.Where(r => r.ConferenceId == id)
            .OrderBy(r => r.Person.Name)
            .ThenBy(r => r.PersonId)
            .Select(r => new Line(
                r.PersonId,
                r.Person.Slug,
                r.Person.Name,
                db.Assignments.Count(a => a.ReviewerId == r.PersonId && a.Microconference.ConferenceId == id),
                db.Reviews.Count(v => v.ReviewerId == r.PersonId && v.Microconference.ConferenceId == id)
            ))
            .ToListAsync(stop);
        Proposals = await db
            .Microconferences.Where(m =>
                m.ConferenceId == id
                && (m.Status == MicroconferenceStatus.Proposed || m.Status == MicroconferenceStatus.ChangesRequested)
            )
            .InPageOrder()
            .Select(m => new Proposal(
                m.Slug,
                m.Title,
                string.Join(
                    ", ",
                    db.Assignments.Where(a => a.MicroconferenceId == m.Id)
                        .OrderBy(a => a.Reviewer.Name)
                        .Select(a => a.Reviewer.Name)
                ),
                db.Reviews.Count(r => r.MicroconferenceId == m.Id)
            ))
            .ToListAsync(stop);
    }

    public sealed record Line(int PersonId, string Slug, string Name, int Assigned, int Reviews);

    public sealed record Proposal(string Slug, string Title, string ReadBy, int Reviews);
}
