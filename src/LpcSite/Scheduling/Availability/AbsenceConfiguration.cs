using LpcSite.Conferences;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Scheduling.Availability;

// That the same is not said twice at one moment is a unique index on a range, which EF cannot express: it stands in the
// migration.
internal sealed class AbsenceConfiguration : IEntityTypeConfiguration<Absence>
{
    public void Configure(EntityTypeBuilder<Absence> absence)
    {
        absence.ToTable(
            "absences",
            table =>
                table.HasCheckConstraint(
                    "ck_absences_during",
                    "NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)"
                )
        );
        absence.Property(a => a.During).HasColumnType("tstzrange");
        absence.Property(a => a.Note).HasMaxLength(Absence.NoteMaxLength);
        absence.HasOne<Conference>().WithMany().HasForeignKey(a => a.ConferenceId);
        absence.HasOne(a => a.Person).WithMany().HasForeignKey(a => a.PersonId);
        absence.HasOne(a => a.By).WithMany().HasForeignKey(a => a.ById);
        absence.HasIndex(a => new { a.ConferenceId, a.PersonId });
    }
}
