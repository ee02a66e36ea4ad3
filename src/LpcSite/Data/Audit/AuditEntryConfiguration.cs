using LpcSite.Conferences;
using LpcSite.Microconferences;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Data.Audit;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("audit_entries");
        entry.Property(e => e.Via).HasMaxLength(AuditEntry.WordMaxLength);
        entry.Property(e => e.Verb).HasMaxLength(AuditEntry.WordMaxLength);
        entry.Property(e => e.Subject).HasMaxLength(AuditEntry.SubjectMaxLength);
        entry.Property(e => e.Before).HasColumnType("jsonb");
        entry.Property(e => e.After).HasColumnType("jsonb");
        entry.HasOne(e => e.By).WithMany().HasForeignKey(e => e.PersonId);
        entry.HasOne<Microconference>().WithMany().HasForeignKey(e => e.MicroconferenceId);
        entry.HasOne<Conference>().WithMany().HasForeignKey(e => e.ConferenceId);
        entry.HasIndex(e => e.At);
        entry.HasIndex(e => new { e.Subject, e.At });
    }
}
