using System.Text.Json;
using LpcSite.Browser.Fixture;

namespace LpcSite.Browser.Checkers;

/// <summary>
/// What Lighthouse gives the page on its phone profile, in the categories that look at the page alone. Its performance
/// depends on the machine and is a benchmark.
/// </summary>
public sealed class LighthouseTests(BrowserFixture browser, ITestOutputHelper output)
{
    private const int Attempts = 5;

    private const string Flags =
        "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        + "--disable-component-update --disable-sync --disable-dev-shm-usage";

    private static readonly string[] Categories = ["accessibility", "best-practices", "seo"];

    [Theory, InlineData(PublicPages.Weighed), InlineData(PublicPages.Schedule)]
    public async Task Page_ThatShowsAWholeConferenceOnAPhone_Gets100InAllCategoriesThatCount(string page)
    {
        using var report = JsonDocument.Parse(await MeasureAsync(page));
        var categories = report.RootElement.GetProperty("categories");
        var scores = Categories.ToDictionary(
            category => category,
            category => (int)Math.Round(100 * categories.GetProperty(category).GetProperty("score").GetDouble()),
            StringComparer.Ordinal
        );

        var findings = Categories
            .Where(category => scores[category] < 100)
            .SelectMany(category => Missed(report.RootElement, category));
        Assert.True(
            scores.Values.All(score => score == 100),
            $"{string.Join(", ", scores)}:\n{string.Join('\n', findings)}"
        );
    }

    /// <summary>
    /// A run in which Chromium lost its own trace has measured nothing, as it says itself, and is made again.
    /// A run that measured something is never made again, whatever its scores.
    /// </summary>
    private async Task<string> MeasureAsync(string page)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (exitCode, report, errors) = await Checker.EndAsync(
                "node",
                [
                    Path.Combine(Checker.Packages, "lighthouse", "cli", "index.js"),
                    browser.Address + page,
                    "--quiet",
                    "--output",
                    "json",
                    $"--chrome-path={BrowserFixture.Chromium}",
                    $"--chrome-flags={Flags}",
                    $"--only-categories={string.Join(',', Categories)}",
                ]
            );
            if (exitCode == 0)
            {
                return report;
            }

            output.WriteLine($"Attempt {attempt} ended with exit code {exitCode}: {errors}");
            Assert.True(
                attempt < Attempts && errors.Contains("Please run Lighthouse again", StringComparison.Ordinal),
                $"Lighthouse ended with exit code {exitCode}: {errors}"
            );
        }
    }

    private static IEnumerable<string> Missed(JsonElement report, string category) =>
        from reference in report
            .GetProperty("categories")
            .GetProperty(category)
            .GetProperty("auditRefs")
            .EnumerateArray()
        let audit = report.GetProperty("audits").GetProperty(reference.GetProperty("id").GetString()!)
        let score = audit.GetProperty("score")
        where
            reference.GetProperty("weight").GetDouble() > 0
            && score.ValueKind is JsonValueKind.Number
            && score.GetDouble() < 1
        select $"{category}: {audit.GetProperty("title")} {audit.GetProperty("score")} "
            + $"{(audit.TryGetProperty("details", out var details) ? details.ToString() : "")}";
}
