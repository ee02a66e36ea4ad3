using System.Diagnostics;
using System.Net;
using LpcSite.Conferences;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Benchmarks;

/// <summary>
/// One page of a conference, read steadily for half a minute while two leads save once a second: in another conference,
/// where 99 of 100 readers find it kept, and in its own, where it is made anew after each save. A kept page leaves
/// before the log, so that each line of the log is one that was made; one that was made ahead counts as made for a
/// reader.
/// </summary>
internal static class Hits
{
    private const string Page = "/2022/mc";
    private const string Other = "another";
    private const string Password = "correct horse battery staple";
    private const int Leads = 2;
    private const double Limit = 0.99;

    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan BetweenSaves = TimeSpan.FromSeconds(1);

    private static int s_made;

    public static async Task<int> RunAsync()
    {
        await using var site = await OwnSite.CreateAsync();
        var (others, own) = await PrepareAsync(site);
        await using var server = await site.StartAsync(alone: false);
        server.Hear(line =>
        {
            if (line.Contains($"\"RequestPath\":\"{Page}\"", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref s_made);
            }
        });
        var elsewhere = await MeasureAsync(server, others, "in another conference");
        await MeasureAsync(server, own, "in its own conference");
        return elsewhere >= Limit ? 0 : 1;
    }

    private static async Task<double> MeasureAsync(
        Server server,
        IReadOnlyList<(string Path, string Mail)> edited,
        string where
    )
    {
        var browsers = new List<LeadBrowser>();
        foreach (var (path, mail) in edited)
        {
            var browser = new LeadBrowser(server.Port);
            await browser.SignInAsync(mail, Password);
            await SaveAsync(browser, path, 0);
            browsers.Add(browser);
        }

        // What goes on at the start, such as making pages ahead, is over.
        await Task.Delay(TimeSpan.FromSeconds(10));
        using var reader = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
        await reader.GetByteArrayAsync(Page);
        await Task.Delay(TimeSpan.FromSeconds(1));
        var before = Volatile.Read(ref s_made);
        var (started, saves) = (Stopwatch.StartNew(), 0);
        var times = new List<double>();
        await Task.WhenAll([
            .. browsers.Zip(
                edited,
                (browser, form) =>
                    Task.Run(async () =>
                    {
                        for (var save = 1; started.Elapsed < Lasting; save++)
                        {
                            await SaveAsync(browser, form.Path, save);
                            Interlocked.Increment(ref saves);
                            await Task.Delay(BetweenSaves);
                        }
                    })
            ),
            Task.Run(async () =>
            {
                while (started.Elapsed < Lasting)
                {
                    var asked = Stopwatch.GetTimestamp();
                    await reader.GetByteArrayAsync(Page);
                    times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                    await Task.Delay(BetweenReads);
                }
            }),
        ]);
        browsers.ForEach(browser => browser.Dispose());
        await Task.Delay(TimeSpan.FromSeconds(1));
        var made = Volatile.Read(ref s_made) - before;
        var rate = 1 - (double)made / times.Count;
        times.Sort();
        Console.WriteLine(
            FormattableString.Invariant(
                $"{Leads} leads who save {where}: {saves} saves, {times.Count} readers of {Page}, which was made "
            )
                + FormattableString.Invariant(
                    $"{made} times: {rate:0.00%} found it kept; median {times[times.Count / 2]:0.00} ms, 99th of 100 "
                )
                + FormattableString.Invariant($"{times[times.Count * 99 / 100]:0.00} ms")
        );
        return rate;
    }

    private static async Task SaveAsync(LeadBrowser browser, string path, int save)
    {
        var answer = await browser.SendAsync(
            $"{path}/edit",
            await browser.OpenAsync($"{path}/edit"),
            new() { ["Input.Description"] = FormattableString.Invariant($"Save {save}."), ["then"] = "save" }
        );
        if (answer.Status != HttpStatusCode.Redirect)
        {
            throw new InvalidOperationException($"{path} cannot be saved: {answer.Status}.");
        }
    }

    private static async Task<(
        IReadOnlyList<(string Path, string Mail)> Others,
        IReadOnlyList<(string Path, string Mail)> Own
    )> PrepareAsync(OwnSite site)
    {
        await using var db = site.Open();
        var now = SystemClock.Instance.GetCurrentInstant();
        var own = await db.Conferences.SingleAsync(c => c.Slug == "2022");
        var other = new Conference(
            Other,
            "Another conference",
            "Another",
            own.StartsOn.PlusDays(-365),
            own.EndsOn.PlusDays(-365),
            DateTimeZone.Utc,
            "Prague"
        );
        other.Publish();
        db.Add(other);
        var all = new List<(string Path, string Mail)>();
        foreach (var conference in new[] { other, own })
        {
            for (var i = 0; i < Leads; i++)
            {
                var slug = $"{conference.Slug}-saved-{i}";
                var person = new Person($"Saving Lead {slug}", $"lead-{slug}");
                db.Add(Desk.AccountOf(person, $"{slug}@example.org", Password, now));
                var microconference = new Microconference(conference, slug, $"Saved {slug}", now);
                microconference.LedBy([person]);
                microconference.Revise(
                    new MarkdownRenderer().Render("Begun.", AnchorPrefix.OfDescription(slug)),
                    new MarkdownRenderer().Render("", AnchorPrefix.OfResults(slug)),
                    0,
                    person,
                    "First text",
                    now
                );
                microconference.Record(MicroconferenceStatus.Accepted, SessionForm.Full, null);
                db.Add(microconference);
                all.Add((microconference.Path, $"{slug}@example.org"));
            }
        }

        await db.SaveChangesAsync();
        return (all[..Leads], all[Leads..]);
    }
}
