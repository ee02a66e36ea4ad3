using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Conferences.Settings;

internal sealed class HalfDayConfiguration : IEntityTypeConfiguration<HalfDay>
{
    public void Configure(EntityTypeBuilder<HalfDay> halfDay)
    {
        halfDay.ToTable(
            "half_days",
            table =>
                table.HasCheckConstraint(
                    "ck_half_days_times",
                    "starts < ends AND (break_starts IS NULL) = (break_minutes = 0)"
                )
        );
        halfDay.Property(h => h.Name).HasMaxLength(HalfDay.NameMaxLength);
    }
}
