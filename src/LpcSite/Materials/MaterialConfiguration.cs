using LpcSite.Data.Content;
using LpcSite.Materials.Slides;
using LpcSite.Microconferences;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Materials;

// That pieces are kept as they come, outside the row and uncompressed, is said in the migration: they are compressed
// already, most of them.
internal sealed class MaterialConfiguration
    : IEntityTypeConfiguration<Material>,
        IEntityTypeConfiguration<MaterialChunk>,
        IEntityTypeConfiguration<SlidesReminder>
{
    public void Configure(EntityTypeBuilder<Material> material)
    {
        material.ToTable(
            "materials",
            table =>
                table.HasCheckConstraint(
                    "ck_materials_kind",
                    "CASE kind WHEN 'Slides' THEN num_nulls(file_name, media_type, size, hash) = 0 AND url IS NULL "
                        + "WHEN 'Link' THEN title IS NOT NULL AND url IS NOT NULL AND superseded_at IS NULL "
                        + "WHEN 'Recording' THEN url IS NOT NULL AND start_offset IS NOT NULL ELSE false END"
                )
        );
        material.IsPublic(m => m.TopicId);
        material.Property(m => m.Kind).HasConversion<string>().HasMaxLength(20);
        material.Property(m => m.Title).HasMaxLength(Material.TitleMaxLength);
        material.Property(m => m.Url).HasMaxLength(Material.UrlMaxLength);
        material.Property(m => m.FileName).HasMaxLength(FileName.MaxLength);
        material.Property(m => m.MediaType).HasMaxLength(100);
        material.Property(m => m.Hash).HasMaxLength(64);
        material.HasOne<Topic>().WithMany().HasForeignKey(m => m.TopicId);
        material.HasOne(m => m.By).WithMany().HasForeignKey(m => m.ById);
        material
            .HasIndex(m => new
            {
                m.TopicId,
                m.Kind,
                m.Number,
            })
            .IsUnique();

        // Of slides and recordings the public sees one.
        material
            .HasIndex(m => new { m.TopicId, m.Kind })
            .IsUnique()
            .HasDatabaseName("ix_materials_current")
            .HasFilter("kind <> 'Link' AND superseded_at IS NULL AND removed_at IS NULL");
    }

    public void Configure(EntityTypeBuilder<MaterialChunk> chunk)
    {
        chunk.ToTable("material_chunks");
        chunk.HasKey(c => new { c.MaterialId, c.Number });
        chunk.HasOne<Material>().WithMany().HasForeignKey(c => c.MaterialId);
    }

    public void Configure(EntityTypeBuilder<SlidesReminder> reminder)
    {
        reminder.ToTable("slides_reminders");
        reminder.HasKey(r => r.MicroconferenceId);
        reminder.HasOne<Microconference>().WithOne().HasForeignKey<SlidesReminder>(r => r.MicroconferenceId);
    }
}
