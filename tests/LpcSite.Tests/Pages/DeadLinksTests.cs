using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using LpcSite.Imports;
using LpcSite.Tests.Fixture;
using LpcSite.Tests.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Pages;

/// <summary>
/// The example conference with its schedule released, read as a crawler does: from page to page, their twins and feeds
/// included.
/// </summary>
public sealed partial class DeadLinksTests(SiteFixture site, ITestOutputHelper output) : IClassFixture<SiteFixture>
{
    private const string Origin = "http://localhost";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryLink_OfEveryPublicPageAndItsTwins_LeadsSomewhere()
    {
        await using (var scope = site.Services.CreateAsyncScope())
        {
            var folder = Path.Combine(FolderOnDisk.SitePath, "..", "..", "samples", "lpc2022");
            await scope.ServiceProvider.GetRequiredService<ConferenceImport>().ImportAsync(folder, null, Stop);
        }

        await site.ReleasedAsync("2022");
        site.ForgetPages();
        using var client = site.Anonymous();
        var (pages, anchors, dead) = (
            new Dictionary<string, HashSet<string>?>(StringComparer.Ordinal),
            new List<(string From, string To, string Anchor)>(),
            new List<string>()
        );
        var toRead = new Queue<(string From, string To)>([("", "/")]);
        while (toRead.TryDequeue(out var link))
        {
            if (pages.ContainsKey(link.To))
            {
                continue;
            }

            using var answer = await client.GetAsync(link.To, Stop);
            pages[link.To] = null;
            if (answer.Headers.Location is { } location && (int)answer.StatusCode is >= 300 and < 400)
            {
                Follow(link.To, location.OriginalString);
            }
            else if (answer.StatusCode is not HttpStatusCode.OK)
            {
                dead.Add($"{link.From} leads to {link.To}: {(int)answer.StatusCode}");
            }
            else
            {
                var type = answer.Content.Headers.ContentType?.MediaType;
                var text =
                    type is not null
                    && (
                        type.StartsWith("text/", StringComparison.Ordinal)
                        || type.Contains("xml", StringComparison.Ordinal)
                        || type.Contains("json", StringComparison.Ordinal)
                    )
                        ? await answer.Content.ReadAsStringAsync(Stop)
                        : "";
                pages[link.To] = type == "text/html" ? ReadHtml(link.To, text) : ReadText(link.To, text);
            }
        }

        dead.AddRange(
            anchors
                .Where(a => pages.GetValueOrDefault(a.To) is { } ids && !ids.Contains(a.Anchor))
                .Select(a => $"{a.From} leads to {a.To}#{a.Anchor}, which is not there")
        );
        output.WriteLine($"{pages.Count} addresses.");
        Assert.True(dead.Count == 0, $"{dead.Count} of {pages.Count}:\n{string.Join('\n', dead.Take(60))}");
        Assert.InRange(pages.Count, 500, 20_000);

        HashSet<string> ReadHtml(string at, string html)
        {
            var page = new HtmlParser().ParseDocument(html);
            foreach (var element in page.QuerySelectorAll("a[href], link[href], img[src], script[src]"))
            {
                Follow(at, element.GetAttribute("href") ?? element.GetAttribute("src")!);
            }

            return [.. page.QuerySelectorAll("[id]").Select(e => e.Id!)];
        }

        // What stands in calendars may be folded; what stands in texts ends where no address does.
        HashSet<string>? ReadText(string at, string text)
        {
            foreach (Match address in Addresses().Matches(text.Replace("\r\n ", "", StringComparison.Ordinal)))
            {
                Follow(at, WebUtility.HtmlDecode(address.Value).TrimEnd('.', ',', ')', ':', ';'));
            }

            return null;
        }

        void Follow(string from, string href)
        {
            if (
                !Uri.TryCreate(
                    new Uri(Origin + from),
                    href.Replace("webcal://localhost", Origin, StringComparison.Ordinal),
                    out var to
                )
                || to.Authority != "localhost"
                || to.Scheme != "http"
            )
            {
                return;
            }

            if (to.Fragment.Length > 1)
            {
                anchors.Add((from, to.PathAndQuery, Uri.UnescapeDataString(to.Fragment[1..])));
            }

            // Signing in is no part of what is public.
            if (
                !to.AbsolutePath.StartsWith("/account", StringComparison.Ordinal)
                && !to.AbsolutePath.StartsWith("/my", StringComparison.Ordinal)
            )
            {
                toRead.Enqueue((from, to.PathAndQuery));
            }
        }
    }

    [GeneratedRegex(@"http://localhost/[^\s""'<>\\\]]*", RegexOptions.None, 10_000)]
    private static partial Regex Addresses();
}
