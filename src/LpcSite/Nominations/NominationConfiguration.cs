using LpcSite.Conferences;
using LpcSite.Emails;
using LpcSite.Microconferences;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Nominations;

internal sealed class NominationConfiguration
    : IEntityTypeConfiguration<Nomination>,
        IEntityTypeConfiguration<Allowance>
{
    public void Configure(EntityTypeBuilder<Nomination> nomination)
    {
        nomination.ToTable("nominations");
        nomination.Property(n => n.Mail).IsMailAddress();
        nomination.Property(n => n.Kind).HasConversion<string>().HasMaxLength(20);
        nomination.HasOne<Microconference>().WithMany().HasForeignKey(n => n.MicroconferenceId);
        nomination.HasOne(n => n.Person).WithMany().HasForeignKey(n => n.PersonId);
        nomination.HasOne(n => n.By).WithMany().HasForeignKey(n => n.ById);

        // One of the two for each person, and the second lead who names them is told.
        nomination.HasIndex(n => new { n.MicroconferenceId, n.PersonId }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Allowance> allowance)
    {
        allowance.ToTable(
            "allowances",
            table =>
            {
                table.HasCheckConstraint(
                    "ck_allowances_numbers",
                    $"passes BETWEEN 0 AND {Allowance.Most} AND places BETWEEN 0 AND {Allowance.Most}"
                );
                table.HasCheckConstraint(
                    "ck_allowances_deadline",
                    "(closes_at IS NULL) = (zone IS NULL) AND (closes_at IS NULL OR microconference_id IS NULL)"
                );
            }
        );
        allowance.Property(a => a.RowVersion).IsRowVersion();
        allowance.HasOne<Conference>().WithMany().HasForeignKey(a => a.ConferenceId);
        allowance.HasOne<Microconference>().WithMany().HasForeignKey(a => a.MicroconferenceId);

        // One for the conference, one for each that gets other numbers: null counts as a value here.
        allowance.HasIndex(a => new { a.ConferenceId, a.MicroconferenceId }).IsUnique().AreNullsDistinct(false);
    }
}
