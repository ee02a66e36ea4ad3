using System.Text;
using LpcSite.Exports;

namespace LpcSite.Tests.Exports;

/// <summary>What a spreadsheet is given to read: words, and never a formula of whoever proposed.</summary>
public sealed class CsvTableTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("＝1+1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠SUM(A1)")]
    [InlineData("﹢1")]
    [InlineData("﹣1")]
    [InlineData("﹦1")]
    [InlineData("﹫x")]
    [InlineData("−1")]
    [InlineData("|cmd")]
    [InlineData("%cmd")]
    [InlineData("\tx")]
    [InlineData("\rx")]
    [InlineData("\nx")]
    [InlineData(" =1+1")]
    [InlineData("\u00A0＝1+1")]
    [InlineData("\u3000=1+1")]
    public void Write_OfWhatBeginsAFormula_MarksItAsWords(string cell) => Assert.Equal($"'{cell}", Read(cell));

    [Theory]
    [InlineData("Rust")]
    [InlineData("a=b")]
    [InlineData("1 + 1")]
    [InlineData("O'Brien, \"Ann\"\nsecond line")]
    [InlineData("")]
    public void Write_OfWords_LeavesThemAsTheyAre(string cell) => Assert.Equal(cell, Read(cell));

    // Every table of the site goes through it, as nobody else knows the writer.
    [Fact]
    public void Csv_IsWrittenInOnePlace()
    {
        var source = Path.Combine(Fixture.FolderOnDisk.SitePath);
        var writers = Directory
            .EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(file =>
                !file.Contains("/obj/", StringComparison.Ordinal)
                && File.ReadAllText(file).Contains("CsvWriter", StringComparison.Ordinal)
            );

        Assert.Equal(["CsvTable.cs"], writers.Select(Path.GetFileName));
    }

    private static string Read(string cell)
    {
        var text = Encoding.UTF8.GetString(
            CsvTable.Write(
                ["head", "cell"],
                [
                    ["first", cell],
                ]
            )
        );
        Assert.Equal('\uFEFF', text[0]);
        var rows = text[1..].Split("\r\n", 2);
        Assert.Equal("head,cell", rows[0]);
        var written =
            rows[1]["first,".Length..].TrimEnd('\r', '\n') is var raw && cell.EndsWith('\n') ? raw + "\n" : raw;
        return written is ['"', .. var inner, '"'] ? inner.Replace("\"\"", "\"", StringComparison.Ordinal) : written;
    }
}
