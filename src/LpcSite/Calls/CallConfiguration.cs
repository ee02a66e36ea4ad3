using LpcSite.Conferences;
using LpcSite.Microconferences;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Calls;

internal sealed class CallConfiguration : IEntityTypeConfiguration<Call>
{
    public void Configure(EntityTypeBuilder<Call> call)
    {
        call.ToTable("calls", table => table.HasCheckConstraint("ck_calls_closes_after_opening", "opens_at < closes_at"));
        call.HasOne<Conference>().WithMany().HasForeignKey(c => c.ConferenceId);
        call.HasOne<Microconference>().WithMany().HasForeignKey(c => c.MicroconferenceId);

        // One call for microconferences a conference, one for topics a microconference: null counts as a value here.
        call.HasIndex(c => new { c.ConferenceId, c.MicroconferenceId }).IsUnique().AreNullsDistinct(false);
    }
}
