using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using LpcSite.Accounts;
using LpcSite.Calls;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Benchmarks;

/// <summary>
/// The last minute of a call: two hundred leads open the form of their own draft and save it three times each, ever
/// more of them as the deadline comes near, and one comes too late. Every save that was acknowledged has to be there;
/// 99 of 100 take less than half a second.
/// </summary>
internal static class Rush
{
    private const int Leads = 200;
    private const int Saves = 3;
    private const int Seed = 2022;
    private const double LimitInMilliseconds = 500;
    private const string Password = "correct horse battery staple";

    private static readonly Duration Minute = Duration.FromSeconds(60);
    private static readonly string Text = string.Join(
        "\n\n",
        Enumerable
            .Range(1, 12)
            .Select(i =>
                $"## Problem {i}\n\nWhat [patches](https://lore.kernel.org/{i}) are *open*, and `who` has to be in "
                + "the room:\n\n- one\n- two"
            )
    );

    public static async Task<int> RunAsync()
    {
        await using var site = await OwnSite.CreateAsync();
        var drafts = await BeginDraftsAsync(site);
        await using var server = await site.StartAsync(alone: false);
        var browsers = await SignInAsync(server, drafts);
        await WarmUpAsync(browsers[0], drafts[0]);
        var closes = await CloseInAMinuteAsync(site);
        var started = Stopwatch.StartNew();
        var acknowledged = new ConcurrentDictionary<(string Path, string Text), TimeSpan>();
        var opened = new ConcurrentBag<TimeSpan>();
        var refused = new ConcurrentBag<HttpStatusCode>();
        var random = new Random(Seed);
        var plans = drafts
            .Select(_ => Enumerable.Range(0, Saves).Select(_ => 58 * Math.Sqrt(random.NextDouble())).Order().ToArray())
            .ToList();
        await Task.WhenAll(
            drafts.Select(
                (path, lead) =>
                    Task.Run(async () =>
                    {
                        foreach (var (save, second) in plans[lead].Index())
                        {
                            await Task.Delay(TimeSpan.FromSeconds(Math.Max(0, second - started.Elapsed.TotalSeconds)));
                            var form = await browsers[lead].OpenAsync($"{path}/edit");
                            opened.Add(form.Took);
                            var text = $"{Text}\n\nSave {save} of {path}.";
                            var answer = await browsers[lead]
                                .SendAsync(
                                    $"{path}/edit",
                                    form,
                                    new()
                                    {
                                        ["Input.Description"] = text,
                                        ["then"] = save == Saves - 1 ? "propose" : "save",
                                    }
                                );
                            if (answer.Status == HttpStatusCode.Redirect)
                            {
                                acknowledged[(path, text)] = answer.Took;
                            }
                            else
                            {
                                refused.Add(answer.Status);
                            }
                        }
                    })
            )
        );
        Say(
            $"{Leads} leads, {acknowledged.Count} of {Leads * Saves} saves acknowledged in "
                + $"{started.Elapsed.TotalSeconds:0.0} s; refused: {refused.Count}"
        );
        var slowest = Report("save", [.. acknowledged.Values]);
        Report("opening the form", [.. opened]);
        var lost = await LostAsync(site, acknowledged.Keys);
        Say($"acknowledged and not in the database: {lost}");
        var late = await ComeLateAsync(site, browsers, drafts, closes);
        browsers.ForEach(b => b.Dispose());
        return slowest < LimitInMilliseconds && lost == 0 && refused.IsEmpty && late ? 0 : 1;
    }

    private static async Task<IReadOnlyList<string>> BeginDraftsAsync(OwnSite site)
    {
        await using var db = site.Open();
        var (now, renderer, conference) = (
            SystemClock.Instance.GetCurrentInstant(),
            new MarkdownRenderer(),
            await db.Conferences.SingleAsync(c => c.Slug == "2022")
        );
        var call =
            await db.Calls.SingleOrDefaultAsync(c => c.ConferenceId == conference.Id && c.MicroconferenceId == null)
            ?? db.Add(new Call(conference.Id, null)).Entity;
        call.Announce(
            now - Duration.FromDays(30),
            now + Duration.FromDays(1),
            DateTimeZoneProviders.Tzdb["Etc/GMT+12"],
            now
        );
        string? hash = null;
        var paths = new List<string>();
        for (var i = 0; i <= Leads; i++)
        {
            var person = new Person($"Rushing Lead {i}", $"rushing-lead-{i}");
            var account = Account.For(person, MailOf(i), now);
            (account.NormalizedEmail, account.NormalizedUserName, account.EmailConfirmed) = (
                account.Email!.ToUpperInvariant(),
                account.Email!.ToUpperInvariant(),
                true
            );
            (account.SecurityStamp, account.PasswordHash) = (
                Guid.NewGuid().ToString(),
                hash ??= new PasswordHasher<Account>().HashPassword(account, Password)
            );
            var draft = new Microconference(conference, $"rush-{i}", $"Rush {i}", now);
            draft.LedBy([person]);
            draft.Revise(
                renderer.Render("Begun.", AnchorPrefix.OfDescription(draft.Slug)),
                renderer.Render("", AnchorPrefix.OfResults(draft.Slug)),
                0,
                person,
                "First text",
                now
            );
            db.AddRange(account, draft);
            paths.Add(draft.Path);
        }

        await db.SaveChangesAsync();
        return paths[..Leads];
    }

