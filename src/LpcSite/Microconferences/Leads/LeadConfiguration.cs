using LpcSite.Data.Content;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Microconferences.Leads;

internal sealed class LeadConfiguration
    : IEntityTypeConfiguration<Lead>,
        IEntityTypeConfiguration<KeyAttendee>,
        IEntityTypeConfiguration<Reference>
{
    public void Configure(EntityTypeBuilder<Lead> lead)
    {
        lead.ToTable("leads");
        lead.IsPublic(l => l.MicroconferenceId);
        lead.HasKey(l => new { l.MicroconferenceId, l.PersonId });
        lead.HasOne(l => l.Person).WithMany().HasForeignKey(l => l.PersonId);
    }

    public void Configure(EntityTypeBuilder<KeyAttendee> keyAttendee)
    {
        keyAttendee.ToTable("key_attendees");
        keyAttendee.IsPublic(k => k.MicroconferenceId);
        keyAttendee.HasKey(k => new { k.MicroconferenceId, k.PersonId });
        keyAttendee
            .Property(k => k.Attendance)
            .HasConversion<string>()
            .HasMaxLength(20)
            .HasDefaultValue(People.Attendance.Unknown);
        keyAttendee.HasOne(k => k.Person).WithMany().HasForeignKey(k => k.PersonId);
    }

    public void Configure(EntityTypeBuilder<Reference> reference)
    {
        reference.ToTable("references");
        reference.IsPublic(r => r.MicroconferenceId);
        reference.Property(r => r.Label).HasMaxLength(Reference.LabelMaxLength);
        reference.Property(r => r.Url).HasMaxLength(Reference.UrlMaxLength);
        reference.HasIndex(r => new { r.MicroconferenceId, r.Position });
    }
}
