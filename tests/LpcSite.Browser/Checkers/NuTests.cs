using System.Text.Json;
using LpcSite.Browser.Fixture;

namespace LpcSite.Browser.Checkers;

/// <summary>That every page is valid HTML, as the W3C's Nu checker reads the standard.</summary>
public sealed class NuTests(BrowserFixture browser)
{
    [Fact]
    public async Task Html_OfEveryPage_IsValid()
    {
        var folder = Directory.CreateTempSubdirectory("lpcsite-nu-");
        try
        {
            await SaveAsync(folder.FullName);

            // It ends with 1 when it finds something.
            var json = await Checker.RunAsync(
                "java",
                [
                    "-Xss1m",
                    "-jar",
                    Path.Combine(Checker.Packages, "vnu-jar", "build", "dist", "vnu.jar"),
                    "--format",
                    "json",
                    "--stdout",
                    folder.FullName,
                ],
                accepted: 1
            );

            using var report = JsonDocument.Parse(json);
            Findings.None([.. report.RootElement.GetProperty("messages").EnumerateArray().Select(Describe)]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The checker reads no page that answers 404, so all are saved first, in one folder for one run of it.
    private async Task SaveAsync(string folder)
    {
        using var client = new HttpClient { BaseAddress = new Uri(browser.Address) };
        foreach (var (page, number) in PublicPages.AllPaths.Select((page, number) => (page, number)))
        {
            using var response = await client.GetAsync(await browser.PathOfAsync(page));
            var html = await response.Content.ReadAsStringAsync();
            Assert.StartsWith("<!doctype html>", html, StringComparison.Ordinal);
            await File.WriteAllTextAsync(
                Path.Combine(folder, $"{number:00}-{string.Concat(page.Where(char.IsLetterOrDigit))}.html"),
                html
            );
        }
    }

    private static string Describe(JsonElement message) =>
        $"{Path.GetFileName(Text(message, "url"))}: {Text(message, "type")} {Text(message, "subType")}: "
        + $"{Text(message, "message")} {Text(message, "extract")}";

    private static string Text(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) ? value.ToString() : "";
}
