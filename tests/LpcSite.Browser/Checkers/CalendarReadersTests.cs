using System.Text.Json.Nodes;

namespace LpcSite.Browser.Checkers;

/// <summary>
/// That calendars mean to other readers what they mean to us. The files are those that the exports are held to byte for
/// byte; what they should say stands in our own JSON beside them, which was not made by the library that writes
/// calendars.
/// </summary>
public sealed class CalendarReadersTests
{
    private static readonly string Project = Path.Combine(Checker.Packages, "..");
    private static readonly string Golden = Path.Combine(Project, "..", "LpcSite.Tests", "Exports", "GoldenSchedule");

    [Theory]
    [InlineData("first", "schedule.ics", 11)]
    [InlineData("second", "schedule.ics", 11)]
    [InlineData("first", "person.ics", 2)]
    [InlineData("second", "person.ics", 2)]
    [InlineData("first", "letter.ics", 3)]
    [InlineData("second", "letter.ics", 3)]
    public async Task Calendar_ReadByAnother_SaysWhatTheReleaseSays(string reader, string file, int count)
    {
        var events = (await ReadAsync(file))[reader]!.AsArray();
        var expected = await ReleasedAsync();

        Assert.Equal(count, events.Count);
        foreach (var one in events)
        {
            var uid = (string)one!["uid"]!;
            Assert.EndsWith(".2022@lpcsite", uid, StringComparison.Ordinal);
            Assert.Equal(
                expected[uid.Split('.')[0]],
                ((string)one["title"]!, Time(one["starts"]), Time(one["ends"]), (int)one["sequence"]!)
            );
            Assert.NotEqual("", (string)one["place"]!);
        }
    }

    [Fact]
    public async Task Calendar_ReadByTwoReaders_IsTheSameToBoth()
    {
        var read = await ReadAsync("schedule.ics");

        Assert.Equal("Linux Plumbers Conference 2022", (string)read["name"]!);
        Assert.Contains(
            "commas, back\\slashes\\n\nand a second line",
            (string)read["first"]![1]!["text"]!,
            StringComparison.Ordinal
        );

        // One of them takes an n behind an escaped backslash for the end of a line.
        Assert.Equal(
            read["first"]!.ToJsonString().Replace("\\\\n", "\\\\\\n", StringComparison.Ordinal),
            read["second"]!.ToJsonString()
        );
    }

    private static async Task<JsonNode> ReadAsync(string file) =>
        JsonNode.Parse(
            await Checker.RunAsync(
                "node",
                [Path.Combine(Project, "Checkers", "calendars.mjs"), Path.Combine(Golden, file)]
            )
        )!;

    // By uid: sessions, what happens in them, and what was cancelled.
    private static async Task<Dictionary<string, (string, DateTimeOffset, DateTimeOffset, int)>> ReleasedAsync()
    {
        var api = JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(Golden, "api.json"), TestContext.Current.CancellationToken)
        )!;
        var sessions = api["sessions"]!.AsArray();
        return sessions
            .Concat(sessions.SelectMany(s => s!["items"]!.AsArray()))
            .Concat(api["cancelled"]!.AsArray())
            .Where(one => one!["uid"] is not null && one["starts"] is not null)
            .ToDictionary(
                one => (string)one!["uid"]!,
                one => ((string)one!["title"]!, Time(one["starts"]), Time(one["ends"]), (int)one["sequence"]!),
                StringComparer.Ordinal
            );
    }

    private static DateTimeOffset Time(JsonNode? text) =>
        DateTimeOffset.Parse((string)text!, System.Globalization.CultureInfo.InvariantCulture);
}
