using System.Net;
using LpcSite.Tests.Fixture;
using LpcSite.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Web;

/// <summary>
/// The main pages of the current conference are there before anybody asks for them, and so they are when the database
/// is away.
/// </summary>
public sealed class PagesAheadTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly string[] Main = ["", "/mc", "/people", "/calls", "/sponsors", "/venue", "/mc/ahead"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outage_BeforeAnybodyAsked_ShowsTheMainPages()
    {
        // What breaks with its database are the connections of this test alone.
        await using var own = new SiteFixture();
        await own.InitializeAsync();
        await GivenAsync(own);
        await using var ahead = await MadeAheadAsync(own);
        using var reader = ahead.Anonymous();

        await Outage.CutAsync(own, isCut: true);
        try
        {
            foreach (var place in Main)
            {
                using var answer = await AskAsync(reader, "/ahead" + place);
                Assert.Equal((place, HttpStatusCode.OK), (place, answer.StatusCode));
                Assert.Contains(
                    "Plumbing ahead",
                    await answer.Content.ReadAsStringAsync(Stop),
                    StringComparison.Ordinal
                );
            }

            using var other = await AskAsync(reader, "/earlier/people");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, other.StatusCode);
        }
        finally
        {
            await Outage.CutAsync(own, isCut: false);
        }
    }

    [Fact]
    public async Task Change_OfTheCurrentConference_IsMadeAheadAsWell()
    {
        await GivenAsync(site);
        await site.Given.MicroconferenceAsync("Changes", conference: "ahead");
        await using var ahead = await MadeAheadAsync(site);
        var rounds = Rounds(ahead);

        await using (var scope = ahead.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<LpcSite.Data.LpcDbContext>();
            (await db.Microconferences.SingleAsync(m => m.Slug == "changes", Stop)).Rename("Changed at last");
            await db.SaveChangesAsync(Stop);
        }

        await UntilAsync(ahead, rounds);
        ahead.Statements.Clear();
        using var reader = ahead.Anonymous();
        using var answer = await AskAsync(reader, "/ahead/mc");

        Assert.Contains("Changed at last", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Empty(ahead.Statements.Texts);
    }

    [Fact]
    public async Task Site_WithoutAnAddressOfItsOwn_MakesNothing()
    {
        await GivenAsync(site);
        await using var other = site.SecondInstance(host => host.UseSetting(PagesAhead.Setting, "true"));
        await other.InitializeAsync();
        using var reader = other.Anonymous();
        await reader.GetStringAsync("/ahead/mc", Stop);

        Assert.True(other.Services.GetRequiredService<PagesAhead>().ExecuteTask!.IsCompletedSuccessfully);
        Assert.Equal(0, Rounds(other));
    }

    private static long Rounds(SiteFixture instance) => instance.Services.GetRequiredService<PagesAhead>().Rounds;

    private static Task<HttpResponseMessage> AskAsync(HttpClient reader, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);

        // As browsers ask.
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        return reader.SendAsync(request, Stop);
    }

    // A change may have come while a round was being made, which the next one shows.
    private static async Task UntilAsync(SiteFixture instance, long rounds)
    {
        for (var (patience, still) = (0, 0); patience < 1200 && still < 120; patience++)
        {
            var before = Rounds(instance);
            await Task.Delay(50, Stop);
            still = before > rounds && Rounds(instance) == before ? still + 1 : 0;
        }
    }

    private static async Task GivenAsync(SiteFixture site)
    {
        await site.Given.ConferenceAsync("earlier", startsOn: new(2021, 9, 20));
        await site.Given.MicroconferenceAsync("Ahead", conference: "ahead", topics: ["One"], speakers: ["Ulf Hansson"]);
        await using var db = site.OpenDatabase();
        if (!await db.ConferencePages.AnyAsync(Stop))
        {
            await site.Given.PageAsync("venue", "Venue", conference: "ahead");
        }
    }

    private static async Task<SiteFixture> MadeAheadAsync(SiteFixture site)
    {
        var ahead = site.SecondInstance(host =>
            host.UseSetting(PagesAhead.Setting, "true").UseSetting(SiteAddress.Setting, "https://lpc.example.org")
        );
        await ahead.InitializeAsync();

        // It starts with the first who asks for anything.
        using var reader = ahead.Anonymous();
        using var health = await reader.GetAsync("/healthz", Stop);
        for (var patience = 0; patience < 1200 && Rounds(ahead) == 0; patience++)
        {
            await Task.Delay(50, Stop);
        }

        Assert.NotEqual(0, Rounds(ahead));
        return ahead;
    }
}
