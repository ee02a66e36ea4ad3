using LpcSite.Conferences;
using LpcSite.Data.Content;
using LpcSite.Microconferences;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Calls;

internal sealed class CallConfiguration : IEntityTypeConfiguration<Call>, IEntityTypeConfiguration<LateLink>
{
    public void Configure(EntityTypeBuilder<Call> call)
    {
        call.ToTable(
            "calls",
            table => table.HasCheckConstraint("ck_calls_closes_after_opening", "opens_at < closes_at")
        );
        call.IsPublic(c => c.ConferenceId);
        call.ComplexProperty(c => c.Guidance);
        call.Property(c => c.Template).HasMaxLength(Call.TemplateMaxLength);
        call.Property(c => c.RowVersion).IsRowVersion();
        call.HasOne<Conference>().WithMany().HasForeignKey(c => c.ConferenceId);
        call.HasOne<Microconference>().WithMany().HasForeignKey(c => c.MicroconferenceId);

        // One call for microconferences a conference, one for topics a microconference: null counts as a value here.
        call.HasIndex(c => new { c.ConferenceId, c.MicroconferenceId }).IsUnique().AreNullsDistinct(false);
    }

    public void Configure(EntityTypeBuilder<LateLink> link)
    {
        link.ToTable("late_links", table => table.HasCheckConstraint("ck_late_links_uses", "used <= uses"));
        link.Property(l => l.Key).HasMaxLength(40);
        link.Property(l => l.RowVersion).IsRowVersion();
        link.HasIndex(l => l.Key).IsUnique();
        link.HasOne<Call>().WithMany().HasForeignKey(l => l.CallId);
    }
}
