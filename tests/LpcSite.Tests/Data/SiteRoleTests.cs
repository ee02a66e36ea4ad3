using System.Net;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LpcSite.Tests.Data;

/// <summary>
/// The site works as a role that owns nothing: all its pages go on, and the record of changes is out of its reach.
/// </summary>
public sealed class SiteRoleTests : IAsyncLifetime
{
    private readonly SiteFixture _site = new();
    private readonly string _role = $"lpc\"site {Guid.NewGuid():N}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _site.InitializeAsync();
        await using var db = _site.OpenDatabase();
        await SiteRole.GrantAsync(db, _role, "it's a \\secret", Stop);

        // As a second migration does.
        await SiteRole.GrantAsync(db, _role, "it's a \\secret", Stop);
    }

    public async ValueTask DisposeAsync()
    {
        var server = new NpgsqlConnectionStringBuilder(_site.ConnectionString)
        {
            Database = "postgres",
            Pooling = false,
        };
        await _site.DisposeAsync();
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(CancellationToken.None);
        await using var drop = new NpgsqlCommand(
            $"DROP ROLE {new NpgsqlCommandBuilder().QuoteIdentifier(_role)}",
            connection
        );
        await drop.ExecuteNonQueryAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET verb = 'nothing'")]
    [InlineData("DELETE FROM audit_entries")]
    [InlineData("TRUNCATE audit_entries")]
    [InlineData("SET lpcsite.forgets = 'on'; UPDATE audit_entries SET verb = 'nothing'")]
    [InlineData("ALTER TABLE audit_entries DISABLE TRIGGER ALL")]
    [InlineData("DROP TRIGGER append_only ON audit_entries")]
    [InlineData(
        "CREATE OR REPLACE FUNCTION refuse_to_change_audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN "
            + "NULL; END'"
    )]
    [InlineData("DROP TABLE audit_entries")]
    [InlineData("SELECT forget_in_audit((SELECT min(id) FROM people), ARRAY['did'])")]
    [InlineData("DELETE FROM \"__EFMigrationsHistory\"")]
    [InlineData("CREATE TABLE mine (x integer)")]
    public async Task Role_OfTheSite_CannotTouchTheRecordNorTheSchema(string sql)
    {
        await _site.Given.PersonAsync("Some Body");
        await using var db = Open();
        db.AuditEntries.Add(
            new AuditEntry(
                new Act(null, "test", _site.Clock.GetCurrentInstant()),
                "did",
                new AuditSubject("/kept"),
                null,
                null
            )
        );
        await db.SaveChangesAsync(Stop);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlRawAsync(sql, Stop));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        Assert.True(await db.AuditEntries.AnyAsync(e => e.Verb == "did" && e.Subject == "/kept", Stop));
    }

    // The record's trigger refuses as well: what the role lacks is asked of its rights themselves.
    [Fact]
    public async Task Role_OfTheSite_MayOnlyReadTheRecordAndAddToIt()
    {
        await using var db = Open();

        var may = await db
            .Database.SqlQuery<string>(
                $"""
                SELECT p AS "Value"
                FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p
                WHERE has_table_privilege('audit_entries', p)
                """
            )
            .ToListAsync(Stop);

        Assert.Equal(["INSERT", "SELECT"], may.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Site_AsThatRole_ServesWritesAndForgets()
    {
        await using var site = new SiteFixture
        {
            Configure = host =>
                host.UseEnvironment("Production")
                    .UseSetting("Site:Url", "http://localhost")
                    .UseSetting("ConnectionStrings:LpcSite", ConnectionString),
            SharedDatabase = _site.ConnectionString,
        };
        await site.InitializeAsync();
        await site.Given.ConferenceAsync();
        await site.Given.MicroconferenceAsync("Ours", leads: ["Lena Lead", "Gone Soon"]);
        using var gone = await site.AsAsync(await site.Given.PersonAsync("Gone Soon"));
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));

        using var ready = await lead.GetAsync("/readyz");
        using var saved = await lead.SubmitAsync(
            "/2022/mc/ours/edit",
            new() { ["Input.Description"] = "By a role without rights of its own." }
        );
        using var invited = await lead.SubmitAsync(
            "/2022/mc/ours/lead/people",
            new() { ["Input.Name"] = "New Lead", ["Input.Mail"] = "new@example.org" }
        );
        using var removed = await lead.SubmitAsync("/2022/mc/ours/lead/people", [], "Remove: Gone Soon");
        using var erased = await gone.SubmitAsync(
            "/account/erase",
            new() { ["Input.Mail"] = "gone-soon@example.org", ["Input.Password"] = Given.Password }
        );

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.Redirect, "/"),
            (
                ready.StatusCode,
                saved.StatusCode,
                invited.StatusCode,
                removed.StatusCode,
                erased.Headers.Location?.OriginalString
            )
        );
        await using var db = _site.OpenDatabase();
        var record = (await db.AuditEntries.ToListAsync(Stop)).ConvertAll(a => a.Subject + a.Before + a.After);
        Assert.NotEmpty(record);
        Assert.DoesNotContain(
            record,
            line =>
                line.Contains("Gone Soon", StringComparison.Ordinal)
                || line.Contains("gone-soon", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Grant_ToTheOwner_IsRefused()
    {
        await using var db = _site.OpenDatabase();
        var owner = (await db.Database.SqlQuery<string>($"SELECT current_user::text AS \"Value\"").ToListAsync(Stop))[
            0
        ];

        var refused = await Assert.ThrowsAsync<PostgresException>(() => SiteRole.GrantAsync(db, owner, null, Stop));

        Assert.Contains("owns the tables", refused.MessageText, StringComparison.Ordinal);
    }

    private string ConnectionString =>
        new NpgsqlConnectionStringBuilder(_site.ConnectionString)
        {
            Username = _role,
            Password = "it's a \\secret",
        }.ConnectionString;

    private LpcDbContext Open() =>
        new(
            (DbContextOptions<LpcDbContext>)
                LpcDbContextFactory.Configure(new DbContextOptionsBuilder<LpcDbContext>(), ConnectionString).Options
        );
}
