using LpcSite.Conferences;
using LpcSite.Data.Content;
using LpcSite.Scheduling.Stars;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Scheduling;

internal sealed class ImportedUidConfiguration : IEntityTypeConfiguration<ImportedUid>
{
    public void Configure(EntityTypeBuilder<ImportedUid> imported)
    {
        imported.ToTable("imported_uids");
        imported.IsPublic(i => i.ConferenceId);
        imported.HasKey(i => new { i.ConferenceId, i.Uid });
        imported.Property(i => i.Uid).HasMaxLength(Star.UidMaxLength);
        imported.Property(i => i.Name).HasMaxLength(ImportedUid.NameMaxLength);
        imported.HasOne<Conference>().WithMany().HasForeignKey(i => i.ConferenceId);
        imported.HasIndex(i => new { i.ConferenceId, i.Name }).IsUnique();
    }
}
