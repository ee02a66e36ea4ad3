using LpcSite.Conferences;
using LpcSite.Reviews.Assignments;
using LpcSite.Reviews.Remarks;
using LpcSite.Reviews.Scores;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Reviews;

internal sealed class ReviewConfiguration
    : IEntityTypeConfiguration<Criterion>,
        IEntityTypeConfiguration<Review>,
        IEntityTypeConfiguration<Score>,
        IEntityTypeConfiguration<Assignment>,
        IEntityTypeConfiguration<ConflictOfInterest>,
        IEntityTypeConfiguration<Remark>
{
    public void Configure(EntityTypeBuilder<Criterion> criterion)
    {
        criterion.ToTable(
            "criteria",
            table => table.HasCheckConstraint("ck_criteria_weight", "weight BETWEEN 1 AND 10")
        );
        criterion.Property(c => c.Name).HasMaxLength(Criterion.NameMaxLength);
        criterion.Property(c => c.Help).HasMaxLength(Criterion.HelpMaxLength);
        criterion.HasOne<Conference>().WithMany().HasForeignKey(c => c.ConferenceId);
        criterion.HasIndex(c => new { c.ConferenceId, c.Position });
    }

    public void Configure(EntityTypeBuilder<Review> review)
    {
        review.ToTable("reviews");
        review.Property(r => r.Confidence).HasConversion<string>().HasMaxLength(20);
        review.Property(r => r.RowVersion).IsRowVersion();
        review.ComplexProperty(r => r.Text);
        review.HasIndex(r => new { r.MicroconferenceId, r.ReviewerId }).IsUnique();
        review.HasOne(r => r.Microconference).WithMany().HasForeignKey(r => r.MicroconferenceId);
        review.HasOne(r => r.Reviewer).WithMany().HasForeignKey(r => r.ReviewerId);
        review.HasMany(r => r.Scores).WithOne().HasForeignKey(s => s.ReviewId).OnDelete(DeleteBehavior.ClientCascade);
    }

    public void Configure(EntityTypeBuilder<Score> score)
    {
        score.ToTable("scores", table => table.HasCheckConstraint("ck_scores_value", "value BETWEEN 1 AND 5"));
        score.HasKey(s => new { s.ReviewId, s.CriterionId });
        score.HasOne<Criterion>().WithMany().HasForeignKey(s => s.CriterionId);
    }

    public void Configure(EntityTypeBuilder<Assignment> assignment)
    {
        assignment.ToTable("assignments");
        assignment.HasKey(a => new { a.MicroconferenceId, a.ReviewerId });
        assignment.HasOne(a => a.Microconference).WithMany().HasForeignKey(a => a.MicroconferenceId);
        assignment.HasOne(a => a.Reviewer).WithMany().HasForeignKey(a => a.ReviewerId);
        assignment.HasOne(a => a.By).WithMany().HasForeignKey(a => a.ById);
    }

    public void Configure(EntityTypeBuilder<ConflictOfInterest> conflict)
    {
        conflict.ToTable("conflicts_of_interest");
        conflict.HasKey(c => new { c.MicroconferenceId, c.PersonId });
        conflict.Property(c => c.Reason).HasMaxLength(ConflictOfInterest.ReasonMaxLength);
        conflict.HasOne(c => c.Microconference).WithMany().HasForeignKey(c => c.MicroconferenceId);
        conflict.HasOne(c => c.Person).WithMany().HasForeignKey(c => c.PersonId);
        conflict.HasOne(c => c.By).WithMany().HasForeignKey(c => c.ById);
    }

    public void Configure(EntityTypeBuilder<Remark> remark)
    {
        remark.ToTable(
            "remarks",
            table => table.HasCheckConstraint("ck_remarks_paragraph", "(quote IS NULL) = (place IS NULL)")
        );
        remark.Property(r => r.Audience).HasConversion<string>().HasMaxLength(20);
        remark.Property(r => r.Quote).HasMaxLength(Remark.QuoteMaxLength);
        remark.ComplexProperty(r => r.Text);
        remark.HasOne(r => r.Microconference).WithMany().HasForeignKey(r => r.MicroconferenceId);
        remark.HasOne(r => r.By).WithMany().HasForeignKey(r => r.ById);
        remark.HasIndex(r => new { r.MicroconferenceId, r.Id });
    }
}
