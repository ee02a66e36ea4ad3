using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace LpcSite.Benchmarks;

/// <summary>
/// The performance that Lighthouse gives the two largest public pages on its phone profile, a slow device on a slow
/// network. It depends on the machine; what does not is checked by the browser tests.
/// </summary>
internal static class Lighthouse
{
    private const int Runs = 5;

    private const string Flags =
        "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        + "--disable-component-update --disable-sync --disable-dev-shm-usage";

    private static readonly string[] Pages = ["/2022/mc", "/2022/schedule"];

    private static readonly string[] Metrics =
    [
        "first-contentful-paint",
        "largest-contentful-paint",
        "total-blocking-time",
        "cumulative-layout-shift",
        "speed-index",
    ];

    public static async Task<int> RunAsync()
    {
        var program = Path.Combine(
            Example.Root,
            "tests",
            "LpcSite.Browser",
            "node_modules",
            "lighthouse",
            "cli",
            "index.js"
        );
        if (!File.Exists(program))
        {
            Console.Error.WriteLine("Lighthouse is not installed: run npm ci in tests/LpcSite.Browser, or ./test.");
            return 1;
        }

        await using var site = await ExampleSite.StartAsync();
        var below = 0;
        foreach (var page in Pages)
        {
            var scores = new List<int>();
            for (var run = 1; run <= Runs; run++)
            {
                using var report = JsonDocument.Parse(await MeasureAsync(program, site.Address + page));
                scores.Add(
                    (int)
                        Math.Round(
                            100
                                * report
                                    .RootElement.GetProperty("categories")
                                    .GetProperty("performance")
                                    .GetProperty("score")
                                    .GetDouble()
                        )
                );
                var audits = report.RootElement.GetProperty("audits");
                var told = string.Join(
                    ", ",
                    Metrics.Select(metric =>
                        $"{metric} {audits.GetProperty(metric).GetProperty("displayValue").GetString()}"
                    )
                );
                Console.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"{page}, run {run}: {scores[^1]}; {told}")
                );
            }

            below += scores.Max() < 100 ? 1 : 0;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{page}: best {scores.Max()}, median {scores.Order().ElementAt(Runs / 2)}"
                )
            );
        }

        return below == 0 ? 0 : 1;
    }

    private static async Task<string> MeasureAsync(string program, string address)
    {
        var start = new ProcessStartInfo(
            "node",
            [
                program,
                address,
                "--quiet",
                "--output",
                "json",
                "--only-categories=performance",
                $"--chrome-flags={Flags}",
            ]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var report = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? report : throw new InvalidOperationException("Lighthouse failed.");
    }
}
