using System.Net;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Pages;

/// <summary>
/// What is not public is not there: in no page, feed, count, search, map or JSON that anybody can reach by following
/// links.
/// </summary>
public sealed class SecrecyTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string Secret = "Quicksilver";

    [Fact]
    public async Task Crawl_OfEverythingThatIsLinked_MeetsNoDraftAndNoDeclinedProposal()
    {
        await site.Given.MicroconferenceAsync("Public one", topics: ["Open topic"], speakers: ["Paula Public"]);
        foreach (var status in new[] { MicroconferenceStatus.Draft, MicroconferenceStatus.Declined })
        {
            await site.Given.MicroconferenceAsync(
                $"{Secret} {status}",
                status,
                description: $"{Secret} text",
                results: $"{Secret} results",
                leads: [$"{Secret} Lead"],
                keyAttendees: [$"{Secret} Attendee"],
                topics: [$"{Secret} topic"],
                speakers: [$"{Secret} Speaker"]
            );
        }

        await SubmitAsync();
        using var client = site.Anonymous();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>([
            "/2022",
            "/sitemap.xml",
            "/robots.txt",
            "/2022/mc.atom",
            $"/2022/search?q={Secret.ToLowerInvariant()}",
            "/2022/search?q=text",
            "/2022/people/quicksilver-lead",
        ]);
        while (waiting.TryDequeue(out var path))
        {
            if (!seen.Add(path))
            {
                continue;
            }

            var response = await client.GetAsync(path);
            var body = await response.Content.ReadAsStringAsync();
            Assert.DoesNotContain(Secret, body, StringComparison.Ordinal);
            foreach (var link in Links(body))
            {
                waiting.Enqueue(link);
            }
        }

        Assert.InRange(seen.Count, 18, 500);
        Assert.Contains("/2022/mc/public-one.json", seen);
    }

    [Fact]
    public async Task Count_OfMicroconferences_CountsTheListedAlone()
    {
        await site.Given.MicroconferenceAsync("Counted", conference: "count");
        await site.Given.MicroconferenceAsync("Not counted", MicroconferenceStatus.Draft, "count");

        Assert.Equal("Read the microconference", (await site.ReadAsync("/count")).QuerySelector(".act")?.TextContent);
        Assert.Equal("1", (await site.ReadAsync("/count/mc")).QuerySelector(".filter .soft")?.TextContent);
    }

    [Fact]
    public async Task Person_WithNothingPublic_IsNotFound()
    {
        await site.Given.MicroconferenceAsync(
            "Still secret",
            MicroconferenceStatus.Draft,
            "quiet",
            leads: ["Dora Draft"]
        );
        using var client = site.Anonymous();

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/quiet/people/dora-draft")).StatusCode);
    }

    // Topics in every state; of the accepted one nobody but the leads reads when its author is free, and nobody who
    // sent it.
    private async Task SubmitAsync()
    {
        var mc = await site.Given.MicroconferenceAsync("Calling one", MicroconferenceStatus.Accepted);
        var (author, speaker) = (
            await site.Given.PersonAsync($"{Secret} Author"),
            await site.Given.PersonAsync($"{Secret} Opener")
        );
        await using var db = site.OpenDatabase();
        var (by, other, now) = (
            await db.People.SingleAsync(p => p.Id == author.Id),
            await db.People.SingleAsync(p => p.Id == speaker.Id),
            site.Clock.GetCurrentInstant()
        );
        Topic? chosen = null;
        foreach (
            var (status, position) in Enum.GetValues<TopicStatus>()
                .Where(s => s is not TopicStatus.Suggested)
                .Select((s, i) => (s, i))
        )
        {
            var title = status is TopicStatus.Accepted ? "Chosen topic" : $"{Secret} {status}";
            var topic = Topic.DraftedBy(by, title, mc.Id, position);
            topic.Revise(
                title,
                new MarkdownRenderer().Render(
                    status is TopicStatus.Accepted ? "Chosen." : $"{Secret} text",
                    $"t-{position}"
                ),
                20,
                [],
                $"{Secret} times",
                0,
                by,
                now
            );
            topic.SpokenBy(status is TopicStatus.Accepted or TopicStatus.Merged ? [] : [other], 0, null);
            if (status is not TopicStatus.Draft)
            {
                topic.Submit(now);
            }

            (
                status switch
                {
                    TopicStatus.Accepted => () => topic.Accept(null),
                    TopicStatus.Declined => topic.Decline,
                    TopicStatus.Withdrawn => topic.Withdraw,
                    TopicStatus.Merged => () => topic.MergeInto(chosen!, chosen!.Details, by, now),
                    _ => (Action)(() => { }),
                }
            )();
            chosen ??= status is TopicStatus.Accepted ? topic : null;
            Assert.Equal(status, topic.Status);
            db.Add(topic);
        }

        await db.SaveChangesAsync();
        site.ForgetPages();
        Assert.Contains("Chosen topic", await site.Anonymous().GetStringAsync(mc.Path), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Links(string body) =>
        from piece in body.Split(
                ["href=\"", "src=\"", "<loc>http://localhost", "\"url\": \"http://localhost"],
                StringSplitOptions.None
            )
            .Skip(1)
        let link = piece.Split(['"', '<', '#'])[0]
        where link.StartsWith('/') && !link.StartsWith("//", StringComparison.Ordinal)
        select WebUtility.HtmlDecode(link);
}
