using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace LpcSite.Topics;

internal sealed class TopicConfiguration : IEntityTypeConfiguration<Topic>, IEntityTypeConfiguration<Speaker>
{
    public void Configure(EntityTypeBuilder<Topic> topic)
    {
        topic.ToTable("topics", table =>
        {
            table.HasCheckConstraint("ck_topics_minutes", $"minutes BETWEEN 1 AND {Topic.MaxMinutes}");
            table.HasCheckConstraint("ck_topics_open_speakers", "open_speakers >= 0");
        });
        topic.Property(t => t.Title).HasMaxLength(Topic.TitleMaxLength);
        topic.Property(t => t.Status).HasConversion<string>().HasMaxLength(20);
        topic.Property(t => t.Group).HasMaxLength(Topic.GroupMaxLength);
        topic.Property(t => t.SpeakersNote).HasMaxLength(Topic.NoteMaxLength);
        topic.ComplexProperty(t => t.Details);
        topic.HasMany(t => t.Speakers).WithOne().HasForeignKey(s => s.TopicId).OnDelete(DeleteBehavior.ClientCascade);
        topic.HasIndex(t => new { t.MicroconferenceId, t.Position });
        topic.Property<NpgsqlTsVector>("SearchVector")
            .HasComputedColumnSql("""lpc_vector(title, coalesce("group", '') || ' ' || coalesce(speakers_note, '') || ' ' || details_source)""", stored: true);
        topic.HasIndex("SearchVector").HasMethod("gin");
    }

    public void Configure(EntityTypeBuilder<Speaker> speaker)
    {
        speaker.ToTable("speakers");
        speaker.HasKey(s => new { s.TopicId, s.PersonId });
        speaker.HasOne(s => s.Person).WithMany().HasForeignKey(s => s.PersonId);
    }
}
