using LpcSite.Conferences;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Microconferences.Editing;

internal sealed class WorkingTextConfiguration
    : IEntityTypeConfiguration<WorkingText>,
        IEntityTypeConfiguration<Predecessor>
{
    public void Configure(EntityTypeBuilder<WorkingText> working)
    {
        working.ToTable(
            "working_texts",
            table =>
                table.HasCheckConstraint(
                    "ck_working_texts_of",
                    "NOT is_of_topic AND topic_id IS NULL OR is_of_topic AND num_nonnulls(topic_id, "
                        + "microconference_id) = 1"
                )
        );
        working.Property(w => w.Fields).HasColumnType("jsonb");
        working.HasOne<Conference>().WithMany().HasForeignKey(w => w.ConferenceId);
        working.HasOne<Microconference>().WithMany().HasForeignKey(w => w.MicroconferenceId);
        working.HasOne<Topic>().WithMany().HasForeignKey(w => w.TopicId);
        working.HasOne(w => w.Person).WithMany().HasForeignKey(w => w.PersonId);

        // One a person and form; null (the form of a new one) counts as a value here.
        working
            .HasIndex(w => new
            {
                w.ConferenceId,
                w.MicroconferenceId,
                w.IsOfTopic,
                w.TopicId,
                w.PersonId,
            })
            .IsUnique()
            .AreNullsDistinct(false);
    }

    public void Configure(EntityTypeBuilder<Predecessor> predecessor)
    {
        predecessor.ToTable(
            "predecessors",
            table => table.HasCheckConstraint("ck_predecessors_not_itself", "microconference_id <> earlier_id")
        );
        predecessor.HasKey(p => new { p.MicroconferenceId, p.EarlierId });
        predecessor.HasOne(p => p.Earlier).WithMany().HasForeignKey(p => p.EarlierId);
    }
}
