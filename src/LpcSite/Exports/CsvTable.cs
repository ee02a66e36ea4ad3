using CsvHelper;

namespace LpcSite.Exports;

/// <summary>
/// A table for a spreadsheet (RFC 4180, UTF-8 with the mark that spreadsheets look for): the one writer of all. What a
/// spreadsheet would take for a formula begins with an apostrophe (OWASP, "CSV Injection"), as names and titles come
/// from whoever proposes.
/// </summary>
internal static class CsvTable
{
    private static readonly CsvWriterOptions Format = CsvWriterOptions.Default with
    {
        Injection = CsvInjection.Escape,
        WriteByteOrderMark = true,
    };

    public static byte[] Write(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, Format, leaveOpen: true))
        {
            foreach (var row in rows.Prepend(heads))
            {
                csv.WriteRecord([.. row.Select(Plain)]);
            }
        }

        return bytes.ToArray();
    }

    // What the library leaves: signs in the width of East Asian ones, which spreadsheets there take for the same,
    // others that some take for a beginning, and blanks before them, which some leave out.
    private static string Plain(string cell) =>
        cell is not ['=' or '+' or '-' or '@' or '\t' or '\r', ..]
        && (cell is ['\n', ..] || cell.TrimStart() is [var first, ..] && IsOfFormula(first))
            ? $"'{cell}"
            : cell;

    private static bool IsOfFormula(char sign) =>
        sign
            is '='
                or '+'
                or '-'
                or '@'
                or '|'
                or '%'
                or '\uFF1D'
                or '\uFF0B'
                or '\uFF0D'
                or '\uFF20'
                or '\uFE62'
                or '\uFE63'
                or '\uFE66'
                or '\uFE6B'
                or '\u2212';
}
