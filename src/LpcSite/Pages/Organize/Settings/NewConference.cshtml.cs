using System.ComponentModel.DataAnnotations;
using System.Globalization;
using LpcSite.Accounts;
using LpcSite.Conferences.Settings;
using LpcSite.Data;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.Settings;

/// <summary>
/// Makes a conference, with what another one had or with nothing; organizers alone see it until it is made public.
/// </summary>
public class NewConferenceModel(LpcDbContext db, ConferenceSettings setup) : FormPage
{
    protected override bool HasOneForm => true;

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Original? Source { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        Input = Source is null ? new() { Zone = "UTC" } : InputModel.NextAfter(Source);
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var facts = Input.Read(ModelState);
        return ActAsync(
            async () =>
            {
                var made = await setup.CreateAsync(
                    Input.Slug.Trim(),
                    facts!,
                    Source?.Id,
                    Input.WithSponsors,
                    await db.MeAsync(User, stop),
                    stop
                );
                return Done.Say(
                        $"{made.ShortName} is there. Go through the list below; when it is done, make the "
                            + "conference public."
                    )
                    .GoTo($"{made.Path}/organize");
            },
            stop,
            "Input.Slug"
        );
    }

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        Source = string.IsNullOrEmpty(From)
            ? null
            : await db
                .Conferences.AsNoTracking()
                .Where(c => c.Slug == From)
                .Select(c => new Original(
                    c.Id,
                    c.Slug,
                    c.ShortName,
                    new ConferenceFacts(c.Name, c.ShortName, c.StartsOn, c.EndsOn, c.TimeZone, c.City),
                    c.Rooms.Count,
                    c.SponsorTiers.Count,
                    c.Pages.Count,
                    db.Sponsors.Count(s => s.ConferenceId == c.Id)
                ))
                .SingleOrDefaultAsync(stop);
        return string.IsNullOrEmpty(From) || Source is not null ? null : NotFound();
    }

    /// <summary>The conference that is copied, and how much of it there is.</summary>
    public sealed record Original(
        int Id,
        string Slug,
        string ShortName,
        ConferenceFacts Facts,
        int Rooms,
        int Tiers,
        int Pages,
        int Sponsors
    );

    public class InputModel : FactsInput
    {
        [Required(ErrorMessage = "Say at which address it stands, such as 2027.")]
        [StringLength(
            LpcSite.Conferences.Slug.MaxLength,
            ErrorMessage = "The last part of an address has at most {1} characters."
        )]
        public string Slug { get; set; } = "";

        public bool WithSponsors { get; set; }

        /// <summary>
        /// A guess to begin with: the next year wherever this one's year stands, the same days of the week, and a city
        /// and zone yet to be named.
        /// </summary>
        public static InputModel NextAfter(Original source)
        {
            var facts = source.Facts;
            var (year, next) = (
                facts.StartsOn.Year.ToString(CultureInfo.InvariantCulture),
                (facts.StartsOn.Year + 1).ToString(CultureInfo.InvariantCulture)
            );
            string Later(string text) => text.Replace(year, next, StringComparison.Ordinal);
            var input = new InputModel
            {
                Slug = source.Slug.Contains(year, StringComparison.Ordinal) ? Later(source.Slug) : "",
            };
            input.Fill(
                facts with
                {
                    Name = Later(facts.Name),
                    ShortName = Later(facts.ShortName),
                    StartsOn = facts.StartsOn.PlusWeeks(52),
                    EndsOn = facts.EndsOn.PlusWeeks(52),
                    City = "",
                }
            );
            input.Zone = "";
            return input;
        }
    }
}
