using LpcSite.Data.Content;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace LpcSite.Microconferences.Revisions;

internal sealed class RevisionConfiguration : IEntityTypeConfiguration<Revision>
{
    public void Configure(EntityTypeBuilder<Revision> revision)
    {
        revision.ToTable("revisions");
        revision.IsPublic(r => r.MicroconferenceId);
        revision.Property(r => r.Summary).HasMaxLength(Revision.SummaryMaxLength);
        revision.ComplexProperty(r => r.Description);
        revision.ComplexProperty(r => r.Results);
        revision.HasOne(r => r.Author).WithMany().HasForeignKey(r => r.AuthorId);
        revision.HasOne(r => r.Second).WithMany().HasForeignKey(r => r.SecondId);

        // Two saves at once both want the same number: the second one loses here and is shown both texts.
        revision.HasIndex(r => new { r.MicroconferenceId, r.Number }).IsUnique();
        revision
            .Property<NpgsqlTsVector>("SearchVector")
            .HasComputedColumnSql("lpc_vector('', description_source || ' ' || results_source)", stored: true);
        revision.HasIndex("SearchVector").HasMethod("gin");
    }
}
