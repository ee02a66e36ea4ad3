using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Scheduling.Sessions;

// That items of one session do not overlap and do not leave their slot, the migration says: an exclusion constraint and
// a trigger.
internal sealed class SessionItemConfiguration : IEntityTypeConfiguration<SessionItem>
{
    public void Configure(EntityTypeBuilder<SessionItem> item)
    {
        item.ToTable(
            "session_items",
            table =>
            {
                table.HasCheckConstraint(
                    "ck_session_items_minutes",
                    $"starts_after >= 0 AND minutes BETWEEN 1 AND {Topics.Topic.MaxMinutes}"
                );
                table.HasCheckConstraint(
                    "ck_session_items_topic",
                    "(topic_id IS NULL) = (title IS NOT NULL) AND NOT (is_break AND topic_id IS NOT NULL)"
                );
            }
        );
        item.Property(i => i.Title).HasMaxLength(SessionItem.TitleMaxLength);
        item.HasOne(i => i.Microconference).WithMany().HasForeignKey(i => i.MicroconferenceId);

        // What was arranged outlives the place: it waits for the next one.
        item.HasOne(i => i.Slot).WithMany().HasForeignKey(i => i.SlotId).OnDelete(DeleteBehavior.SetNull);
        item.HasOne(i => i.Topic).WithMany().HasForeignKey(i => i.TopicId);

        // A topic is discussed once.
        item.HasIndex(i => i.TopicId).IsUnique();
    }
}
