using LpcSite.Conferences;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Decisions;

internal sealed class DecisionConfiguration
    : IEntityTypeConfiguration<Decision>,
        IEntityTypeConfiguration<EmailTemplate>
{
    public void Configure(EntityTypeBuilder<Decision> decision)
    {
        decision.ToTable(
            "decisions",
            table =>
            {
                table.HasCheckConstraint("ck_decisions_form", "form IS NULL OR verdict = 'Accept'");
                table.HasCheckConstraint(
                    "ck_decisions_into",
                    "(verdict = 'Merge') = (into_id IS NOT NULL) AND into_id <> microconference_id"
                );
                table.HasCheckConstraint("ck_decisions_place", "place IS NULL OR verdict = 'Wait'");
            }
        );
        decision.Property(d => d.State).HasConversion<string>().HasMaxLength(20);
        decision.Property(d => d.Verdict).HasConversion<string>().HasMaxLength(20);
        decision.Property(d => d.Form).HasConversion<string>().HasMaxLength(20);
        decision.Property(d => d.Note).HasMaxLength(Decision.NoteMaxLength);
        decision.Property(d => d.Reason).HasMaxLength(Decision.ReasonMaxLength);
        decision.Property(d => d.RowVersion).IsRowVersion();
        decision.HasOne(d => d.Microconference).WithMany().HasForeignKey(d => d.MicroconferenceId);
        decision.HasOne(d => d.Into).WithMany().HasForeignKey(d => d.IntoId);
        decision.HasOne(d => d.By).WithMany().HasForeignKey(d => d.ById);

        // One that is being prepared for each microconference; those that were released stay as its history.
        decision
            .HasIndex(d => d.MicroconferenceId)
            .IsUnique()
            .HasFilter("state IN ('Tentative', 'Applied')")
            .HasDatabaseName("ix_decisions_prepared");
        decision.HasIndex(d => new { d.MicroconferenceId, d.Id });
    }

    public void Configure(EntityTypeBuilder<EmailTemplate> template)
    {
        template.ToTable("letter_templates");
        template.HasKey(t => new { t.ConferenceId, t.Verdict });
        template.Property(t => t.Verdict).HasConversion<string>().HasMaxLength(20);
        template.Property(t => t.Subject).HasMaxLength(EmailTemplate.SubjectMaxLength);
        template.Property(t => t.Text).HasMaxLength(EmailTemplate.TextMaxLength);
        template.Property(t => t.RowVersion).IsRowVersion();
        template.HasOne<Conference>().WithMany().HasForeignKey(t => t.ConferenceId);
    }
}
