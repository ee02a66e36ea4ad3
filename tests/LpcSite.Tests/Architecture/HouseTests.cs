using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using LpcSite.DevPostgres;

namespace LpcSite.Tests.Architecture;

/// <summary>The rules of the house that no compiler knows.</summary>
public sealed partial class HouseTests
{
    private static readonly string[] FeatureFolders =
    [
        "Calls",
        "Conferences",
        "Decisions",
        "Emails",
        "Materials",
        "Microconferences",
        "Nominations",
        "People",
        "Rules",
        "Scheduling",
        "Sponsors",
        "Topics",
        "Markdown",
    ];
    internal static readonly string Source = Path.Combine(Root(), "src", "LpcSite");
    internal static readonly string DevPostgres = Path.Combine(Root(), "src", "LpcSite.DevPostgres");

    public static TheoryData<string> Features => [.. FeatureFolders];

    [Theory]
    [MemberData(nameof(Features))]
    public void FeatureFolder_KnowsNothingOfHttp(string folder) =>
        Assert.Empty(Lines(folder).Where(line => Http().IsMatch(line.Text)));

    [Fact]
    public void Exports_KnowNothingOfHttp() => Assert.Empty(Lines("Exports").Where(line => Http().IsMatch(line.Text)));

    // The services of the data alone say which clock is the real one.
    [Fact]
    public void Clock_OfTheMachine_IsReadNowhere() =>
        Assert.Empty(
            AllLines()
                .Where(line =>
                    MachineClock().IsMatch(line.Text)
                    && !line.File.EndsWith("Data/DataServices.cs", StringComparison.Ordinal)
                )
        );

    // A page changes something by FormPage, which answers for what was refused.
    [Fact]
    public void Refusal_OfAnAttempt_IsAnsweredInOnePlace() =>
        Assert.Equal(
            ["Pages/Manage/Sessions/PublicSession.cs"],
            Lines("Pages").Where(line => CaughtRule().IsMatch(line.Text)).Select(line => line.File)
        );

