using System.ComponentModel.DataAnnotations;
using LpcSite.Sponsors;

namespace LpcSite.Pages.Organize.Sponsors;

/// <summary>The form of a sponsor, but for the file of its logo, which no form can show again.</summary>
public class SponsorInput
{
    [Required(ErrorMessage = "Give it a name.")]
    [StringLength(Sponsor.NameMaxLength, ErrorMessage = "A name has at most {1} characters.")]
    public string Name { get; set; } = "";

    public string? Url { get; set; }
    public bool WithoutLogo { get; set; }

    [MaxLength(LpcSite.Conferences.Conference.MaxTiers, ErrorMessage = "Use at most {1} tiers.")]
    public List<int> Tiers { get; set; } = [];
    public uint Version { get; set; }

    public static SponsorInput Of(Sponsor sponsor, IEnumerable<SponsorTier> tiers) =>
        new()
        {
            Name = sponsor.Name,
            Url = sponsor.Url,
            Version = sponsor.RowVersion,
            Tiers = [.. tiers.Where(t => t.Sponsorships.Any(s => s.SponsorId == sponsor.Id)).Select(t => t.Id)],
        };

    public SponsorEditing.Typed ToTyped(SponsorLogo? logo) =>
        new(Name.Trim(), string.IsNullOrWhiteSpace(Url) ? null : Url.Trim(), logo, WithoutLogo, Tiers, Version);
}
