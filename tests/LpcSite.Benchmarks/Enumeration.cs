using System.Globalization;
using System.Net;
using LpcSite.People;
using NodaTime;

namespace LpcSite.Benchmarks;

/// <summary>
/// How long the site takes over an address that has an account and over one that has none, asked for in turn: medians
/// that are further apart than their own scatter would tell a stranger who has an account. That the work is the same is
/// a test; this is what is left to the clock.
/// </summary>
internal static class Enumeration
{
    private const string Known = "known@example.org";
    private const string Unknown = "no-one@example.org";
    private const int WarmUp = 30;
    private const int Rounds = 200;

    public static async Task<int> RunAsync()
    {
        await using var site = await OwnSite.CreateAsync();
        await using (var db = site.Open())
        {
            db.AddRange(
                Desk.AccountOf(
                    new Person("Known", "known"),
                    Known,
                    LeadDesk.Password,
                    SystemClock.Instance.GetCurrentInstant()
                )
            );
            await db.SaveChangesAsync();
        }

        await using var server = await site.StartAsync(alone: false);
        var differ = 0;
        foreach (var page in (string[])["/account/forgot", "/account/register", "/account/sign-in"])
        {
            var times = new Dictionary<string, List<double>>(StringComparer.Ordinal) { [Known] = [], [Unknown] = [] };
            using var browser = new LeadBrowser(server.Port);
            var form = await browser.OpenAsync(page);
            for (var round = 0; round < WarmUp + Rounds; round++)
            {
                foreach (var mail in round % 2 == 0 ? (string[])[Known, Unknown] : [Unknown, Known])
                {
                    var answer = await browser.SendAsync(
                        page,
                        form,
                        new() { ["Input.Mail"] = mail, ["Input.Password"] = "not the password" }
                    );
                    if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.BadRequest))
                    {
                        throw new InvalidOperationException($"{page} answers {answer.Status}.");
                    }

                    times[mail].Add(answer.Took.TotalMilliseconds);
                }
            }

            var (known, unknown) = (Of(times[Known]), Of(times[Unknown]));
            var isApart = Math.Abs(known.Median - unknown.Median) > Math.Max(known.Scatter, unknown.Scatter);
            differ += isApart ? 1 : 0;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{page}: known {known.Median:0.00} ms, unknown {unknown.Median:0.00} ms, scatter "
                        + $"{known.Scatter:0.00} and {unknown.Scatter:0.00} ms{(isApart ? ": APART" : "")}"
                )
            );
        }

        return differ;
    }

    // The median, and the distance between the quartiles.
    private static (double Median, double Scatter) Of(List<double> times)
    {
        var sorted = times.Skip(WarmUp).Order().ToList();
        return (sorted[Rounds / 2], sorted[Rounds * 3 / 4] - sorted[Rounds / 4]);
    }
}
