using LpcSite.Conferences;
using LpcSite.Data.Content;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace LpcSite.Microconferences;

internal sealed class MicroconferenceConfiguration : IEntityTypeConfiguration<Microconference>
{
    public void Configure(EntityTypeBuilder<Microconference> microconference)
    {
        microconference.ToTable(
            "microconferences",
            table =>
            {
                table.HasCheckConstraint(
                    "ck_microconferences_merged",
                    "(status = 'Merged') = (merged_into_id IS NOT NULL) AND merged_into_id <> id"
                );
                microconference.IsPublic(m => m.ConferenceId);
                table.HasCheckConstraint(
                    "ck_microconferences_withdrawn",
                    "withdrawn_from IS NULL OR status = 'Withdrawn'"
                );
                table.HasCheckConstraint("ck_microconferences_form", "form IS NULL OR status = 'Accepted'");
            }
        );
        microconference.Property(m => m.Slug).HasMaxLength(Slug.MaxLength);
        microconference
            .Property(m => m.Title)
            .HasMaxLength(Microconference.TitleMaxLength)
            .UseCollation(Data.LpcDbContext.TitleOrder);
        microconference.Property(m => m.Status).HasConversion<string>().HasMaxLength(20);
        microconference.Property(m => m.Form).HasConversion<string>().HasMaxLength(20);
        microconference.Property(m => m.WithdrawnFrom).HasConversion<string>().HasMaxLength(20);
        microconference.Property(m => m.WithdrawnForm).HasConversion<string>().HasMaxLength(20);
        microconference.Property(m => m.RowVersion).IsRowVersion();
        microconference.HasIndex(m => new { m.ConferenceId, m.Slug }).IsUnique();
        microconference.HasOne(m => m.Conference).WithMany().HasForeignKey(m => m.ConferenceId);
        microconference.HasOne(m => m.MergedInto).WithMany().HasForeignKey(m => m.MergedIntoId);
        microconference.HasMany(m => m.Revisions).WithOne().HasForeignKey(r => r.MicroconferenceId);
        microconference
            .HasMany(m => m.Leads)
            .WithOne()
            .HasForeignKey(l => l.MicroconferenceId)
            .OnDelete(DeleteBehavior.ClientCascade);
        microconference
            .HasMany(m => m.KeyAttendees)
            .WithOne()
            .HasForeignKey(k => k.MicroconferenceId)
            .OnDelete(DeleteBehavior.ClientCascade);
        microconference
            .HasMany(m => m.References)
            .WithOne()
            .HasForeignKey(r => r.MicroconferenceId)
            .OnDelete(DeleteBehavior.ClientCascade);
        microconference.HasMany(m => m.Topics).WithOne().HasForeignKey(t => t.MicroconferenceId);
        microconference
            .HasMany(m => m.Predecessors)
            .WithOne()
            .HasForeignKey(p => p.MicroconferenceId)
            .OnDelete(DeleteBehavior.ClientCascade);
        microconference
            .Property<NpgsqlTsVector>("SearchVector")
            .HasComputedColumnSql("lpc_vector(title, '')", stored: true);
        microconference.HasIndex("SearchVector").HasMethod("gin");
    }
}
