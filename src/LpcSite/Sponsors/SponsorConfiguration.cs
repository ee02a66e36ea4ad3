using LpcSite.Conferences;
using LpcSite.Data.Content;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Sponsors;

internal sealed class SponsorConfiguration : IEntityTypeConfiguration<Sponsor>, IEntityTypeConfiguration<SponsorLogo>
{
    public void Configure(EntityTypeBuilder<Sponsor> sponsor)
    {
        sponsor.ToTable("sponsors");
        sponsor.IsPublic(s => s.ConferenceId);
        sponsor.Property(s => s.Name).HasMaxLength(Sponsor.NameMaxLength);
        sponsor.Property(s => s.Url).HasMaxLength(Sponsor.UrlMaxLength);
        sponsor.Property(s => s.RowVersion).IsRowVersion();
        sponsor.HasIndex(s => new { s.ConferenceId, s.Name }).IsUnique();
        sponsor.HasOne<Conference>().WithMany().HasForeignKey(s => s.ConferenceId);
        sponsor
            .HasOne(s => s.Logo)
            .WithOne()
            .HasForeignKey<SponsorLogo>(l => l.SponsorId)
            .OnDelete(DeleteBehavior.ClientCascade);
    }

    public void Configure(EntityTypeBuilder<SponsorLogo> logo)
    {
        logo.ToTable("sponsor_logos");
        logo.IsPublic(l => l.SponsorId);
        logo.HasKey(l => l.SponsorId);
        logo.Property(l => l.Hash).HasMaxLength(64);
        logo.Property(l => l.MediaType).HasMaxLength(40);
    }
}
