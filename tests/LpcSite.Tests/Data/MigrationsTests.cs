using LpcSite.Data;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LpcSite.Tests.Data;

/// <summary>The schema that the migrations make is the one that the code expects.</summary>
public sealed class MigrationsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Model_IsTheOneOfTheLastMigration()
    {
        using var db = new LpcDbContextFactory().CreateDbContext([]);

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Down_ToTheBeginning_LeavesNothingInTheWayOfTheNextUp()
    {
        var clone = await TestPostgres.CloneAsync(_ => Task.CompletedTask, nameof(MigrationsTests));
        await using var db = new LpcDbContext(
            (DbContextOptions<LpcDbContext>)
                LpcDbContextFactory.Configure(new DbContextOptionsBuilder<LpcDbContext>(), clone).Options
        );
        await db.Database.MigrateAsync(Stop);

        await db.GetService<IMigrator>().MigrateAsync(Migration.InitialDatabase, Stop);

        var left = await db
            .Database.SqlQuery<string>(
                $"""
                SELECT name AS "Value" FROM (
                    SELECT oid, relname AS name, 'pg_class'::regclass AS kind FROM pg_class
                        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'S')
                    UNION ALL
                    SELECT oid, proname, 'pg_proc'::regclass FROM pg_proc WHERE pronamespace = 'public'::regnamespace
                    UNION ALL
                    SELECT oid, cfgname, 'pg_ts_config'::regclass FROM pg_ts_config
                        WHERE cfgnamespace = 'public'::regnamespace) AS thing
                WHERE NOT EXISTS (
                    SELECT FROM pg_depend WHERE classid = kind AND objid = thing.oid AND deptype = 'e')
                """
            )
            .ToListAsync(Stop);
        Assert.Equal(["__EFMigrationsHistory"], left);
        await db.Database.MigrateAsync(Stop);
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Stop));
        await TestPostgres.DropAsync(clone);
    }
}
