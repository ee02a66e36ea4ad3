using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.TimeZones;

namespace LpcSite.Pages.Account;

/// <summary>What somebody shows of themselves, and how they want the site to speak to them.</summary>
[Authorize]
public class ProfileModel(LpcDbContext db, MarkdownRenderer renderer, IClock clock) : PageModel
{
    private static readonly string[] ZoneIds =
    [
        .. TzdbDateTimeZoneSource
            .Default.ZoneLocations!.Select(l => l.ZoneId)
            .Append("Etc/UTC")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>
    /// Every zone in which people live, and the one chosen before, should it have got another name since.
    /// </summary>
    public IEnumerable<SelectListItem> Zones =>
        (
            Input.Zone is null || ZoneIds.Contains(Input.Zone, StringComparer.Ordinal)
                ? ZoneIds
                : ZoneIds.Append(Input.Zone)
        ).Select(id => new SelectListItem(id.Replace('_', ' '), id));

    public async Task OnGetAsync(CancellationToken stop)
    {
        var me = await db.MeAsync(User, stop);
        Input = new()
        {
            Name = me.Name,
            Affiliation = me.Affiliation,
            Bio = me.Bio.Source,
            Zone = me.Zone?.Id,
            Mail = me.Mail,
        };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        Check();
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var account = await db.MyAccountAsync(User, stop);
        await db.Entry(account.Person).Collection(p => p.Aliases).LoadAsync(stop);
        Change(account.Person);
        db.Record(account, "changed the profile", clock.GetCurrentInstant(), new { fields = Changed(account.Person) });
        await db.SaveChangesAsync(stop);
        this.Say("Your profile is saved.");
        return LocalRedirect("/account/profile");
    }

    private void Check()
    {
        if (Input.Name is { } name && PlainName.HoldsAddress(name))
        {
            ModelState.AddModelError("Input.Name", "Type your name alone, without an address.");
        }

        if (MarkdownRenderer.Problem(Input.Bio ?? "") is { } problem)
        {
            ModelState.AddModelError("Input.Bio", problem);
        }

        if (Input.Zone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(Input.Zone) is null)
        {
            ModelState.AddModelError("Input.Zone", "There is no such time zone. Choose one of the list.");
        }
    }

    private void Change(Person me)
    {
        me.Rename(Input.Name.Trim());
        var bio = renderer.Render(Input.Bio ?? "", AnchorPrefix.OfBio);
        me.Describe(
            Input.Affiliation?.Trim() is { Length: > 0 } affiliation ? affiliation : null,
            bio == me.Bio ? me.Bio : bio
        );
        me.Prefer(Input.Zone is null ? null : DateTimeZoneProviders.Tzdb[Input.Zone], Input.Mail);
    }

    // The names of the fields alone: what stood there is the person's own, to be forgotten when they ask.
    private string[] Changed(Person me)
    {
        var entry = db.Entry(me);
        return
        [
            .. entry.Properties.Where(p => p.IsModified).Select(p => p.Metadata.Name.ToLowerInvariant()),
            .. entry.ComplexProperties.Where(p => p.IsModified).Select(p => p.Metadata.Name.ToLowerInvariant()),
        ];
    }

    public class InputModel
    {
        [
            Required(ErrorMessage = "Type your name."),
            MaxLength(Person.NameMaxLength, ErrorMessage = "A name has at most {1} characters.")
        ]
        public string Name { get; set; } = "";

        [MaxLength(Person.NameMaxLength, ErrorMessage = "An affiliation has at most {1} characters.")]
        public string? Affiliation { get; set; }

        [MaxLength(Person.BioMaxLength, ErrorMessage = "This text has at most {1} characters.")]
        [DataType(DataType.MultilineText)]
        public string? Bio { get; set; }

        public string? Zone { get; set; }

        [EnumDataType(typeof(MailPreference), ErrorMessage = "Choose one of the list.")]
        public MailPreference Mail { get; set; }
    }
}
