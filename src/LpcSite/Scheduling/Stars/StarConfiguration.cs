using LpcSite.Conferences;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Scheduling.Stars;

internal sealed class StarConfiguration : IEntityTypeConfiguration<Star>, IEntityTypeConfiguration<StarFeed>
{
    public void Configure(EntityTypeBuilder<Star> star)
    {
        star.ToTable("stars");
        star.HasKey(s => new
        {
            s.PersonId,
            s.ConferenceId,
            s.Uid,
        });
        star.Property(s => s.Uid).HasMaxLength(Star.UidMaxLength);
        star.HasOne(s => s.Person).WithMany().HasForeignKey(s => s.PersonId);
        star.HasOne<Conference>().WithMany().HasForeignKey(s => s.ConferenceId);
        star.HasIndex(s => new { s.ConferenceId, s.Uid });
    }

    public void Configure(EntityTypeBuilder<StarFeed> feed)
    {
        feed.ToTable("star_feeds");
        feed.HasKey(f => f.PersonId);
        feed.Property(f => f.Token).HasMaxLength(StarFeed.TokenLength);
        feed.HasOne(f => f.Person).WithOne().HasForeignKey<StarFeed>(f => f.PersonId);
        feed.HasIndex(f => f.Token).IsUnique();
    }
}
