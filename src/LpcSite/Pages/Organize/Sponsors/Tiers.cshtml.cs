using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Pages.Shared;
using LpcSite.Sponsors;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.Sponsors;

/// <summary>The ranks in which sponsors are thanked: their titles, sizes and order.</summary>
public class TiersModel(LpcDbContext db, SponsorEditing sponsorEditing) : FormPage
{
    protected override bool HasOneForm => true;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty]
    public string? Change { get; set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        var conference = await ReadAsync(stop);
        Input = new() { Version = conference.RowVersion };
        Input.Tiers.AddRange(
            conference
                .SponsorTiers.OrderBy(t => t.Position)
                .Select(t => new TierInput
                {
                    Id = t.Id,
                    Title = t.Title,
                    Places = t.Places,
                })
        );
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (RowChange.Apply(Change, nameof(Input.Tiers), Input.Tiers, () => new TierInput()))
        {
            ModelState.Clear();
            return Page();
        }

        return await ActAsync(
            async () =>
            {
                await sponsorEditing.RankAsync(
                    await ReadAsync(stop),
                    HttpContext.Conference(),
                    Input.ToTiers(),
                    Input.Version,
                    await db.MeAsync(User, stop),
                    stop
                );

                return Done.Say("The tiers are saved.").GoTo($"{HttpContext.Conference().Path}/organize/sponsors");
            },
            stop
        );
    }

    protected override string? VersionField => "Input.Version";

    protected override async Task RenewVersionAsync(CancellationToken stop) =>
        Input.Version = await db.Conferences.VersionAsync(HttpContext.Conference().Id, stop);

    private Task<Conference> ReadAsync(CancellationToken stop)
    {
        var id = HttpContext.Conference().Id;
        return db
            .Conferences.Include(c => c.SponsorTiers)
                .ThenInclude(t => t.Sponsorships)
            .AsSplitQuery()
            .SingleAsync(c => c.Id == id, stop);
    }

    public class InputModel
    {
        [MaxLength(LpcSite.Conferences.Conference.MaxTiers, ErrorMessage = "Use at most {1} tiers.")]
        public List<TierInput> Tiers { get; set; } = [];
        public uint Version { get; set; }

        public IReadOnlyList<(int? Id, string Title, int Places)> ToTiers() =>
            [
                .. Tiers
                    .Where(t => t.Id is not null || !string.IsNullOrWhiteSpace(t.Title))
                    .Select(t => (t.Id, t.Title?.Trim() ?? "", t.Places ?? 1)),
            ];
    }

    public class TierInput
    {
        public int? Id { get; set; }

        [StringLength(SponsorTier.TitleMaxLength, ErrorMessage = "A title has at most {1} characters.")]
        public string? Title { get; set; }

        [Range(0, SponsorTier.MaxPlaces, ErrorMessage = "A tier has from {1} to {2} logos.")]
        public int? Places { get; set; }
    }
}
