using LpcSite.Data.Migrations;
using LpcSite.People;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.People;

/// <summary>The names of before are compared as those of now.</summary>
public sealed class NameKeyInSqlTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Theory]
    [InlineData("Ada  Lovelace\u200B")]
    [InlineData("\u202EAda\u00A0Lovelace\u2066\u00AD\uFEFF\uFE0F\u034F\u3164")]
    [InlineData("\uFF21\uFF44\uFF41 Lovelace\U000E0041")]
    [InlineData(
        "Miles O\u2019Brien "
            + "\u2018\u201B\u2032`\u00B4\u02B9\u02BB\u02BC\u02BD\u02BE\u02BF"
            + "\u055A\u05F3\u07F4\u1FBD\u1FBF\u1FEF\u1FFD\u1FFE\uA78C\uFF07'"
    )]
    [InlineData("Jean\u2010Luc\u2011\u2012\u2013\u2014\u2015\u2212\u2043\uFF0D\u058A")]
    [InlineData("Jo\u0308rg \u00C5\u00DFE \uFB01on")]
    [InlineData("\u674E\u96F7 \u00C9mile")]
    public async Task Key_OfTheMigration_IsTheOneOfTheSite(string name)
    {
        await using var db = site.OpenDatabase();
        var key = await db
            .Database.SqlQueryRaw<string>(
                $$"""SELECT {{NamesProveNothing.Key}} AS "Value" FROM (SELECT {0} AS name) AS named""",
                name
            )
            .SingleAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Person.Key(name), key);
    }
}
