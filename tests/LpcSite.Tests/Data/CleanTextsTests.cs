using LpcSite.Data.Migrations;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Data;

/// <summary>What was stored before every text had one gate to come in by.</summary>
public sealed class CleanTextsTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mend_OfOldTexts_StoresWhatTheGateWouldLetThrough()
    {
        var ada = await site.Given.PersonAsync("Ada Old");
        await site.Given.MicroconferenceAsync("Old texts", leads: ["Ada Old"], topics: ["Old topic"]);
        await using var db = site.OpenDatabase();
        await db.Database.ExecuteSqlRawAsync(
            """
            UPDATE people SET bio_source = E'One\r\n\r\nTwo\x0C\x1B[31m', name = U&'Ada\200B\00A0Old'
            WHERE slug = 'ada-old';
            INSERT INTO person_aliases (person_id, name, key)
            SELECT id, U&'Ada Old\200B', U&'ada old\200B' FROM people WHERE slug = 'ada-old';
            INSERT INTO person_aliases (person_id, name, key)
            SELECT id, U&'Ada O\2019Old', U&'ada o\2019old' FROM people WHERE slug = 'ada-old';
            UPDATE topics SET details_source = E'a\rb', title = U&'Old\202E \0065\0301' WHERE title = 'Old topic';
            UPDATE microconferences SET title = U&'\200B' WHERE title = 'Old texts';
            """,
            Stop
        );

        await db.Database.ExecuteSqlRawAsync(CleanTexts.Mend, Stop);

        var person = await db.People.Include(p => p.Aliases).SingleAsync(p => p.Id == ada.Id, Stop);
        Assert.Equal("One\n\nTwo\n[31m", person.Bio.Source);
        Assert.Equal("Ada Old", person.Name);
        Assert.Equal(["ada o'old", "ada old"], person.Aliases.Select(a => a.Key).Order(StringComparer.Ordinal));
        var topic = await db.Topics.SingleAsync(t => t.Details.Source == "a\nb", Stop);
        Assert.Equal("Old é", topic.Title);
        Assert.Equal(
            "\u200B",
            await db.Microconferences.Where(m => m.Slug == "old-texts").Select(m => m.Title).SingleAsync(Stop)
        );
    }
}
