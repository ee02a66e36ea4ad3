using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.People;

internal sealed class RoleConfiguration : IEntityTypeConfiguration<Organizer>, IEntityTypeConfiguration<Reviewer>
{
    public void Configure(EntityTypeBuilder<Organizer> organizer)
    {
        organizer.ToTable("organizers");
        organizer.HasKey(o => o.PersonId);
        organizer.HasOne(o => o.Person).WithOne().HasForeignKey<Organizer>(o => o.PersonId);
    }

    public void Configure(EntityTypeBuilder<Reviewer> reviewer)
    {
        reviewer.ToTable("reviewers");
        reviewer.HasKey(r => new { r.ConferenceId, r.PersonId });
        reviewer.HasOne(r => r.Conference).WithMany().HasForeignKey(r => r.ConferenceId);
        reviewer.HasOne(r => r.Person).WithMany().HasForeignKey(r => r.PersonId);
    }
}
