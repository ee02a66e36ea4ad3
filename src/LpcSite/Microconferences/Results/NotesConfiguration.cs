using LpcSite.Data.Content;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace LpcSite.Microconferences.Results;

internal sealed class NotesConfiguration : IEntityTypeConfiguration<Notes>
{
    public void Configure(EntityTypeBuilder<Notes> notes)
    {
        notes.ToTable(
            "notes",
            table =>
                table.HasCheckConstraint(
                    "ck_notes_of",
                    "num_nonnulls(microconference_id, topic_id) = 1 AND NOT (is_outcome AND topic_id IS NOT NULL)"
                )
        );
        notes.IsPublic(n => n.MicroconferenceId, n => n.TopicId);
        notes.ComplexProperty(n => n.Text);
        notes.Property(n => n.RowVersion).IsRowVersion();
        notes.Ignore(n => n.Of);
        notes.HasOne<Microconference>().WithMany().HasForeignKey(n => n.MicroconferenceId);
        notes.HasOne<Topic>().WithMany().HasForeignKey(n => n.TopicId);
        notes.HasOne(n => n.By).WithMany().HasForeignKey(n => n.ById);

        // Two who write the first notes at once both want to add them: the second one loses here and is shown both
        // texts.
        notes
            .HasIndex(n => new
            {
                n.MicroconferenceId,
                n.TopicId,
                n.IsOutcome,
            })
            .IsUnique()
            .AreNullsDistinct(false);
        notes
            .Property<NpgsqlTsVector>("SearchVector")
            .HasComputedColumnSql("lpc_vector('', text_source)", stored: true);
        notes.HasIndex("SearchVector").HasMethod("gin");
    }
}
