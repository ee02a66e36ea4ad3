using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace LpcSite.Data;

/// <summary>How the context meets PostgreSQL: in one place for the site, its commands, its tests and the migration tool.</summary>
public sealed class LpcDbContextFactory : IDesignTimeDbContextFactory<LpcDbContext>
{
    public static DbContextOptionsBuilder Configure(DbContextOptionsBuilder options, string connectionString) => options
        .UseNpgsql(connectionString, npgsql => npgsql.UseNodaTime())
        .UseSnakeCaseNamingConvention();

    /// <summary>Writing a migration asks no server.</summary>
    public LpcDbContext CreateDbContext(string[] args) =>
        new((DbContextOptions<LpcDbContext>)Configure(new DbContextOptionsBuilder<LpcDbContext>(), "Host=localhost").Options);
}
