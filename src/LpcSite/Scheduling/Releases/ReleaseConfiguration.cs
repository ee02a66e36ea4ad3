using LpcSite.Conferences;
using LpcSite.Data.Content;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Scheduling.Releases;

// That a release is never changed and never deleted, a trigger of the migration says.
internal sealed class ReleaseConfiguration : IEntityTypeConfiguration<Release>
{
    public void Configure(EntityTypeBuilder<Release> release)
    {
        release.ToTable("releases");
        release.IsPublic(r => r.ConferenceId);
        release.Property(r => r.Document).HasColumnType("jsonb");
        release.Property(r => r.Comment).HasMaxLength(Release.CommentMaxLength);
        release.HasOne<Conference>().WithMany().HasForeignKey(r => r.ConferenceId);
        release.HasOne(r => r.Of).WithMany().HasForeignKey(r => r.OfId);
        release.HasOne(r => r.By).WithMany().HasForeignKey(r => r.ById);

        // Two who publish at once both want the same number.
        release.HasIndex(r => new { r.ConferenceId, r.Number }).IsUnique();
    }
}