    // Documents name the tests that show what they say.
    [Fact]
    public void Document_NamesTestsThatAreThere()
    {
        var root = Path.Combine(Source, "..", "..");
        var there = Directory
            .EnumerateFiles(Path.Combine(root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(file => !IsBuilt(file))
            .Select(Path.GetFileNameWithoutExtension)
            .ToHashSet(StringComparer.Ordinal);
        Assert.Empty(
            Directory
                .EnumerateFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories)
                .SelectMany(file => NamedTest().Matches(File.ReadAllText(file)))
                .Select(match => match.Groups["name"].Value)
                .Where(name => !there.Contains(name))
                .Distinct(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Change_IsWrittenDownInOnePlace() =>
        Assert.Equal(
            ["Data/Audit/AuditLog.cs"],
            Lines("")
                .Where(line => line.Text.Contains("new AuditEntry(", StringComparison.Ordinal))
                .Select(line => line.File)
        );

    // The board and the session tell of more than a race, and an import speaks to its operator.
    [Fact]
    public void Refusal_OfTheDatabase_BecomesASentenceInOnePlace() =>
        Assert.Equal(
            [
                "Data/Races.cs",
                "Imports/ConferenceImport.cs",
                "Scheduling/Board/ScheduleBoard.cs",
                "Scheduling/Sessions/SessionPlan.cs",
            ],
            Lines("")
                .Where(line => CaughtUpdate().IsMatch(line.Text))
                .Select(line => line.File)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Markdown_BecomesHtmlInItsFolderAlone() =>
        Assert.Empty(
            Lines("")
                .Where(line =>
                    line.Text.Contains("using Markdig", StringComparison.Ordinal)
                    && !line.File.StartsWith("Markdown/", StringComparison.Ordinal)
                )
        );

    [Fact]
    public void Folder_HasNoNameThatSaysNothing()
    {
        string[] empty = ["Common", "Helpers", "Utils", "Services", "Managers"];
        Assert.Empty(
            Directory
                .EnumerateDirectories(Source, "*", SearchOption.AllDirectories)
                .Where(d => empty.Contains(Path.GetFileName(d)) && !IsBuilt(d))
        );
    }

    // Counted without white space, as the formatter decides how many lines that makes: 130 lines of 160 columns, when
    // there was room for them.
    [Fact]
    public void PageModel_StaysReadable() =>
        Assert.Empty(
            Directory
                .EnumerateFiles(Path.Combine(Source, "Pages"), "*.cshtml.cs", SearchOption.AllDirectories)
                .Where(f => File.ReadAllText(f).Count(c => !char.IsWhiteSpace(c)) > 5_550)
        );

    // In .NET a `$` also matches before a last line feed, so that "2033\n" would pass for "2033": \z does not.
    [Fact]
    public void Pattern_EndsWithItsText_NotBeforeALastLineFeed()
    {
        const BindingFlags Any =
            BindingFlags.Public
            | BindingFlags.NonPublic
            | BindingFlags.Instance
            | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        var patterns = (
            from type in typeof(Program).Assembly.GetTypes().Concat(typeof(EmbeddedPostgres).Assembly.GetTypes())
            from member in type.GetMembers(Any)
            from generated in member.GetCustomAttributes<GeneratedRegexAttribute>()
            select (Where: $"{type.Name}.{member.Name}", generated.Pattern)
        ).ToList();
        var inRoutes = Lines("", "*.cs")
            .Concat(Lines("Pages", "*.cshtml"))
            .SelectMany(line =>
                RoutePattern()
                    .Matches(line.Text)
                    .Select(route => (Where: line.File, Pattern: route.Groups["pattern"].Value))
            )
            .ToList();

        Assert.NotEmpty(patterns);
        Assert.NotEmpty(inRoutes);
        Assert.Empty(
            patterns
                .Concat(inRoutes)
                .Where(p => Escaped().Replace(p.Pattern, "").Contains('$', StringComparison.Ordinal))
        );
    }

    // What is not generated would not be seen by the test above.
    [Fact]
    public void Pattern_IsGenerated() => Assert.Empty(AllLines().Where(line => OtherPattern().IsMatch(line.Text)));

    // What somebody sends by the thousand would make a page, and work, without an end.
    [Fact]
    public void List_OfAForm_SaysHowLongItMayBe()
    {
        var lists = (
            from type in typeof(Program).Assembly.GetTypes()
            where type.Namespace?.StartsWith("LpcSite.Pages", StringComparison.Ordinal) is true
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where
                property.SetMethod is { IsPublic: true } set
                && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
                && property.PropertyType.IsGenericType
                && property.PropertyType.IsAssignableTo(typeof(System.Collections.ICollection))
            select property
        ).ToList();

        Assert.NotEmpty(lists);
        Assert.Empty(
            lists
                .Where(list => list.GetCustomAttribute<MaxLengthAttribute>() is null)
                .Select(list => $"{list.DeclaringType}.{list.Name}")
        );
    }

    private static IEnumerable<(string File, int Number, string Text)> AllLines() =>
        Lines("").Concat(Lines(DevPostgres));

    private static IEnumerable<(string File, int Number, string Text)> Lines(string folder) => Lines(folder, "*.cs");

    private static IEnumerable<(string File, int Number, string Text)> Lines(string folder, string files) =>
        from file in Directory.EnumerateFiles(Path.Combine(Source, folder), files, SearchOption.AllDirectories)
        where !IsBuilt(file)
        from line in File.ReadLines(file).Select((text, i) => (text, i))
        where !line.text.TrimStart().StartsWith("//", StringComparison.Ordinal)
        select (Path.GetRelativePath(Source, file), line.i + 1, line.text);

    internal static bool IsBuilt(string path) =>
        path.Contains("/obj/", StringComparison.Ordinal)
        || path.Contains("/bin/", StringComparison.Ordinal)
        || path.Contains("/node_modules/", StringComparison.Ordinal);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LpcSite.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"`(Browser/)?(?<name>[A-Z][A-Za-z0-9]+Tests)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"catch \((RuleException|RaceException)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CaughtRule();

    [GeneratedRegex(@"catch \(DbUpdate", RegexOptions.None, 1000)]
    private static partial Regex CaughtUpdate();

    [GeneratedRegex(@":regex\((?<pattern>.*)\)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RoutePattern();

    [GeneratedRegex(@"\\.|\[[^\]]*\]", RegexOptions.None, 1000)]
    private static partial Regex Escaped();

    [GeneratedRegex(@"\bnew Regex\(|\bRegex\.(?:IsMatch|Match|Matches|Replace|Split)\(", RegexOptions.None, 1000)]
    private static partial Regex OtherPattern();

    [GeneratedRegex(
        @"Microsoft\.AspNetCore(?!\.Authorization)|HttpContext|HttpRequest|HttpResponse|IResult\b",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Http();

    [GeneratedRegex(
        @"\bDateTime(?:Offset)?\.(?:Utc)?(?:Now|Today)"
            + @"|SystemClock\.Instance|TimeProvider\.System|Environment\.TickCount",
        RegexOptions.None,
        1000
    )]
    private static partial Regex MachineClock();
}
