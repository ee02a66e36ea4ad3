using LpcSite.Conferences;
using LpcSite.Data.Content;
using LpcSite.People.Merging;
using LpcSite.People.Pictures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace LpcSite.People;

internal sealed class PersonConfiguration
    : IEntityTypeConfiguration<Person>,
        IEntityTypeConfiguration<PersonAlias>,
        IEntityTypeConfiguration<PersonPicture>,
        IEntityTypeConfiguration<NotDuplicates>
{
    public void Configure(EntityTypeBuilder<Person> person)
    {
        person.ToTable("people");

        // Whoever registers is on no page before they are named as a lead, say.
        person.IsPublicEverywhere().ButNot(p => p.Mail, p => p.Zone).OnceNamed();
        person.Property(p => p.Slug).HasMaxLength(Slug.MaxLength);
        person.Property(p => p.Name).HasMaxLength(Person.NameMaxLength).UseCollation(Data.LpcDbContext.TitleOrder);
        person.Property(p => p.Affiliation).HasMaxLength(Person.NameMaxLength);
        person.Property(p => p.Mail).HasConversion<string>().HasMaxLength(20).HasDefaultValue(MailPreference.AtOnce);
        person.ComplexProperty(p => p.Bio);
        person.HasOne(p => p.MergedInto).WithMany().HasForeignKey(p => p.MergedIntoId);
        person.HasIndex(p => p.Slug).IsUnique();
        person
            .Property<NpgsqlTsVector>("SearchVector")
            .HasComputedColumnSql("lpc_vector(name, coalesce(affiliation, ''))", stored: true);
        person.HasIndex("SearchVector").HasMethod("gin");

        // The name's words in the order of the alphabet, without accents, case and single letters: what spellings of
        // one name have in common.
        person.Property<string>("NameWords").HasComputedColumnSql("lpc_name(name)", stored: true);
        person.HasMany(p => p.Aliases).WithOne().HasForeignKey(a => a.PersonId).OnDelete(DeleteBehavior.ClientCascade);
    }

    public void Configure(EntityTypeBuilder<PersonAlias> alias)
    {
        alias.ToTable("person_aliases");
        alias.IsPublicEverywhere().ButNot(a => a.IsVouchedFor).OnceNamed(a => a.PersonId);
        alias.Property(a => a.Name).HasMaxLength(Person.NameMaxLength);
        alias.Property(a => a.Key).HasMaxLength(Person.NameMaxLength);
        alias.HasIndex(a => a.Key);
        alias.HasIndex(a => new { a.PersonId, a.Key }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<PersonPicture> picture)
    {
        picture.ToTable("person_pictures");
        picture.IsPublicEverywhere();
        picture.HasKey(p => p.PersonId);
        picture.Property(p => p.Hash).HasMaxLength(64);
        picture.Property(p => p.MediaType).HasMaxLength(40);
        picture.HasOne(p => p.Person).WithOne().HasForeignKey<PersonPicture>(p => p.PersonId);
    }

    public void Configure(EntityTypeBuilder<NotDuplicates> distinction)
    {
        distinction.ToTable(
            "distinctions",
            table => table.HasCheckConstraint("ck_distinctions_order", "person_id < other_id")
        );
        distinction.HasKey(d => new { d.PersonId, d.OtherId });
        distinction.HasOne<Person>().WithMany().HasForeignKey(d => d.PersonId);
        distinction.HasOne<Person>().WithMany().HasForeignKey(d => d.OtherId);
        distinction.HasOne(d => d.By).WithMany().HasForeignKey(d => d.ById);
    }
}
