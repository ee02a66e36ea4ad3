using System.Security.Cryptography;
using LpcSite.Letters;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Reviews;
using LpcSite.Tests.Fixture;
using LpcSite.Tests.Letters;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Reviews;

/// <summary>
/// The built site is killed with SIGKILL at random moments while an organizer releases the decisions of a whole call: either nothing has
/// happened, or every decision holds and every one of its letters is on its way, once.
/// </summary>
public sealed class KilledReleaseTests
{
    private const int Kills = 50;
    private const int Proposals = 150;
    private const int Letters = 300;

    // Each with a database of its own, as starting takes a site longer than its life.
    private const int Lanes = 2;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Release_KilledFiftyTimes_HappensWhollyOrNotAtAll()
    {
        var lanes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => Task.Run(LaneAsync, Stop)));
        var released = lanes.Sum(lane => lane.Count(wholly => wholly));
        TestContext.Current.TestOutputHelper?.WriteLine($"{Kills - released} kills before, {released} after it was done.");

        // Otherwise the moments would be all too early, or all too late.
        Assert.InRange(released, 1, Kills - 1);
    }

    private static async Task<List<bool>> LaneAsync()
    {
        await using var site = new SiteFixture();
        await site.InitializeAsync();
        await ProposeAsync(site);
        using var organizer = new Caller();
        var took = await organizer.MeasureAsync(site, () => site.Given.AccountAsync(site.Given.OrganizerAsync("Olga Organizer").Result));
        Assert.True(await IsReleasedAsync(site));
        await UndoAsync(site);

        var outcomes = new List<bool>();
        for (var kill = 0; kill < Kills / Lanes; kill++)
        {
            using (var process = SiteProcess.Start(site.ConnectionString, null))
            {
                var release = organizer.ReleaseAsync(await process.AddressAsync(Stop));
                // Most moments lie within the release, and some behind it.
                await Task.Delay(took * (RandomNumberGenerator.GetInt32(1000) / 700.0), Stop);
                process.Kill();
                await release;
            }

            outcomes.Add(await IsReleasedAsync(site));
            if (outcomes[^1])
            {
                await UndoAsync(site);
            }
        }

        return outcomes;
    }

    /// <returns>True if everything has happened, false if nothing has; anything between is a failure.</returns>
    private static async Task<bool> IsReleasedAsync(SiteFixture site)
    {
        await using var db = site.OpenDatabase();

        // The server may still be finishing what the killed site had asked for last.
        while (await db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'").SingleAsync(Stop) > 0)
        {
            await Task.Delay(10, Stop);
        }

        var accepted = await db.Microconferences.CountAsync(m => m.Status == MicroconferenceStatus.Accepted, Stop);
        var decided = await db.Decisions.CountAsync(d => d.State == DecisionState.Released, Stop);
        var (waiting, held, all) = (
            await db.Letters.CountAsync(l => l.State == LetterState.Waiting, Stop), await db.Letters.CountAsync(l => l.State == LetterState.Held, Stop), await db.Letters.CountAsync(l => l.DecisionId != null, Stop));
        Assert.Equal(Letters, all);
        Assert.Contains((accepted, decided, waiting, held, await db.NewsItems.CountAsync(Stop)), new[] { (0, 0, 0, Letters, 0), (Proposals, Proposals, Letters, 0, Proposals) });
        return accepted > 0;
    }

    private static async Task ProposeAsync(SiteFixture site)
    {
        var id = (await site.Given.ConferenceAsync()).Id;
        await using var db = site.OpenDatabase();
        var (conference, now) = (await db.Conferences.SingleAsync(c => c.Id == id, Stop), site.Clock.GetCurrentInstant());
        var text = new MarkdownRenderer().Render("What there is to discuss.", "mc");
        var by = new Person("Decider", "decider");
        for (var i = 0; i < Proposals; i++)
        {
            var leads = Enumerable.Range(0, Letters / Proposals).Select(lead => new Person($"Lead {i}-{lead}", $"lead-{i}-{lead}")).ToList();
            var microconference = new Microconference(conference, $"mc-{i}", $"MC {i}", now);
            db.AddRange(leads);
            microconference.Revise(text, MarkdownText.Empty, 0, null, "First", now);
            microconference.LedBy(leads);
            microconference.Record(MicroconferenceStatus.Proposed, null, null);
            var decision = new Decision(microconference);
            decision.Decide(Verdict.Accept, SessionForm.Full, null, null, "", by, now);
            decision.Apply();
            db.Add(decision);
            await db.SaveChangesAsync(Stop);
            db.AddRange(leads.Select(lead => new Letter(lead.Id, lead.Name, $"{lead.Slug}@example.org", "Accepted", "It is accepted.\n", now).About(id, microconference.Id, "mc").Held(decision.Id)));
        }

        await db.SaveChangesAsync(Stop);
    }

    // By hand, so that the next release begins where this one began.
    private static async Task UndoAsync(SiteFixture site)
    {
        await using var db = site.OpenDatabase();
        await db.Database.ExecuteSqlAsync($"DELETE FROM news_items", Stop);
        await db.Database.ExecuteSqlAsync($"UPDATE letters SET state = 'Held' WHERE decision_id IS NOT NULL", Stop);
        await db.Database.ExecuteSqlAsync($"UPDATE decisions SET state = 'Applied', released_at = NULL", Stop);
        await db.Database.ExecuteSqlAsync($"UPDATE microconferences SET status = 'Proposed', form = NULL", Stop);
    }

    /// <summary>An organizer at his browser: signed in once, his cookies and the form outlive the site that gave them.</summary>
    private sealed class Caller : IDisposable
    {
        private readonly HttpClient _client = new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
        private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);
        private Dictionary<string, string> _form = [];

        /// <returns>How long a release takes on a site that has just started.</returns>
        public async Task<TimeSpan> MeasureAsync(SiteFixture site, Func<Task<string>> account)
        {
            using var process = SiteProcess.Start(site.ConnectionString, null);
            var (address, mail) = (await process.AddressAsync(Stop), await account());
            await PostAsync(address, "/account/sign-in", new() { ["Input.Mail"] = mail, ["Input.Password"] = Given.Password, ["__RequestVerificationToken"] = await TokenAsync(address, "/account/sign-in") });
            _form = new() { ["__RequestVerificationToken"] = await TokenAsync(address, "/2022/organize/release") };
            process.Kill();

            using var next = SiteProcess.Start(site.ConnectionString, null);
            var started = System.Diagnostics.Stopwatch.StartNew();
            Assert.True(await ReleaseAsync(await next.AddressAsync(Stop)));
            return started.Elapsed;
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
            return (await Browsing.ParseAsync(answer)).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        }

        private async Task<HttpResponseMessage> SendAsync(string address, string path, Dictionary<string, string>? form)
        {
            using var request = new HttpRequestMessage(form is null ? HttpMethod.Get : HttpMethod.Post, address + path) { Content = form is null ? null : new FormUrlEncodedContent(form) };
            request.Headers.Add("X-Forwarded-Proto", "https");
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
