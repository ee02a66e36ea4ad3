using LpcSite.Calls;
using LpcSite.Conferences;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Scheduling;
using LpcSite.Sponsors;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using NpgsqlTypes;

namespace LpcSite.Data;

/// <summary>The conference's memory. Nothing is deleted unasked: no key cascades but where an entity says so.</summary>
public class LpcDbContext(DbContextOptions<LpcDbContext> options) : DbContext(options)
{
    /// <summary>Unicode's own order (UCA): letters before case and accents, the same on every server.</summary>
    public const string TitleOrder = "und-x-icu";

    public DbSet<Conference> Conferences => Set<Conference>();
    public DbSet<Room> Rooms => Set<Room>();
    public DbSet<Slot> Slots => Set<Slot>();
    public DbSet<Microconference> Microconferences => Set<Microconference>();
    public DbSet<Revision> Revisions => Set<Revision>();
    public DbSet<Lead> Leads => Set<Lead>();
    public DbSet<KeyAttendee> KeyAttendees => Set<KeyAttendee>();
    public DbSet<Topic> Topics => Set<Topic>();
    public DbSet<Speaker> Speakers => Set<Speaker>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<PersonAlias> PersonAliases => Set<PersonAlias>();
    public DbSet<SponsorTier> SponsorTiers => Set<SponsorTier>();
    public DbSet<Sponsor> Sponsors => Set<Sponsor>();
    public DbSet<Call> Calls => Set<Call>();
    public DbSet<Redirect> Redirects => Set<Redirect>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <summary>What somebody typed, as PostgreSQL searches it; the function stands in the first migration.</summary>
    public static NpgsqlTsQuery SearchQuery(string query) => throw new NotSupportedException("Translated to SQL.");

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Conventions.Remove<CascadeDeleteConvention>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasPostgresExtension("btree_gist");
        modelBuilder.HasPostgresExtension("pg_trgm");
        modelBuilder.HasPostgresExtension("unaccent");
        modelBuilder.HasDbFunction(() => SearchQuery("")).HasName("lpc_query").IsBuiltIn(false);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(LpcDbContext).Assembly);
    }
}
