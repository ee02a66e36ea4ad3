using System.Globalization;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Rules;
using LpcSite.Sponsors;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.Sponsors;

/// <summary>
/// Adds or changes a sponsor: its name, where its logo leads, the logo itself and the tiers in which it stands.
/// </summary>
[RequestSizeLimit(LargestUpload), RequestFormLimits(MultipartBodyLengthLimit = LargestUpload)]
public class SponsorEditModel(LpcDbContext db, SponsorEditing sponsorEditing) : FormPage
{
    protected override bool HasOneForm => true;

    // More than a logo may have, so that one which is too large is refused beside its field and nothing typed is lost.
    private const int LargestUpload = 8 * 1024 * 1024;

    [FromRoute]
    public required string Which { get; init; }

    [BindProperty]
    public SponsorInput Input { get; set; } = new();

    [BindProperty]
    public IFormFile? Logo { get; set; }

    public Sponsor? Sponsor { get; private set; }
    public IReadOnlyList<SponsorTier> Tiers { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        Input = Sponsor is null ? new() : SponsorInput.Of(Sponsor, Tiers);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        SponsorLogo? logo = null;
        await ModelState.AcceptsAsync(nameof(Logo), async () => logo = await ReadAsync(stop));
        return await DoAsync(
            "The sponsors are saved.",
            async () =>
                await sponsorEditing.SaveAsync(
                    HttpContext.Conference(),
                    Sponsor,
                    Input.ToTyped(logo),
                    await db.MeAsync(User, stop),
                    stop
                ),
            Check,
            stop
        );
    }

    private void Check()
    {
        if (Tiers.Count > 0 && Input.Tiers.Count == 0 && Sponsor is null)
        {
            ModelState.AddModelError("Input.Tiers", "Tick at least one tier; in none of them nobody would see it.");
        }

        if (!string.IsNullOrWhiteSpace(Input.Url) && !Sponsor.IsLink(Input.Url.Trim()))
        {
            ModelState.AddModelError("Input.Url", "A sponsor's link is an absolute address that starts with https://.");
        }
    }

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken stop)
    {
        ModelState.Clear();
        return ActAsync(
            async () =>
            {
                if (Sponsor is null)
                {
                    return Done.With(NotFound());
                }

                await sponsorEditing.RemoveAsync(HttpContext.Conference(), Sponsor, await db.MeAsync(User, stop), stop);
                return Done.Say($"{Sponsor.Name} is removed.").GoTo(Overview);
            },
            stop
        );
    }

    private string Overview => $"{HttpContext.Conference().Path}/organize/sponsors";

    protected override string? VersionField => "Input.Version";

    protected override Task RenewVersionAsync(CancellationToken stop)
    {
        Input.Version = Sponsor?.RowVersion ?? 0;
        return Task.CompletedTask;
    }

    private Task<IActionResult> DoAsync(string sentence, Func<Task> change, Action check, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                await change();

                return Done.Say(sentence).GoTo(Overview);
            },
            stop,
            check: check
        );

    private async Task<SponsorLogo?> ReadAsync(CancellationToken stop)
    {
        if (Logo is null)
        {
            return null;
        }

        Rule.Require(
            Logo.Length <= SponsorLogo.MaxBytes,
            $"A logo has at most {SponsorLogo.MaxBytes / 1024} KB; this file has {Logo.Length / 1024}. Choose a "
                + "smaller one."
        );
        using var bytes = new MemoryStream();
        await Logo.CopyToAsync(bytes, stop);
        return SponsorLogo.Read(bytes.ToArray());
    }

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        var id = HttpContext.Conference().Id;
        Tiers = await sponsorEditing.TiersAsync(id, stop);
        Sponsor = int.TryParse(Which, CultureInfo.InvariantCulture, out var number)
            ? await db
                .Sponsors.Include(s => s.Logo)
                .SingleOrDefaultAsync(s => s.ConferenceId == id && s.Id == number, stop)
            : null;
        return Which == "new" || Sponsor is not null ? null : NotFound();
    }
}
