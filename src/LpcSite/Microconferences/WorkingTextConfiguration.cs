using LpcSite.Conferences;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Microconferences;

internal sealed class WorkingTextConfiguration : IEntityTypeConfiguration<WorkingText>, IEntityTypeConfiguration<Predecessor>
{
    public void Configure(EntityTypeBuilder<WorkingText> working)
    {
        working.ToTable("working_texts");
        working.Property(w => w.Fields).HasColumnType("jsonb");
        working.HasOne<Conference>().WithMany().HasForeignKey(w => w.ConferenceId);
        working.HasOne<Microconference>().WithMany().HasForeignKey(w => w.MicroconferenceId);
        working.HasOne(w => w.Person).WithMany().HasForeignKey(w => w.PersonId);

        // One a person and form; null (the form of a new one) counts as a value here.
        working.HasIndex(w => new { w.ConferenceId, w.MicroconferenceId, w.PersonId }).IsUnique().AreNullsDistinct(false);
    }

    public void Configure(EntityTypeBuilder<Predecessor> predecessor)
    {
        predecessor.ToTable("predecessors", table => table.HasCheckConstraint("ck_predecessors_not_itself", "microconference_id <> earlier_id"));
        predecessor.HasKey(p => new { p.MicroconferenceId, p.EarlierId });
        predecessor.HasOne(p => p.Earlier).WithMany().HasForeignKey(p => p.EarlierId);
    }
}
