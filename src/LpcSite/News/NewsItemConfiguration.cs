using LpcSite.Conferences;
using LpcSite.Data.Content;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.News;

internal sealed class NewsItemConfiguration : IEntityTypeConfiguration<NewsItem>
{
    public void Configure(EntityTypeBuilder<NewsItem> item)
    {
        item.ToTable("news_items");
        item.IsPublic(i => i.ConferenceId);
        item.Property(i => i.Title).HasMaxLength(NewsItem.TitleMaxLength);
        item.Property(i => i.RowVersion).IsRowVersion();
        item.ComplexProperty(i => i.Text);
        item.HasOne<Conference>().WithMany().HasForeignKey(i => i.ConferenceId);
        item.HasOne(i => i.Microconference).WithMany().HasForeignKey(i => i.MicroconferenceId);
        item.HasOne(i => i.By).WithMany().HasForeignKey(i => i.ById);
        item.HasIndex(i => new { i.ConferenceId, i.PublishedAt });
    }
}
