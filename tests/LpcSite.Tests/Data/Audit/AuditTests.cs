using LpcSite.Data.Audit;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LpcSite.Tests.Data.Audit;

/// <summary>The record of changes: nobody rewrites it, and organizers find what they look for in it.</summary>
public sealed class AuditTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UPDATE audit_entries SET verb = 'nothing'")]
    [InlineData("DELETE FROM audit_entries")]
    [InlineData("TRUNCATE audit_entries")]
    public async Task Record_OnceWritten_IsRefusedEveryChange(string sql)
    {
        await WriteAsync("did", "/kept");
        await using var db = site.OpenDatabase();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlRawAsync(sql, Stop));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        Assert.True(await db.AuditEntries.AnyAsync(e => e.Verb == "did" && e.Subject == "/kept", Stop));
    }

    [Fact]
    public async Task Page_WithFewAndWithManyEntries_AsksTheSameNumberOfStatementsAndPages()
    {
        await site.Given.ConferenceAsync();
        using var organizer = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        await WriteAsync("counted", "/one");

        // The frame of a conference is asked for once.
        await organizer.ReadAsync("/2022/organize/audit");
        var few = await StatementsAsync(organizer);
        for (var i = 0; i < AuditLine.PageSize; i++)
        {
            await WriteAsync("counted", $"/many/{i}");
        }

        var many = await StatementsAsync(organizer);
        var first = await organizer.ReadAsync("/2022/organize/audit?what=counted");
        var older = await organizer.ReadAsync(
            "/2022/organize/audit"
                + first.QuerySelectorAll("main a").Single(a => a.TextContent == "Older").GetAttribute("href")
        );

        Assert.Equal(few, many);
        Assert.Equal(AuditLine.PageSize, first.QuerySelectorAll(".audit li").Length);
        Assert.Equal("/one", older.QuerySelector(".audit li a")?.TextContent);
    }

    [Fact]
    public async Task Page_WithSignsOfAPattern_TakesThemAsTheyAre()
    {
        await site.Given.ConferenceAsync();
        using var organizer = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        await WriteAsync("fell by 100%", "/percent");

        Assert.Equal(
            "/percent",
            (await organizer.ReadAsync("/2022/organize/audit?what=100%25")).QuerySelector(".audit li a")?.TextContent
        );
        Assert.Null((await organizer.ReadAsync("/2022/organize/audit?what=1__%25")).QuerySelector(".audit li"));
    }

    private async Task<int> StatementsAsync(Browsing organizer)
    {
        site.Statements.Clear();
        await organizer.ReadAsync("/2022/organize/audit");
        return site.Statements.Texts.Count;
    }

    private async Task WriteAsync(string verb, string subject)
    {
        await using var db = site.OpenDatabase();
        db.AuditEntries.Add(
            new AuditEntry(
                new Act(null, "test", site.Clock.GetCurrentInstant()),
                verb,
                new AuditSubject(subject),
                null,
                null
            )
        );
        await db.SaveChangesAsync(Stop);
    }
}