    private static async Task<List<LeadBrowser>> SignInAsync(Server server, IReadOnlyList<string> drafts)
    {
        var browsers = drafts.Select(_ => new LeadBrowser(server.Port)).ToList();
        await Parallel.ForAsync(
            0,
            browsers.Count,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (i, _) => await browsers[i].SignInAsync(MailOf(i), Password)
        );
        return browsers;
    }

    // A site in its last week of a call has been edited before.
    private static async Task WarmUpAsync(LeadBrowser browser, string path)
    {
        for (var i = 0; i < 50; i++)
        {
            await browser.SendAsync(
                $"{path}/edit",
                await browser.OpenAsync($"{path}/edit"),
                new() { ["Input.Description"] = $"Warm {i}", ["then"] = "save" }
            );
        }
    }

    private static async Task<Instant> CloseInAMinuteAsync(OwnSite site)
    {
        await using var db = site.Open();
        var call = await db.Calls.SingleAsync(c => c.MicroconferenceId == null);
        var now = SystemClock.Instance.GetCurrentInstant();
        call.Announce(call.OpensAt, now + Minute, call.Zone, now);
        await db.SaveChangesAsync();
        return call.ClosesAt;
    }

    private static async Task<int> LostAsync(OwnSite site, ICollection<(string Path, string Text)> acknowledged)
    {
        await using var db = site.Open();
        var kept = (
            await db
                .Microconferences.Where(m => m.Slug.StartsWith("rush-"))
                .SelectMany(
                    m => m.Revisions,
                    (m, r) => new { Path = $"/{m.Conference.Slug}/mc/{m.Slug}", r.Description.Source }
                )
                .ToListAsync()
        )
            .Select(r => (r.Path, r.Source))
            .ToHashSet();
        var proposed = await db.Microconferences.CountAsync(m =>
            m.Slug.StartsWith("rush-") && m.Status == MicroconferenceStatus.Proposed
        );
        Say($"proposed in time: {proposed} of {Leads}");
        return acknowledged.Count(a => !kept.Contains(a));
    }

    // One more lead, whose draft nobody has touched yet.
    private static async Task<bool> ComeLateAsync(
        OwnSite site,
        List<LeadBrowser> browsers,
        IReadOnlyList<string> drafts,
        Instant closes
    )
    {
        var path = $"{drafts[0][..drafts[0].LastIndexOf('-')]}-{Leads}";
        var browser = browsers[0];
        await browser.SendAsync("/account/sign-out", await browser.OpenAsync("/account/sign-out"), []);
        await browser.SignInAsync(MailOf(Leads), Password);
        var form = await browser.OpenAsync($"{path}/edit");
        var wait = closes - SystemClock.Instance.GetCurrentInstant() + Duration.FromMilliseconds(1);
        await Task.Delay(wait > Duration.Zero ? wait.ToTimeSpan() : TimeSpan.Zero);
        await browser.SendAsync(
            $"{path}/edit",
            form,
            new() { ["Input.Description"] = "Too late.", ["then"] = "propose" }
        );
        var said = (await browser.OpenAsync(path)).Said;
        await using var db = site.Open();
        var kept = await db
            .Microconferences.Where(m => m.Slug == $"rush-{Leads}")
            .Select(m => new { m.Status, m.Revisions.OrderByDescending(r => r.Number).First().Description.Source })
            .SingleAsync();
        Say($"one came late: {kept.Status}, text {(kept.Source == "Too late." ? "kept" : "lost")}, told: {said}");
        return kept is { Status: MicroconferenceStatus.Draft, Source: "Too late." }
            && said?.Contains("kept as a draft", StringComparison.Ordinal) is true;
    }

    private static double Report(string what, double[] times)
    {
        Array.Sort(times);
        var last = times[Math.Min(times.Length - 1, times.Length * 99 / 100)];
        Say($"{what}: median {times[times.Length / 2]:0.0} ms, 99th of 100 {last:0.0} ms, slowest {times[^1]:0.0} ms");
        return last;
    }

    private static double Report(string what, TimeSpan[] times) =>
        Report(what, Array.ConvertAll(times, t => t.TotalMilliseconds));

    private static string MailOf(int lead) => $"rushing-{lead}@example.org";

    private static void Say(string text) => Console.WriteLine(text);
}
