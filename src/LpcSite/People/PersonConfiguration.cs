using LpcSite.Conferences;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace LpcSite.People;

internal sealed class PersonConfiguration : IEntityTypeConfiguration<Person>, IEntityTypeConfiguration<PersonAlias>
{
    public void Configure(EntityTypeBuilder<Person> person)
    {
        person.ToTable("people");
        person.Property(p => p.Slug).HasMaxLength(Slug.MaxLength);
        person.Property(p => p.Name).HasMaxLength(Person.NameMaxLength).UseCollation(Data.LpcDbContext.TitleOrder);
        person.Property(p => p.Affiliation).HasMaxLength(Person.NameMaxLength);
        person.HasIndex(p => p.Slug).IsUnique();
        person.Property<NpgsqlTsVector>("SearchVector").HasComputedColumnSql("lpc_vector(name, coalesce(affiliation, ''))", stored: true);
        person.HasIndex("SearchVector").HasMethod("gin");
        person.HasMany(p => p.Aliases).WithOne().HasForeignKey(a => a.PersonId).OnDelete(DeleteBehavior.ClientCascade);
    }

    public void Configure(EntityTypeBuilder<PersonAlias> alias)
    {
        alias.ToTable("person_aliases");
        alias.Property(a => a.Name).HasMaxLength(Person.NameMaxLength);
        alias.Property(a => a.Key).HasMaxLength(Person.NameMaxLength);
        alias.HasIndex(a => a.Key);
        alias.HasIndex(a => new { a.PersonId, a.Key }).IsUnique();
    }
}
