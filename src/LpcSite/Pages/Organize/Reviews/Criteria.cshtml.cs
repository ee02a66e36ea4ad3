using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Reviews.Assignments;
using LpcSite.Reviews.Scores;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.Reviews;

/// <summary>What every review is asked, and how much each answer counts.</summary>
public class CriteriaModel(LpcDbContext db, ReviewSetup desk) : FormPage
{
    private const int EmptyRows = 2;

    protected override string? VersionField => "Input.Version";

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public async Task OnGetAsync(CancellationToken stop)
    {
        var id = HttpContext.Conference().Id;
        var known = await db
            .Criteria.Where(c => c.ConferenceId == id)
            .OrderBy(c => c.Position)
            .Select(c => new Row
            {
                Id = c.Id,
                Order = c.Position + 1,
                Name = c.Name,
                Help = c.Help,
                Weight = c.Weight,
            })
            .ToListAsync(stop);
        var empty = Enumerable
            .Range(known.Count + 1, Math.Min(EmptyRows, Criterion.MaxCount - known.Count))
            .Select(order => new Row { Order = order });
        Input = await db
            .Conferences.Where(c => c.Id == id)
            .Select(c => new InputModel { AffiliationsApart = c.KeepsAffiliationsApart, Version = c.RowVersion })
            .SingleAsync(stop);
        Input.Rows = [.. known, .. empty];
    }

    protected override async Task RenewVersionAsync(CancellationToken stop) =>
        Input.Version = await db.Conferences.VersionAsync(HttpContext.Conference().Id, stop);

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                var id = HttpContext.Conference().Id;
                var wanted = Input.Rows.Where(r => !string.IsNullOrWhiteSpace(r.Name)).OrderBy(r => r.Order).ToList();
                await desk.AskAsync(
                    id,
                    wanted.ConvertAll(r => (r.Id, r.Name!.Trim(), (r.Help ?? "").Trim(), r.Weight)),
                    Input.AffiliationsApart,
                    Input.Version,
                    await db.MeAsync(User, stop),
                    stop
                );

                return Done.Say("That is what every review is asked from now on.");
            },
            stop
        );

    public class InputModel
    {
        [MaxLength(Criterion.MaxCount + 1, ErrorMessage = "Use at most {1} criteria.")]
        public List<Row> Rows { get; set; } = [];

        /// <summary>Whether nobody reviews what somebody of their own affiliation leads.</summary>
        public bool AffiliationsApart { get; set; }

        /// <summary>Of the conference, which stands for its criteria too.</summary>
        public uint Version { get; set; }
    }

    public class Row
    {
        /// <summary>In which order they are asked.</summary>
        public const int LastOrder = 99;

        public int Id { get; set; }

        [Range(1, LastOrder, ErrorMessage = "Use a number from {1} to {2}.")]
        public int Order { get; set; }

        /// <summary>Empty for one that is left out.</summary>
        [MaxLength(Criterion.NameMaxLength, ErrorMessage = "A name has at most {1} characters.")]
        public string? Name { get; set; }

        [MaxLength(Criterion.HelpMaxLength, ErrorMessage = "Use at most {1} characters.")]
        public string? Help { get; set; }

        [Range(1, Criterion.MaxWeight, ErrorMessage = "Use a weight from {1} to {2}.")]
        public int Weight { get; set; } = 1;
    }
}
