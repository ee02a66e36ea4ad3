using LpcSite.Conferences;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Scheduling.Clashes;

internal sealed class ClashReasonConfiguration : IEntityTypeConfiguration<ClashReason>
{
    public void Configure(EntityTypeBuilder<ClashReason> clash)
    {
        clash.ToTable("accepted_clashes");
        clash.Property(c => c.Key).HasMaxLength(ClashReason.KeyMaxLength);
        clash.Property(c => c.Reason).HasMaxLength(ClashReason.ReasonMaxLength);
        clash.HasOne<Conference>().WithMany().HasForeignKey(c => c.ConferenceId);
        clash.HasOne(c => c.By).WithMany().HasForeignKey(c => c.ById);
        clash.HasIndex(c => new { c.ConferenceId, c.Key }).IsUnique();
    }
}
