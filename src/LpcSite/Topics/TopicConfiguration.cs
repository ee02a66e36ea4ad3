using LpcSite.Data.Content;
using LpcSite.Decisions;
using LpcSite.Emails;
using LpcSite.Topics.Speakers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace LpcSite.Topics;

internal sealed class TopicConfiguration
    : IEntityTypeConfiguration<Topic>,
        IEntityTypeConfiguration<TopicRevision>,
        IEntityTypeConfiguration<Speaker>,
        IEntityTypeConfiguration<TopicDecision>
{
    public void Configure(EntityTypeBuilder<Topic> topic)
    {
        topic.ToTable(
            "topics",
            table =>
            {
                table.HasCheckConstraint("ck_topics_minutes", $"minutes BETWEEN 1 AND {Topic.MaxMinutes}");
                topic
                    .IsPublic(t => t.MicroconferenceId)
                    .ButNot(t => t.Asked, t => t.AskedAt, t => t.OfferedToId, t => t.Offer);
                table.HasCheckConstraint("ck_topics_open_speakers", "open_speakers >= 0");
                table.HasCheckConstraint(
                    "ck_topics_merged",
                    "(status = 'Merged') = (merged_into_id IS NOT NULL) AND merged_into_id <> id"
                );
                table.HasCheckConstraint(
                    "ck_topics_submitted",
                    "status NOT IN ('Draft', 'Submitted') OR submitter_id IS NOT NULL"
                );
            }
        );
        topic.Property(t => t.Title).HasMaxLength(Topic.TitleMaxLength);
        topic.Property(t => t.Status).HasConversion<string>().HasMaxLength(20);
        topic.Property(t => t.WithdrawnFrom).HasConversion<string>().HasMaxLength(20);
        topic.Property(t => t.Group).HasMaxLength(Topic.GroupMaxLength);
        topic.Property(t => t.SpeakersNote).HasMaxLength(Topic.NoteMaxLength);
        topic.Property(t => t.Availability).HasMaxLength(Topic.AvailabilityMaxLength);
        topic.Property(t => t.Asked).HasMaxLength(Topic.AskedMaxLength);
        topic.Property(t => t.Offer).HasMaxLength(Topic.OfferMaxLength);
        topic.Property(t => t.RowVersion).IsRowVersion();
        topic.ComplexProperty(t => t.Details);
        topic.HasOne(t => t.Submitter).WithMany().HasForeignKey(t => t.SubmitterId);
        topic.HasOne(t => t.MergedInto).WithMany().HasForeignKey(t => t.MergedIntoId);
        topic.HasOne(t => t.OfferedTo).WithMany().HasForeignKey(t => t.OfferedToId);
        topic.HasMany(t => t.Revisions).WithOne().HasForeignKey(r => r.TopicId);
        topic.HasMany(t => t.Speakers).WithOne().HasForeignKey(s => s.TopicId).OnDelete(DeleteBehavior.ClientCascade);
        topic.HasIndex(t => new { t.MicroconferenceId, t.Position });
        topic
            .Property<NpgsqlTsVector>("SearchVector")
            .HasComputedColumnSql(
                """lpc_vector(title, coalesce("group", '') || ' ' """
                    + "|| coalesce(speakers_note, '') || ' ' || details_source)",
                stored: true
            );
        topic.HasIndex("SearchVector").HasMethod("gin");
    }

    public void Configure(EntityTypeBuilder<TopicRevision> revision)
    {
        revision.ToTable("topic_revisions");

        // Two speakers who save at once both want the same number: the second one loses here and is told.
        revision.HasKey(r => new { r.TopicId, r.Number });
        revision.Property(r => r.Title).HasMaxLength(Topic.TitleMaxLength);
        revision.HasOne(r => r.Author).WithMany().HasForeignKey(r => r.AuthorId);
    }

    public void Configure(EntityTypeBuilder<Speaker> speaker)
    {
        speaker.ToTable("speakers");
        speaker.IsPublic(s => s.TopicId).ButNot(s => s.InviteAt, s => s.ConfirmedAt);
        speaker.HasKey(s => new { s.TopicId, s.PersonId });
        speaker
            .Property(s => s.Attendance)
            .HasConversion<string>()
            .HasMaxLength(20)
            .HasDefaultValue(People.Attendance.Unknown);
        speaker.Property(s => s.InviteAt).IsMailAddress();
        speaker.HasOne(s => s.Person).WithMany().HasForeignKey(s => s.PersonId);
    }

    public void Configure(EntityTypeBuilder<TopicDecision> decision)
    {
        decision.ToTable(
            "topic_decisions",
            table =>
            {
                table.HasCheckConstraint(
                    "ck_topic_decisions_into",
                    "(verdict = 'Merge') = (into_id IS NOT NULL) AND into_id <> topic_id"
                );
                table.HasCheckConstraint("ck_topic_decisions_minutes", $"minutes BETWEEN 1 AND {Topic.MaxMinutes}");
            }
        );
        decision.Property(d => d.State).HasConversion<string>().HasMaxLength(20);
        decision.Property(d => d.Verdict).HasConversion<string>().HasMaxLength(20);
        decision.Property(d => d.Note).HasMaxLength(PreparedDecision.NoteMaxLength);
        decision.Property(d => d.Reason).HasMaxLength(PreparedDecision.ReasonMaxLength);
        decision.Property(d => d.RowVersion).IsRowVersion();
        decision.HasOne(d => d.Topic).WithMany().HasForeignKey(d => d.TopicId);
        decision.HasOne(d => d.Into).WithMany().HasForeignKey(d => d.IntoId);
        decision.HasOne(d => d.By).WithMany().HasForeignKey(d => d.ById);

        // One that is being prepared for each topic; those that were released stay as its history.
        decision
            .HasIndex(d => d.TopicId)
            .IsUnique()
            .HasFilter("state IN ('Tentative', 'Applied')")
            .HasDatabaseName("ix_topic_decisions_prepared");
    }
}
