using System.Text.RegularExpressions;
using LpcSite.DevPostgres;

namespace LpcSite.Tests.Architecture;

/// <summary>
/// Which room of the house may know which: what people and programs meet stands on the features, these stand on the
/// data, and all on the rules.
/// </summary>
public sealed partial class ArrowTests
{
    private static readonly string[] Entrances = ["Pages", "Api", "Commands"];

    private static readonly string[] Features =
    [
        "Accounts",
        "Calls",
        "Conferences",
        "Decisions",
        "Emails",
        "Exports",
        "Imports",
        "Live",
        "Materials",
        "Microconferences",
        "News",
        "Nominations",
        "People",
        "Reviews",
        "Scheduling",
        "Sponsors",
        "Topics",
    ];

    private static readonly string[] Grounds = ["Caching", "Data", "Markdown", "Rules", "Texts", "Web"];

    // What still points the other way, each from one file. Nothing may be added; what is mended is taken out.
    private static readonly (string From, string To)[] Back =
    [
        // The site's address is asked for links in emails, and the network of a sender for limits.
        ("Accounts/Registration", "Web"),
        ("Accounts/SignIn/SignInLimits", "Web"),
        ("Accounts/SignIn/SignInServices", "Web"),
        ("Emails/Sending/ClaimedEmail", "Web"),
        ("Emails/Sending/EmailSender", "Web"),
        ("Emails/Sending/EmailSending", "Web"),
        ("Live/LiveChanges", "Web"),
        // An open page hears of changes under the stamp that the page itself shows.
        ("Api/ChangeEndpoints", "Pages"),
    ];

    public static TheoryData<string> Rooms => [.. Entrances, .. Features, .. Grounds];

    [Fact]
    public void Room_IsNamedHere() =>
        Assert.Equal(
            Rooms.Select(room => room.Data).Concat(["Scripts"]).Order(StringComparer.Ordinal),
            Directory
                .EnumerateDirectories(HouseTests.Source)
                .Select(folder => Path.GetFileName(folder)!)
                .Where(folder =>
                    Directory.EnumerateFiles(Path.Combine(HouseTests.Source, folder)).Any() || Files(folder).Any()
                )
                .Except(["bin", "obj", "wwwroot", "node_modules", ".lpcsite", "Properties"])
                .Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Room_KnowsOnlyWhatItStandsOn(string room) =>
        Assert.Empty(
            from file in Files(room)
            from other in Known(file)
            where other != room && !MayKnow(room, other) && !Back.Contains((file[..^3], other))
            select $"{file} knows {other}"
        );

    [Fact]
    public void Arrow_ThatPointsBack_IsStillThere() =>
        Assert.Empty(Back.Where(arrow => !Known(arrow.From + ".cs").Contains(arrow.To, StringComparer.Ordinal)));

    // The image is built without it.
    [Fact]
    public void PostgresOfDevelopment_IsKnownInOnePlace() =>
        Assert.Equal(
            ["Data/OwnServer.cs"],
            Rooms
                .SelectMany(room => Files(room.Data))
                .Append("Program.cs")
                .Where(file => Known(file).Contains("DevPostgres", StringComparer.Ordinal))
        );

    [Fact]
    public void PostgresOfDevelopment_KnowsNothingOfTheSite() =>
        Assert.DoesNotContain(
            typeof(EmbeddedPostgres).Assembly.GetReferencedAssemblies(),
            assembly => assembly.Name!.StartsWith("LpcSite", StringComparison.Ordinal)
        );

    private static bool MayKnow(string room, string other) =>
        room switch
        {
            "Rules" => false,
            "Markdown" => other is "Texts",
            "Texts" => other is "Markdown" or "Web",
            "Pages" or "Commands" => true,
            "Api" => other is not ("Pages" or "Commands"),
            // The context names every entity, and the cache is told what they change.
            "Data" => other is not "Web" && !Entrances.Contains(other, StringComparer.Ordinal),
            "Caching" => other is "Data" or "Live" or "Rules" or "Web",
            "Web" => !Entrances.Contains(other, StringComparer.Ordinal),
            _ => other is not "Web" && !Entrances.Contains(other, StringComparer.Ordinal),
        };

    private static IEnumerable<string> Known(string file) =>
        Using()
            .Matches(File.ReadAllText(Path.Combine(HouseTests.Source, file)))
            .Select(match => match.Groups["room"].Value)
            .Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Files(string room) =>
        Directory
            .EnumerateFiles(Path.Combine(HouseTests.Source, room), "*.cs", SearchOption.AllDirectories)
            .Where(file => !HouseTests.IsBuilt(file))
            .Select(file => Path.GetRelativePath(HouseTests.Source, file));

    [GeneratedRegex(
        @"^using (?:static )?LpcSite\.(?<room>\w+)",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000
    )]
    private static partial Regex Using();
}
