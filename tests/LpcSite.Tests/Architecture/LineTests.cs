using System.Globalization;
using System.Text.RegularExpressions;

namespace LpcSite.Tests.Architecture;

/// <summary>
/// That a line is no longer than .editorconfig allows. CSharpier breaks what it can; strings and comments, and the code
/// in pages, it leaves to us.
/// </summary>
public sealed partial class LineTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(HouseTests.Source, "..", ".."));

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void Line_OfCode_IsNoLongerThanAllowed(string folder) => RequireShort(Files(folder, "*.cs"), File.ReadLines);

    [Fact]
    public void Line_OfCodeInAPage_IsNoLongerThanAllowed() =>
        RequireShort(Files("src", "*.cshtml"), file => WithoutMarkup(File.ReadLines(file)));

    [Fact]
    public void Page_OfCodeAndMarkup_GivesItsCode()
    {
        string[] page =
        [
            "@page",
            "@{",
            "  var one = 1;",
            "  void Two()",
            "  {",
            "    <p>",
            "  }",
            "}",
            "<p>",
            "  words",
            "  @if (one > 0)",
            "</p>",
            "@functions {",
            "  int Three() => 3;",
            "}",
            "words",
        ];

        Assert.Equal(
            [
                "@page",
                "@{",
                "  var one = 1;",
                "  void Two()",
                "  {",
                "  }",
                "}",
                "  @if (one > 0)",
                "@functions {",
                "  int Three() => 3;",
                "}",
            ],
            WithoutMarkup(page).Where(line => line.Length > 0)
        );
    }

    private static void RequireShort(List<string> files, Func<string, IEnumerable<string>> read)
    {
        var limit = Limit();
        Assert.NotEmpty(files);
        Assert.Empty(
            from file in files
            from line in read(file).Select((text, i) => (Length: text.EnumerateRunes().Count(), Number: i + 1))
            where line.Length > limit
            select $"{Path.GetRelativePath(Root, file)}:{line.Number} has {line.Length} characters"
        );
    }

    private static int Limit()
    {
        var limits = File.ReadLines(Path.Combine(Root, ".editorconfig"))
            .SkipWhile(line => line != "[*.cs]")
            .Skip(1)
            .TakeWhile(line => !line.StartsWith('['))
            .Select(line => MaxLineLength().Match(line))
            .Where(match => match.Success);
        return int.Parse(Assert.Single(limits).Groups["limit"].Value, CultureInfo.InvariantCulture);
    }

    // What EF Core has written stays as it is.
    private static List<string> Files(string folder, string pattern) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
                .Where(file => !HouseTests.IsBuilt(file) && !file.Contains("/Migrations/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    // Blocks of code, and lines that begin with code; an empty line for each of the others, so that the numbers stay
    // right. A block ends where a brace stands as far to the right as it began.
    private static IEnumerable<string> WithoutMarkup(IEnumerable<string> page)
    {
        string? end = null;
        foreach (var line in page)
        {
            var text = line.TrimStart();
            if (end is null && Block().IsMatch(text))
            {
                end = $"{line[..^text.Length]}}}";
            }

            yield return (end is null ? text.StartsWith('@') : !text.StartsWith('<')) ? line : "";
            if (line == end)
            {
                end = null;
            }
        }
    }

    [GeneratedRegex(@"^max_line_length *= *(?<limit>[0-9]+)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MaxLineLength();

    [GeneratedRegex(@"^@(functions *)?\{\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}
