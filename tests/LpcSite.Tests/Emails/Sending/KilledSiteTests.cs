using System.Diagnostics;
using System.Security.Cryptography;
using LpcSite.Decisions;
using LpcSite.Emails;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Emails.Sending;

/// <summary>
/// The built site is killed with SIGKILL at random moments while an organizer releases the decisions of a whole call
/// and letters go to a mail server on loopback. Of a release either nothing has happened, or every decision holds and
/// every one of its letters is on its way. Each letter is delivered exactly once or, where the server's answer was cut
/// off, marked for an organizer's eye; none is lost.
/// </summary>
public sealed class KilledSiteTests
{
    private const int Kills = 50;
    private const int Proposals = 50;
    private const int Letters = 300;

    // Each with a database of its own, as starting takes a site longer than its life.
    private const int Lanes = 2;

    // More than a site can send in its life, so that every kill meets a letter on its way.
    private const int Backlog = 40;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Site_KilledFiftyTimes_ReleasesWhollyOrNotAtAllAndDeliversEachLetterOnce()
    {
        var lanes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => Task.Run(LaneAsync, Stop)));
        var (released, unclear, early) = (
            lanes.Sum(lane => lane.Released),
            lanes.Sum(lane => lane.Unclear),
            lanes.Sum(lane => lane.CutOffEarly)
        );
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Kills - released} kills before the release was done, {released} after; "
                + $"{lanes.Sum(lane => lane.Sent)} sent, {unclear} unclear, of which "
                + $"{lanes.Sum(lane => lane.Arrived)} arrived; {early} cut off early and tried again."
        );

        // How the moments fall depends on the machine; that a release is ever done does not.
        Assert.InRange(released, Lanes, Kills);
        Assert.InRange(unclear, 0, Kills);
    }

    private static async Task<Outcome> LaneAsync()
    {
        await using var site = new SiteFixture();
        await site.InitializeAsync();
        var isSlow = true;
        await using var post = new SmtpServer
        {
            Thinking = () => TimeSpan.FromMilliseconds(isSlow ? RandomNumberGenerator.GetInt32(60) : 0),
        };
        await ProposeAsync(site);
        await HoldLettersAsync(site);
        using var organizer = new Caller();
        var took = await organizer.MeasureAsync(
            site,
            () => site.Given.AccountAsync(site.Given.OrganizerAsync("Olga Organizer").Result)
        );
        Assert.True(await IsReleasedAsync(site));
        await UndoAsync(site);

        var released = 0;
        for (var kill = 0; kill < Kills / Lanes; kill++)
        {
            await FillAsync(site);
            using (var process = SiteProcess.Start(site.ConnectionString, post.Port))
            {
                var release = organizer.ReleaseAsync(await process.AddressAsync(Stop));
                // Most moments lie within the release, some behind it, and the first of all at its end.
                await (kill == 0 ? release : Task.Delay(took * (RandomNumberGenerator.GetInt32(1000) / 700.0), Stop));
                Assert.False(process.HasExited);
                process.Kill();
                await release;
            }

            if (await IsReleasedAsync(site))
            {
                released++;
                await UndoAsync(site);
            }
        }

        isSlow = false;
        await FinishAsync(site, post);
        return await CountAsync(site, post, released);
    }

    /// <returns>True if everything has happened, false if nothing has; anything between is a failure.</returns>
    private static async Task<bool> IsReleasedAsync(SiteFixture site)
    {
        await using var db = site.OpenDatabase();

        // The server may still be finishing what the killed site had asked for last.
        while (
            await db
                .Database.SqlQuery<int>(
                    $"""
                    SELECT count(*)::int AS "Value" FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
                    """
                )
                .SingleAsync(Stop) > 0
        )
        {
            await Task.Delay(10, Stop);
        }

        var accepted = await db.Microconferences.CountAsync(m => m.Status == MicroconferenceStatus.Accepted, Stop);
        var decided = await db.Decisions.CountAsync(d => d.State == DecisionState.Released, Stop);
        var (held, all) = (
            await db.Letters.CountAsync(l => l.State == EmailState.Held, Stop),
            await db.Letters.CountAsync(l => l.DecisionId != null, Stop)
        );
        Assert.Equal(Letters, all);
        Assert.Contains(
            (accepted, decided, held, await db.NewsItems.CountAsync(Stop)),
            new[] { (0, 0, Letters, 0), (Proposals, Proposals, 0, Proposals) }
        );
        return accepted > 0;
    }

    // The site after the last kill starts as any does, sends what is left and serves its pages.
    private static async Task FinishAsync(SiteFixture site, SmtpServer post)
    {
        using var process = SiteProcess.Start(site.ConnectionString, post.Port);
        await using var db = site.OpenDatabase();
        var patience = Stopwatch.StartNew();
        while (await db.Letters.AnyAsync(l => l.State == EmailState.Waiting || l.State == EmailState.Sending, Stop))
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(5), "It took too long.");
            await Task.Delay(20, Stop);
        }

        using var reader = new HttpClient();
        Assert.Equal("Healthy", await reader.GetStringAsync($"{await process.AddressAsync(Stop)}/readyz", Stop));
    }

    private static async Task<Outcome> CountAsync(SiteFixture site, SmtpServer post, int released)
    {
        await using var db = site.OpenDatabase();
        var letters = await db.Letters.AsNoTracking().Where(l => l.State != EmailState.Held).ToListAsync(Stop);
        var deliveries = post
            .Taken.CountBy(m => m.MessageId!.Split('@')[0], StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        int TimesTaken(Email email) => deliveries.GetValueOrDefault(email.Reference.ToString("N"));
        var (sent, unclear) = (
            letters.Where(l => l.State is EmailState.Sent).ToList(),
            letters.Where(l => l.State is EmailState.Unclear).ToList()
        );

        Assert.All(
            letters,
            l => Assert.True(l.State is EmailState.Sent or EmailState.Unclear, $"{l.State}: {l.Problem}")
        );
        Assert.All(sent, l => Assert.Equal(1, TimesTaken(l)));
        Assert.All(unclear, l => Assert.InRange(TimesTaken(l), 0, 1));
        Assert.Equal(deliveries.Count, sent.Count + unclear.Count(l => TimesTaken(l) > 0));
        return new(
            released,
            sent.Count,
            unclear.Count,
            unclear.Count(l => TimesTaken(l) > 0),
            await db.LetterAttempts.CountAsync(a => a.Outcome == EmailState.Waiting, Stop)
        );
    }

    private static async Task ProposeAsync(SiteFixture site)
    {
        var id = (await site.Given.ConferenceAsync()).Id;
        await using var db = site.OpenDatabase();
        var (conference, now) = (
            await db.Conferences.SingleAsync(c => c.Id == id, Stop),
            site.Clock.GetCurrentInstant()
        );
        var text = new MarkdownRenderer().Render("What there is to discuss.", "mc");
        var by = new Person("Decider", "decider");
        for (var i = 0; i < Proposals; i++)
        {
            var microconference = new Microconference(conference, $"mc-{i}", $"MC {i}", now);
            microconference.Revise(text, MarkdownText.Empty, 0, null, "First", now);
            microconference.Record(MicroconferenceStatus.Proposed, null, null);
            var decision = new Decision(microconference);
            decision.Decide(Verdict.Accept, SessionForm.Full, null, null, "", by, now);
            decision.Apply();
            db.Add(decision);
        }

        await db.SaveChangesAsync(Stop);
    }

    private static async Task HoldLettersAsync(SiteFixture site)
    {
        await using var db = site.OpenDatabase();
        var now = SystemClock.Instance.GetCurrentInstant();
        foreach (
            var (decision, microconference, conference) in await db
                .Decisions.Select(d => new ValueTuple<int, int, int>(
                    d.Id,
                    d.MicroconferenceId,
                    d.Microconference.ConferenceId
                ))
                .ToListAsync(Stop)
        )
        {
            db.AddRange(
                Enumerable
                    .Range(0, Letters / Proposals)
                    .Select(lead =>
                        new Email(
                            null,
                            "Ann",
                            $"lead{lead}-{decision}@example.org",
                            "Accepted",
                            "It is accepted.\n",
                            now
                        )
                            .About(conference, microconference, "mc")
                            .Held(decision)
                    )
            );
        }

        await db.SaveChangesAsync(Stop);
    }

    // Letters that wait already when the site starts.
    private static async Task FillAsync(SiteFixture site)
    {
        await using var db = site.OpenDatabase();
        var missing = Backlog - await db.Letters.CountAsync(l => l.State == EmailState.Waiting, Stop);
        db.AddRange(
            Enumerable
                .Range(0, Math.Max(0, missing))
                .Select(i => new Email(
                    null,
                    "Ann",
                    $"reader{i}@example.org",
                    "News",
                    $"{new string('x', 60)}\n",
                    SystemClock.Instance.GetCurrentInstant()
                ))
        );
        await db.SaveChangesAsync(Stop);
    }

    // By hand, so that the next release begins where this one began. Letters that no site has touched yet would only
    // make the queue long.
    private static async Task UndoAsync(SiteFixture site)
    {
        await using var db = site.OpenDatabase();
        await db.Database.ExecuteSqlAsync($"DELETE FROM news_items", Stop);
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM letters
            WHERE state = 'Waiting' AND decision_id IS NOT NULL
              AND NOT EXISTS (SELECT FROM letter_attempts a WHERE a.letter_id = letters.id)
            """,
            Stop
        );
        await db.Database.ExecuteSqlAsync($"UPDATE letters SET decision_id = NULL", Stop);
        await db.Database.ExecuteSqlAsync($"UPDATE decisions SET state = 'Applied', released_at = NULL", Stop);
        await db.Database.ExecuteSqlAsync($"UPDATE microconferences SET status = 'Proposed', form = NULL", Stop);
        await HoldLettersAsync(site);
    }

    private sealed record Outcome(int Released, int Sent, int Unclear, int Arrived, int CutOffEarly);

    /// <summary>
    /// An organizer at their browser: signed in once, their cookies and the form outlive the site that gave them.
    /// </summary>
    private sealed class Caller : IDisposable
    {
        private readonly HttpClient _client = new(
            new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }
        );
        private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);
        private Dictionary<string, string> _form = [];

        /// <returns>How long a release takes on a site that has just started.</returns>
        public async Task<TimeSpan> MeasureAsync(SiteFixture site, Func<Task<string>> account)
        {
            using var process = SiteProcess.Start(site.ConnectionString, null);
            var (address, mail) = (await process.AddressAsync(Stop), await account());
            await PostAsync(
                address,
                "/account/sign-in",
                new()
                {
                    ["Input.Mail"] = mail,
                    ["Input.Password"] = Given.Password,
                    ["__RequestVerificationToken"] = await TokenAsync(address, "/account/sign-in"),
                }
            );
            _form = new() { ["__RequestVerificationToken"] = await TokenAsync(address, "/2022/organize/release") };
            process.Kill();

            using var next = SiteProcess.Start(site.ConnectionString, null);
            var started = await next.AddressAsync(Stop);
            var time = Stopwatch.StartNew();
            Assert.True(await ReleaseAsync(started));
            return time.Elapsed;
        }

        /// <returns>Whether the site lived to answer.</returns>
        public async Task<bool> ReleaseAsync(string address)
        {
            try
            {
                await PostAsync(address, "/2022/organize/release", _form);
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }

        public void Dispose() => _client.Dispose();

        private async Task PostAsync(string address, string path, Dictionary<string, string> form)
        {
            using var answer = await SendAsync(address, path, form);
            Assert.Equal((path, System.Net.HttpStatusCode.Redirect), (path, answer.StatusCode));
        }

        private async Task<string> TokenAsync(string address, string path)
        {
            using var answer = await SendAsync(address, path, null);
            return (await Browsing.ParseAsync(answer))
                .QuerySelector("main input[name=__RequestVerificationToken]")!
                .GetAttribute("value")!;
        }

        private async Task<HttpResponseMessage> SendAsync(string address, string path, Dictionary<string, string>? form)
        {
            using var request = new HttpRequestMessage(form is null ? HttpMethod.Get : HttpMethod.Post, address + path)
            {
                Content = form is null ? null : new FormUrlEncodedContent(form),
            };
            if (_cookies.Count > 0)
            {
                request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
            }

            var answer = await _client.SendAsync(request, Stop);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                var pair = cookie.Split(';')[0].Split('=', 2);
                _cookies[pair[0]] = pair[1];
            }

            return answer;
        }
    }
}
