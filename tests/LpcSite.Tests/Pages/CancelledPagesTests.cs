using System.Net;
using AngleSharp.Dom;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;
using LpcSite.Tests.Scheduling;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Pages;

/// <summary>
/// What was announced keeps its page when it is cancelled, and says so; what nobody could read stays unknown.
/// </summary>
public sealed class CancelledPagesTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly LocalDateTime Monday = new(2022, 9, 12, 10, 0);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("timed", true)]
    [InlineData("untimed", false)]
    public async Task Schedule_OfATopicThatIsWithdrawnAfterIt_LeadsToAPageThatSaysSo(string conference, bool isTimed)
    {
        var mc = await AnnouncedAsync(conference, isTimed);
        var topic = await ChangeAsync(conference, "Second", t => t.Withdraw());
        using var reader = new Browsing(site.Anonymous());

        var schedule = await reader.ReadAsync($"/{conference}/schedule");
        var link = schedule.QuerySelectorAll(".cell a").Single(a => a.TextContent == "Second").GetAttribute("href")!;
        var page = await reader.ReadAsync(link);
        var titled = await reader.ReadAsync($"{mc.Path}/topics/{topic}-second");
        using var old = await reader.GetAsync($"{mc.Path}/topics/{topic}-another-title");

        Assert.Equal(["Second", "Second"], new[] { page, titled }.Select(p => p.QuerySelector("h1")!.TextContent));
        Assert.StartsWith(
            "Cancelled. This topic was withdrawn and will not be discussed.",
            Words(page.QuerySelector("main .note")!),
            StringComparison.Ordinal
        );
        Assert.Contains("Sue Second", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.MovedPermanently, $"{mc.Path}/topics/{topic}-second"),
            (old.StatusCode, old.Headers.Location?.OriginalString)
        );
        await site.ReleasedAsync(conference);
        Assert.Contains(
            "Cancelled.",
            (await reader.ReadAsync(link)).QuerySelector("main .note")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task CancelledLine_OfAWithdrawnTopicInTheNextSchedule_LeadsToThePageThatSaysSo()
    {
        await AnnouncedAsync("lines", isTimed: true);
        var topic = await ChangeAsync("lines", "Second", t => t.Withdraw());
        await site.ReleasedAsync("lines");
        using var reader = new Browsing(site.Anonymous());

        var line = Assert.Single((await reader.ReadAsync("/lines/schedule")).QuerySelectorAll(".cancelled"));
        var link = line.QuerySelector("a")!.GetAttribute("href")!;

        Assert.Equal("Cancelled: 10:30–11:00 IST “Second” in lines mc, Herbert", Words(line));
        Assert.Equal(FormattableString.Invariant($"/lines/mc/lines-mc/topics/{topic}"), link);
        Assert.StartsWith(
            "Cancelled. This topic was withdrawn",
            Words((await reader.ReadAsync(link)).QuerySelector("main .note")!),
            StringComparison.Ordinal
        );
    }

    // What its author takes back before the leads have taken it was between them.
    [Theory]
    [InlineData(TopicStatus.Draft)]
    [InlineData(TopicStatus.Submitted)]
    [InlineData(TopicStatus.Declined)]
    [InlineData(TopicStatus.Withdrawn)]
    public async Task Page_OfWhatNobodyCouldRead_IsNotThere(TopicStatus status)
    {
        var mc = await AnnouncedAsync($"unread-{status}".ToLowerInvariant(), isTimed: true);
        int id;
        await using (var db = site.OpenDatabase())
        {
            var topic = Topic.DraftedBy(await db.People.FirstAsync(Stop), $"Never {status}", mc.Id, 7);
            db.Add(topic);
            await db.SaveChangesAsync(Stop);
            id = topic.Id;
            await db
                .Topics.Where(t => t.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.Status, status), Stop);
        }

        using var reader = new Browsing(site.Anonymous());
        using var answer = await reader.GetAsync(FormattableString.Invariant($"{mc.Path}/topics/{id}"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Page_OfATopicWhoseMicroconferenceIsWithdrawn_SaysSo()
    {
        var mc = await AnnouncedAsync("whole", isTimed: true);
        await using (var db = site.OpenDatabase())
        {
            var known = await db.Microconferences.SingleAsync(m => m.Id == mc.Id, Stop);
            known.Withdraw(byOrganizer: false, site.Clock.GetCurrentInstant());
            await db.SaveChangesAsync(Stop);
        }

        using var reader = new Browsing(site.Anonymous());
        var links = (await reader.ReadAsync("/whole/schedule"))
            .QuerySelectorAll(".cell a")
            .Select(a => a.GetAttribute("href")!)
            .ToList();

        Assert.Equal(4, links.Count);
        foreach (var link in links)
        {
            Assert.Contains(
                "withdrawn",
                Words((await reader.ReadAsync(link)).QuerySelector("main .note")!),
                StringComparison.OrdinalIgnoreCase
            );
        }
    }

    [Fact]
    public async Task Schedule_OfAMicroconferenceThatIsDeclinedAfterIt_LeadsToPagesThatSaySo()
    {
        var mc = await AnnouncedAsync("thought-again", isTimed: true);
        await using (var db = site.OpenDatabase())
        {
            var known = await db.Microconferences.SingleAsync(m => m.Id == mc.Id, Stop);
            known.Reopen(site.Clock.GetCurrentInstant());
            known.Decline(site.Clock.GetCurrentInstant());
            await db.SaveChangesAsync(Stop);
        }

        using var reader = new Browsing(site.Anonymous());
        var links = (await reader.ReadAsync("/thought-again/schedule"))
            .QuerySelectorAll(".cell a")
            .Select(a => a.GetAttribute("href")!)
            .ToList();
        await site.Given.MicroconferenceAsync("Never placed", MicroconferenceStatus.Declined, "thought-again");
        using var never = await reader.GetAsync("/thought-again/mc/never-placed");

        Assert.Equal(4, links.Count);
        foreach (var link in links)
        {
            Assert.Contains(
                "Cancelled.",
                Words((await reader.ReadAsync(link)).QuerySelector("main .note")!),
                StringComparison.Ordinal
            );
        }

        Assert.Equal(HttpStatusCode.NotFound, never.StatusCode);
    }

    // The leads list them in one order, and everybody reads them in that of their times.
    [Fact]
    public async Task Neighbours_OfATopic_AreThoseOfThePublicSchedule()
    {
        var mc = await AnnouncedAsync("neighbours", isTimed: false);
        await site.ArrangedAsync(mc, ("Third", 0, 30), ("First", 30, 30));
        using var reader = new Browsing(site.Anonymous());
        Assert.Equal(["First", "Third"], await NeighboursAsync(reader, "neighbours", "Second"));
        await site.ReleasedAsync("neighbours");

        Assert.Equal(["First"], await NeighboursAsync(reader, "neighbours", "Third"));
        Assert.Equal(["Third", "Second"], await NeighboursAsync(reader, "neighbours", "First"));
        Assert.Equal(["First"], await NeighboursAsync(reader, "neighbours", "Second"));
    }

    private async Task<IReadOnlyList<string>> NeighboursAsync(Browsing reader, string conference, string title)
    {
        await using var db = site.OpenDatabase();
        var id = await db
            .Topics.Where(t =>
                t.Title == title
                && db.Microconferences.Any(m => m.Id == t.MicroconferenceId && m.Conference.Slug == conference)
            )
            .Select(t => t.Id)
            .SingleAsync(Stop);
        var page = await reader.ReadAsync(FormattableString.Invariant($"/{conference}/mc/{conference}-mc/topics/{id}"));
        return [.. page.QuerySelectorAll(".neighbours a").Select(a => a.TextContent)];
    }

    private async Task<Microconference> AnnouncedAsync(string conference, bool isTimed)
    {
        await site.RoomsAsync(conference, ("Herbert", 100));
        var mc = await site.PlacedAsync(
            conference,
            $"{conference} mc",
            "Herbert",
            Monday,
            topics: ["First", "Second", "Third"],
            speakers: ["Sue Second"]
        );
        if (isTimed)
        {
            await site.ArrangedAsync(mc, ("First", 0, 30), ("Second", 30, 30), ("Third", 60, 30));
        }

        await site.ReleasedAsync(conference);
        return mc;
    }

    private async Task<int> ChangeAsync(string conference, string title, Action<Topic> change)
    {
        await using var db = site.OpenDatabase();
        var topic = await db.Topics.SingleAsync(
            t =>
                t.Title == title
                && db.Microconferences.Any(m => m.Id == t.MicroconferenceId && m.Conference.Slug == conference),
            Stop
        );
        change(topic);
        await db.SaveChangesAsync(Stop);
        return topic.Id;
    }

    private static string Words(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
