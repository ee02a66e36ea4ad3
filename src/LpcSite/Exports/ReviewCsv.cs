using System.Globalization;
using LpcSite.Reviews.Scores;

namespace LpcSite.Exports;

/// <summary>The table of reviews for a spreadsheet.</summary>
public static class ReviewCsv
{
    public static byte[] Write(IEnumerable<ReviewLine> lines) =>
        CsvTable.Write(
            ["microconference", "title", "leads", "status", "assigned", "reviews", "mean", "spread"],
            lines.Select(line =>
                new[]
                {
                    line.Slug,
                    line.Title,
                    line.Leads,
                    line.Status.ToString(),
                    Number(line.Assigned),
                    Number(line.Summary?.Count),
                    Number(line.Summary?.Mean),
                    Number(line.Summary?.Spread),
                }
            )
        );

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Number(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
}
