using System.Net;
using System.Xml.Linq;
using LpcSite.Conferences;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.News;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.News;

/// <summary>From the draft that a decision brings to what readers and feed readers get.</summary>
public sealed class NewsTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Release_OfAnAcceptance_BringsADraftThatIsPublicOncePublished()
    {
        using var organizer = await OrganizerAsync();
        await site.Given.AccountAsync(await site.Given.PersonAsync("Lena Lead"));
        await site.Given.MicroconferenceAsync(
            "Rust",
            conference: "told",
            description: "Drivers in Rust are *here*.\n\n* no list",
            leads: ["Lena Lead"]
        );
        await site.Given.MicroconferenceAsync("Wood", conference: "told", leads: ["Lena Lead"]);
        using var reader = site.Anonymous();

        await organizer.SubmitAsync(
            "/told/organize/decisions",
            new() { ["Input.Rows[0].Choice"] = "Accept Full", ["Input.Rows[1].Choice"] = "Decline" },
            "Write the letters"
        );
        await organizer.SubmitAsync("/told/organize/release", [], "Release all 2 letters");
        var draft = (await organizer.ReadAsync("/told/organize/news"))
            .QuerySelectorAll(".index a")
            .Single(a => a.TextContent == "Accepted: Rust")
            .GetAttribute("href")!;
        Assert.DoesNotContain(
            "Accepted: Rust",
            await reader.GetStringAsync("/told/news", Stop),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "Accepted: Rust",
            await reader.GetStringAsync("/told/news.atom", Stop),
            StringComparison.Ordinal
        );
        var mail = (await organizer.ReadAsync(draft)).QuerySelector("pre")!.TextContent;
        await organizer.SubmitAsync("/told/organize/news", [], "Publish it");

        Assert.StartsWith(
            "Subject: P told: Accepted: Rust\n\nRust is one of the microconferences of Plumbing told",
            mail,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Drivers in Rust are *here*.\n\n  http://localhost/told/mc/rust\n",
            mail,
            StringComparison.Ordinal
        );
        Assert.All(mail.Split('\n'), line => Assert.InRange(line.Length, 0, 72));
        var page = await site.ReadAsync("/told/news");
        Assert.Equal("Accepted: Rust", page.QuerySelector("article h2")?.TextContent);
        Assert.Equal("here", page.QuerySelector("article em")?.TextContent);
        Assert.Equal(
            "Accepted: Rust",
            (await site.ReadAsync("/told")).QuerySelector("a[href^='/told/news/']")?.TextContent
        );
        var entry = XDocument
            .Parse(await reader.GetStringAsync("/told/news.atom", Stop))
            .Root!.Elements(Atom + "entry")
            .Single();
        Assert.Equal("Accepted: Rust", entry.Element(Atom + "title")!.Value);
        var address = new Uri(entry.Element(Atom + "link")!.Attribute("href")!.Value).AbsolutePath;
        Assert.Contains(address, await reader.GetStringAsync("/sitemap.xml", Stop), StringComparison.Ordinal);
        var moved = await reader.GetAsync(address[..address.IndexOf('-', StringComparison.Ordinal)], Stop);
        Assert.Equal(
            (HttpStatusCode.MovedPermanently, address),
            (moved.StatusCode, moved.Headers.Location?.OriginalString)
        );
    }

    [Fact]
    public async Task Item_Written_PublishedTakenBackAndRemoved_IsSeenWhenItIsPublicAlone()
    {
        using var organizer = await OrganizerAsync();
        await site.Given.ConferenceAsync("own");
        using var reader = site.Anonymous();

        var begun = await organizer.SubmitAsync(
            "/own/organize/news/0",
            new() { ["Input.Title"] = "Rooms", ["Input.Text"] = "We have **five**." },
            "Save and publish"
        );
        var item = begun.Headers.Location!.OriginalString;
        var address = (await organizer.ReadAsync(item))
            .QuerySelector("main a[href^='/own/news/']")!
            .GetAttribute("href")!;
        Assert.Contains("<strong>five</strong>", await reader.GetStringAsync(address, Stop), StringComparison.Ordinal);
        await organizer.SubmitAsync(item, new() { ["Input.Text"] = "We have **six**." }, "Save");
        Assert.Contains("<strong>six</strong>", await reader.GetStringAsync(address, Stop), StringComparison.Ordinal);
        await organizer.SubmitAsync(item, [], "Take it back");
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync(address, Stop)).StatusCode);
        await organizer.SubmitAsync(item, [], "Remove the draft");

        Assert.Equal(HttpStatusCode.NotFound, (await organizer.GetAsync(item)).StatusCode);
        await using var db = site.OpenDatabase();
        Assert.Equal(
            ["began news", "published news", "changed news", "took news back", "removed news"],
            await db
                .AuditEntries.Where(e => e.Subject == "/own/news")
                .OrderBy(e => e.Id)
                .Select(e => e.Verb)
                .ToListAsync(Stop)
        );
    }

    [Fact]
    public async Task Show_OfATextThatIsNotSaved_IsAPageAndAMailAndSavesNothing()
    {
        using var organizer = await OrganizerAsync();
        await site.Given.ConferenceAsync("shown");
        var text = $"We have **five**.\n\n{string.Join(' ', Enumerable.Repeat("copper", 30))}";

        using var answer = await organizer.SubmitAsync(
            "/shown/organize/news/0",
            new() { ["Input.Title"] = "Rooms", ["Input.Text"] = text },
            "Show it"
        );

        var page = await Browsing.ParseAsync(answer);
        Assert.Equal(
            (HttpStatusCode.OK, "five"),
            (answer.StatusCode, page.QuerySelector(".preview strong")?.TextContent)
        );
        var lines = page.QuerySelector("main pre")!.TextContent.Split('\n');
        Assert.Equal(["Subject: P shown: Rooms", "", "We have **five**."], lines[..3]);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 72));
        Assert.Equal(text, page.QuerySelector("textarea")?.TextContent.TrimStart('\n'));
        await using var db = site.OpenDatabase();
        Assert.False(
            await db.NewsItems.AnyAsync(
                i => i.Title == "Rooms" && db.Conferences.Any(c => c.Slug == "shown" && c.Id == i.ConferenceId),
                Stop
            )
        );
    }

    [Fact]
    public async Task Page_OfAConference_NamesTheNewsOnceThereAreAnyOnEveryInstance()
    {
        using var organizer = await OrganizerAsync();
        await site.Given.ConferenceAsync("named");
        await using var second = site.SecondInstance();
        await second.InitializeAsync();
        using var elsewhere = second.Anonymous();
        var before = await second.KeptAsync(elsewhere, "/named/people");
        await organizer.SubmitAsync(
            "/named/organize/news/0",
            new() { ["Input.Title"] = "Rooms", ["Input.Text"] = "Five." },
            "Save"
        );
        var drafted = await site.ReadAsync("/named/people");

        await organizer.SubmitAsync("/named/organize/news", [], "Publish it");

        var after = await site.ReadAsync("/named/people");
        Assert.DoesNotContain("/named/news", before, StringComparison.Ordinal);
        Assert.Null(drafted.QuerySelector("[href^='/named/news']"));
        Assert.Equal(
            ("News", "/named/news.atom"),
            (
                after.QuerySelector("header nav a[href='/named/news']")?.TextContent,
                after.QuerySelector("link[href='/named/news.atom']")?.GetAttribute("href")
            )
        );
        for (
            var patience = 0;
            patience < 3000
                && !(await elsewhere.GetStringAsync("/named/people", Stop)).Contains(
                    "/named/news",
                    StringComparison.Ordinal
                );
            patience++
        )
        {
            await Task.Delay(20, Stop);
        }

        Assert.Contains("/named/news", await elsewhere.GetStringAsync("/named/people", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Item_ThatTwoEditAtOnce_KeepsTheTextOfTheSecond()
    {
        using var organizer = await OrganizerAsync();
        await site.Given.ConferenceAsync("twice");
        var item = (
            await organizer.SubmitAsync(
                "/twice/organize/news/0",
                new() { ["Input.Title"] = "Rooms", ["Input.Text"] = "Five." },
                "Save"
            )
        )
            .Headers
            .Location!
            .OriginalString;
        var form = await organizer.ReadAsync(item);
        await organizer.SubmitAsync(item, new() { ["Input.Text"] = "Six." }, "Save");

        var refused = await organizer.SubmitAsync(form, new() { ["Input.Text"] = "Seven." }, "Save");
        var again = await Browsing.ParseAsync(refused);
        await organizer.SubmitAsync(again, [], "Save");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains(
            "while you were writing",
            again.QuerySelector("[role=alert]")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("Seven.", again.QuerySelector("textarea")?.TextContent.Trim());
        Assert.Contains(
            "Seven.",
            (await organizer.ReadAsync(item)).QuerySelector("pre")?.TextContent,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", "Text.", "A title is one line")]
    [InlineData("Title", "  ", "Write what there is to tell")]
    public async Task Item_ThatIsIncomplete_IsRefusedWithWhatWasTyped(string title, string text, string sentence)
    {
        using var organizer = await OrganizerAsync();
        await site.Given.ConferenceAsync("empty");

        var answer = await organizer.SubmitAsync(
            "/empty/organize/news/0",
            new() { ["Input.Title"] = title, ["Input.Text"] = text },
            "Save and publish"
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await Browsing.ParseAsync(answer);
        Assert.Contains(sentence, page.QuerySelector("[role=alert]")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(title, page.QuerySelector("[name='Input.Title']")?.GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task PublishAll_LeavesWhatWasBegunAfterThePageWasOpened()
    {
        using var organizer = await OrganizerAsync();
        await site.Given.ConferenceAsync("meanwhile");
        await organizer.SubmitAsync(
            "/meanwhile/organize/news/0",
            new() { ["Input.Title"] = "Seen", ["Input.Text"] = "Seen." },
            "Save"
        );
        var page = await organizer.ReadAsync("/meanwhile/organize/news");
        await organizer.SubmitAsync(
            "/meanwhile/organize/news/0",
            new() { ["Input.Title"] = "Begun since", ["Input.Text"] = "Not yet." },
            "Save"
        );

        await organizer.SubmitAsync(page, [], "Publish it");

        Assert.Equal(
            ["Seen"],
            (await site.ReadAsync("/meanwhile/news")).QuerySelectorAll("main h2").Select(h => h.TextContent.Trim())
        );
    }

    [Theory]
    [InlineData("news"), InlineData("organize/news"), InlineData("news.atom")]
    public async Task Page_WithOneAndWith30Items_AsksTheSameNumberOfStatements(string page)
    {
        using var organizer = await OrganizerAsync();
        await ItemsAsync("few", 1);
        await ItemsAsync("many", 30);

        Assert.Equal(
            await StatementsAsync(organizer, $"/few/{page}"),
            await StatementsAsync(organizer, $"/many/{page}")
        );
    }

    [Fact]
    public void Announcement_OfALongDescription_EndsWithAWholeParagraph()
    {
        var conference = new Conference(
            "2031",
            "Pipes 2031",
            "Pipes",
            new(2031, 9, 1),
            new(2031, 9, 3),
            NodaTime.DateTimeZone.Utc,
            "Łódź"
        );
        var tail = string.Join(' ', Enumerable.Repeat("word", 200));

        var (title, text) = Announcement.Of(
            conference,
            "Rust",
            SessionForm.Half,
            ["A", "B", "C"],
            $"## Heading\n\nFirst.\n\n{tail}\n\nNever."
        );

        Assert.Equal("Accepted: Rust", title);
        Assert.Equal(
            "Rust is one of the microconferences of Pipes 2031, 1–3 September 2031 in Łódź, with an hour and a half "
                + "of its own. It is led by A, B and C.\n\nFirst.\n",
            text
        );
    }

    private async Task<int> StatementsAsync(Browsing organizer, string path)
    {
        await organizer.GetAsync(path);
        site.ForgetPages();
        site.Statements.Clear();
        await organizer.GetAsync(path);
        return site.Statements.Texts.Count;
    }

    private async Task ItemsAsync(string conference, int count)
    {
        var id = (await site.Given.ConferenceAsync(conference)).Id;
        await using var db = site.OpenDatabase();
        if (await db.NewsItems.AnyAsync(i => i.ConferenceId == id, Stop))
        {
            return;
        }

        var (by, now) = (await db.People.FirstAsync(Stop), site.Clock.GetCurrentInstant());
        for (var i = 0; i < count; i++)
        {
            var item = new NewsItem(id, null, by, now);
            item.Say($"News {i}", new MarkdownRenderer().Render("Text.", "n"), now);
            item.Publish(now);
            db.Add(item);
        }

        await db.SaveChangesAsync(Stop);
    }

    private async Task<Browsing> OrganizerAsync() =>
        await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
}
