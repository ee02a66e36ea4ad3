using System.Globalization;
using CsvHelper;
using LpcSite.Reviews;

namespace LpcSite.Exports;

/// <summary>
/// The table of reviews for a spreadsheet (RFC 4180, UTF-8 with the mark that spreadsheets look for). A text that a spreadsheet would take
/// for a formula begins with an apostrophe, as titles come from whoever proposes.
/// </summary>
public static class ReviewCsv
{
    private static readonly CsvWriterOptions Format = CsvWriterOptions.Default with { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    public static byte[] Write(IEnumerable<ReviewLine> lines)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, Format, leaveOpen: true))
        {
            csv.WriteRecord("microconference", "title", "leads", "status", "assigned", "reviews", "mean", "spread");
            foreach (var line in lines)
            {
                csv.WriteRecord(
                    line.Slug, line.Title, line.Leads, line.Status.ToString(), Number(line.Assigned), Number(line.Summary?.Count), Number(line.Summary?.Mean), Number(line.Summary?.Spread));
            }
        }

        return bytes.ToArray();
    }

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Number(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
}
