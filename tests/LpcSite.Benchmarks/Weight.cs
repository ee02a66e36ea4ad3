using System.Globalization;

namespace LpcSite.Benchmarks;

/// <summary>
/// What one visit of each public page sends over the wire: as it is, to the first reader of a changed page, who waits
/// for the compression, and to the many after them.
/// </summary>
internal static class Weight
{
    private static readonly string[] Pages =
    [
        "/2022",
        "/2022/mc",
        "/2022/mc/real-time",
        "/2022/people",
        "/2022/schedule",
        "/2022/schedule.ics",
        "/2022/schedule.xml",
        "/2022/schedule.json",
        "/2022/mc.md",
        "/2022/mc.atom",
    ];

    // In which a page that is read again is compressed as well as it goes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync()
    {
        await using var site = await ExampleSite.StartAsync();
        using var reader = new HttpClient { BaseAddress = new Uri(site.Address) };
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var page in Pages)
        {
            first[page] = await LengthAsync(reader, page, "br");
            await LengthAsync(reader, page, "br");
            await LengthAsync(reader, page, "gzip");
            await LengthAsync(reader, page, "gzip");
        }

        await Task.Delay(Patience);
        foreach (var page in Pages)
        {
            var plain = await LengthAsync(reader, page, "identity");
            var (brotli, gzip) = (await LengthAsync(reader, page, "br"), await LengthAsync(reader, page, "gzip"));
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{page}: {plain:N0} bytes; brotli {first[page]:N0} at first, then {brotli:N0}; gzip {gzip:N0}"
                )
            );
        }

        return 0;
    }

    private static async Task<int> LengthAsync(HttpClient reader, string page, string coding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page)
        {
            Headers = { { "Accept-Encoding", coding } },
        };
        using var answer = await reader.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }
}
