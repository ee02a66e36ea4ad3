using LpcSite.Conferences.Pages;
using LpcSite.Data.Content;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace LpcSite.Conferences;

internal sealed class ConferenceConfiguration
    : IEntityTypeConfiguration<Conference>,
        IEntityTypeConfiguration<ConferencePage>
{
    // A UUID as text.
    private const int DomainMaxLength = 36;

    public void Configure(EntityTypeBuilder<Conference> conference)
    {
        conference.ToTable(
            "conferences",
            table =>
            {
                table.HasCheckConstraint("ck_conferences_dates", "starts_on <= ends_on");
                conference.IsPublicEverywhere();
                table.HasCheckConstraint(
                    "ck_conferences_walking_minutes",
                    $"walking_minutes BETWEEN 0 AND {Conference.MaxWalkingMinutes}"
                );
            }
        );
        conference.Property(c => c.Slug).HasMaxLength(Slug.MaxLength);
        conference.Property(c => c.Name).HasMaxLength(Conference.NameMaxLength);
        conference.Property(c => c.ShortName).HasMaxLength(Conference.NameMaxLength);
        conference.Property(c => c.City).HasMaxLength(Conference.CityMaxLength);
        conference.Property(c => c.State).HasConversion<string>().HasMaxLength(20);
        conference.Property(c => c.WalkingMinutes).HasDefaultValue(Conference.UsualWalkingMinutes).HasSentinel(-1);
        conference.Property(c => c.UidDomain).HasMaxLength(DomainMaxLength).HasDefaultValueSql("lpc_installation()");
        conference.Property(c => c.RowVersion).IsRowVersion();
        conference.HasIndex(c => c.Slug).IsUnique();
        conference
            .HasMany(c => c.Rooms)
            .WithOne()
            .HasForeignKey(r => r.ConferenceId)
            .OnDelete(DeleteBehavior.ClientCascade);
        conference
            .HasMany(c => c.HalfDays)
            .WithOne()
            .HasForeignKey(h => h.ConferenceId)
            .OnDelete(DeleteBehavior.ClientCascade);
        conference
            .HasMany(c => c.SponsorTiers)
            .WithOne()
            .HasForeignKey(t => t.ConferenceId)
            .OnDelete(DeleteBehavior.ClientCascade);
        conference
            .HasMany(c => c.Pages)
            .WithOne()
            .HasForeignKey(p => p.ConferenceId)
            .OnDelete(DeleteBehavior.ClientCascade);
    }

    public void Configure(EntityTypeBuilder<ConferencePage> page)
    {
        page.ToTable("conference_pages");
        page.IsPublic(p => p.ConferenceId);
        page.Property(p => p.Slug).HasMaxLength(Slug.MaxLength);
        page.Property(p => p.Title).HasMaxLength(ConferencePage.TitleMaxLength);
        page.ComplexProperty(p => p.Text);
        page.Property(p => p.RowVersion).IsRowVersion();
        page.HasIndex(p => new { p.ConferenceId, p.Slug }).IsUnique();
        page.Property<NpgsqlTsVector>("SearchVector")
            .HasComputedColumnSql("lpc_vector(title, text_source)", stored: true);
        page.HasIndex("SearchVector").HasMethod("gin");
    }
}
