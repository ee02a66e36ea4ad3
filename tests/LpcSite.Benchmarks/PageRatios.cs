using System.Globalization;

namespace LpcSite.Benchmarks;

/// <summary>
/// Pages out of the cache and made anew, beside a bare endpoint that answers the same bytes in the same run. Absolute
/// figures are the machine's; the ratios are the site's.
/// </summary>
internal static class PageRatios
{
    private const int Rounds = 5;
    private const int Connections = 16;

    // So many requests until the runtime has compiled the way of a page for good; a site that runs for weeks is in that
    // state.
    private const int WarmUp = 5000;
    private const int WarmUpRounds = 8;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);
    private static readonly string[] Pages = ["/2022/mc", "/2022/mc/open-printing"];

    public static async Task<int> RunAsync()
    {
        await using var site = await OwnSite.CreateAsync();
        await using (var server = await site.StartAsync(alone: true))
        {
            foreach (var page in Pages)
            {
                await CompareAsync(server, page, site.Folder);
            }
        }

        // One request at a time: the site and its database share the machine as they do anywhere.
        await using (var server = await site.StartAsync(alone: false))
        {
            foreach (var page in Pages.Append("/2022/search?q=iommu"))
            {
                await TimeAnewAsync(server, page);
            }
        }

        return 0;
    }

    private static async Task CompareAsync(Server site, string page, string folder)
    {
        var body = Path.Combine(folder, "body");
        using (var client = new HttpClient())
        {
            client.DefaultRequestHeaders.Add("Accept-Encoding", "br");
            await File.WriteAllBytesAsync(body, await client.GetByteArrayAsync($"http://localhost:{site.Port}{page}"));
        }

        await using var bare = await Server.StartAsync(
            address => [typeof(PageRatios).Assembly.Location, "bare", address, body],
            new Dictionary<string, string>(),
            alone: true
        );
        await Load.RequestsPerSecondAsync(site.Port, page, Connections, WarmUpRounds * Round);
        await Load.RequestsPerSecondAsync(bare.Port, page, Connections, WarmUpRounds * Round);
        var ratios = new List<(double Site, double Bare)>();
        for (var round = 0; round < Rounds; round++)
        {
            ratios.Add(
                (
                    await Load.RequestsPerSecondAsync(site.Port, page, Connections, Round),
                    await Load.RequestsPerSecondAsync(bare.Port, page, Connections, Round)
                )
            );
        }

        var rounds = ratios.Select(r => (r.Site / r.Bare).ToString("0.00", CultureInfo.InvariantCulture));
        Say(
            $"{page} cached, {new FileInfo(body).Length:N0} bytes: site {Median(ratios.Select(r => r.Site)):N0}/s, "
                + $"bare {Median(ratios.Select(r => r.Bare)):N0}/s, "
                + $"ratio {Median(ratios.Select(r => r.Site / r.Bare)):0.00} (rounds {string.Join(' ', rounds)})"
        );
    }

    // A request with credentials is never answered from the cache.
    private static async Task TimeAnewAsync(Server site, string page)
    {
        const string Uncached = "Authorization: none\r\n";
        await Load.MillisecondsAsync(site.Port, page, WarmUp, Uncached);
        var times = await Load.MillisecondsAsync(site.Port, page, 500, Uncached);
        Say(
            $"{page} made anew: median {Median(times):0.00} ms, 99th of 100 "
                + $"{times.Order().ElementAt(times.Length * 99 / 100):0.00} ms"
        );
    }

    private static double Median(IEnumerable<double> values) =>
        values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    private static void Say(string text) => Console.WriteLine(text);
}
