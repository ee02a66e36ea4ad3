using LpcSite.Data.Content;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Sponsors;

internal sealed class SponsorTierConfiguration
    : IEntityTypeConfiguration<SponsorTier>,
        IEntityTypeConfiguration<Sponsorship>
{
    public void Configure(EntityTypeBuilder<SponsorTier> tier)
    {
        tier.ToTable("sponsor_tiers");
        tier.IsPublic(t => t.ConferenceId);
        tier.Property(t => t.Title).HasMaxLength(SponsorTier.TitleMaxLength);
        tier.HasIndex(t => new { t.ConferenceId, t.Title }).IsUnique();
        tier.HasMany(t => t.Sponsorships).WithOne().HasForeignKey(s => s.TierId).OnDelete(DeleteBehavior.ClientCascade);
    }

    public void Configure(EntityTypeBuilder<Sponsorship> sponsorship)
    {
        sponsorship.ToTable("sponsorships");
        sponsorship.IsPublic(s => s.TierId);
        sponsorship.HasKey(s => new { s.TierId, s.SponsorId });
        sponsorship.HasOne(s => s.Sponsor).WithMany().HasForeignKey(s => s.SponsorId);
    }
}
