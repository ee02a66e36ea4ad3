using System.Text;
using LpcSite.Data.Content;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Caching;

/// <summary>
/// The triggers of the database are those of the model, both ways: what a configuration says of public pages is what
/// PostgreSQL tells.
/// </summary>
public sealed class ContentTriggerTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    // What pg_trigger.tgtype adds up: after each row, on these.
    private const int ForEachRow = 1;
    private const int OnInsert = 4;
    private const int OnDelete = 8;
    private const int OnUpdate = 16;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Triggers_OfTheDatabase_AreThoseOfTheModel()
    {
        await using var db = site.OpenDatabase();
        var made = await db
            .Database.SqlQuery<Trigger>(
                $"""
                SELECT c.relname AS "Table", t.tgtype::integer AS "Type",
                    ARRAY(SELECT a.attname::text FROM unnest(t.tgattr) AS number JOIN pg_attribute a
                        ON a.attrelid = t.tgrelid AND a.attnum = number ORDER BY a.attname COLLATE "C") AS "Columns",
                    t.tgargs AS "Arguments"
                FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc f ON f.oid = t.tgfoid
                WHERE {ContentTriggers.Name} IN (t.tgname, f.proname)
                """
            )
            .ToListAsync(Stop);

        var model = ContentTriggers.Of(db.Model);

        Assert.NotEmpty(model);
        Assert.True(
            model.Select(Line).Order().SequenceEqual(made.Select(t => t.Line).Order()),
            "Another migration has to drop the triggers and to make these:\n\n" + ContentTriggers.Sql(db.Model)
        );
    }

    [Fact]
    public async Task Functions_OfTheDatabase_AreThoseOfTheModel()
    {
        await using var db = site.OpenDatabase();
        var made = await db
            .Database.SqlQuery<string>(
                $"""
                SELECT prosrc AS "Value" FROM pg_proc WHERE proname IN ('lpc_conference_of', {ContentTriggers.Name})
                ORDER BY proname
                """
            )
            .ToListAsync(Stop);

        var model = ContentTriggers.Functions(db.Model);

        Assert.Equal(2, made.Count);
        Assert.True(
            made.TrueForAll(body => Words(model).Contains(Words(body), StringComparison.Ordinal)),
            "Another migration has to make these instead:\n\n" + model
        );
    }

    private static string Line(ContentTrigger trigger) =>
        new Trigger
        {
            Table = trigger.Table,
            Type = ForEachRow + OnDelete + OnUpdate + (trigger.TellsOfNew ? OnInsert : 0),
            Columns = [.. trigger.Columns],
            Arguments = Encoding.UTF8.GetBytes(string.Concat(trigger.Arguments.Select(a => a + '\0'))),
        }.Line;

    // How it is indented says nothing.
    private static string Words(string sql) =>
        string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private sealed class Trigger
    {
        public string Table { get; init; } = "";
        public int Type { get; init; }
        public string[] Columns { get; init; } = [];
        public byte[] Arguments { get; init; } = [];

        public string Line =>
            $"{Table} {Type} {string.Join(',', Columns)} {Encoding.UTF8.GetString(Arguments).Replace('\0', ',')}";
    }
}
