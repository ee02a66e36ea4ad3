using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Conferences;

internal sealed class ConferenceConfiguration : IEntityTypeConfiguration<Conference>
{
    public void Configure(EntityTypeBuilder<Conference> conference)
    {
        conference.ToTable("conferences", table => table.HasCheckConstraint("ck_conferences_dates", "starts_on <= ends_on"));
        conference.Property(c => c.Slug).HasMaxLength(Slug.MaxLength);
        conference.Property(c => c.Name).HasMaxLength(Conference.NameMaxLength);
        conference.Property(c => c.ShortName).HasMaxLength(Conference.NameMaxLength);
        conference.Property(c => c.City).HasMaxLength(Conference.CityMaxLength);
        conference.HasIndex(c => c.Slug).IsUnique();
        conference.HasMany(c => c.Rooms).WithOne().HasForeignKey(r => r.ConferenceId).OnDelete(DeleteBehavior.ClientCascade);
        conference.HasMany(c => c.SponsorTiers).WithOne().HasForeignKey(t => t.ConferenceId).OnDelete(DeleteBehavior.ClientCascade);
    }
}
