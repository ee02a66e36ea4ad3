using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LpcSite.Conferences;

internal sealed class RedirectConfiguration : IEntityTypeConfiguration<Redirect>
{
    public void Configure(EntityTypeBuilder<Redirect> redirect)
    {
        // "from" and "to" are words of SQL.
        redirect.ToTable("redirects", table => table.HasCheckConstraint("ck_redirects_loop", "from_path <> to_path"));
        redirect.HasKey(r => r.From);
        redirect.Property(r => r.From).HasColumnName("from_path").HasMaxLength(Redirect.PathMaxLength);
        redirect.Property(r => r.To).HasColumnName("to_path").HasMaxLength(Redirect.PathMaxLength);
        redirect.HasIndex(r => r.To);
    }
}
