using System.Net;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;
using NodaTime;

namespace LpcSite.Tests.Topics;

/// <summary>
/// How a topic came to be: for its authors from the first draft, for the leads from what was sent to them, for nobody
/// else.
/// </summary>
public sealed class TopicHistoryTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Fact]
    public async Task History_OfASubmittedTopic_BeginsForLeadsWithWhatWasSent()
    {
        var (mc, path) = await WrittenAsync("Sent", "Begun in anger.", "Sent politely.", "Changed after that.");
        using var author = await SignedInAsync("Ann Author");
        using var lead = await SignedInAsync("Lena Lead");
        using var organizer = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));

        var own = await author.ReadAsync($"{path}/history");
        var theirs = await lead.ReadAsync($"{path}/history");

        Assert.Equal(["3", "2", "1"], own.QuerySelectorAll("tbody th").Select(th => th.TextContent));
        Assert.Equal(["3", "2"], theirs.QuerySelectorAll("tbody th").Select(th => th.TextContent));
        Assert.Equal(
            ["3", "2"],
            (await organizer.ReadAsync($"{path}/history")).QuerySelectorAll("tbody th").Select(th => th.TextContent)
        );
        Assert.Contains("(added:) Changed", theirs.QuerySelector(".diff ins")?.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("anger", theirs.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Equal(
            $"{path}/history",
            (await author.ReadAsync(path)).QuerySelector("main a[href$=history]")?.GetAttribute("href")
        );
        foreach (var hidden in new[] { "old=1&new=3", "old=1&new=2", "old=7&new=8" })
        {
            using var refused = await lead.GetAsync($"{path}/history?{hidden}");
            var page = await Browsing.ParseAsync(refused);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.StartsWith(
                "Choose two revisions",
                page.QuerySelector("[role=alert]")?.TextContent,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain("anger", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        }

        using var stranger = await SignedInAsync("Stan Stranger");
        using var nobody = site.Browse();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"{path}/history")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await author.GetAsync($"{mc}/submit/999999/history")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.GetAsync($"{path}/history")).StatusCode);
    }

    [Fact]
    public async Task History_OfADraft_IsItsAuthorsAndItsSpeakers()
    {
        var mc = await AcceptedAsync("Drafts");
        using var author = await SignedInAsync("Ann Author");
        using var speaker = await SignedInAsync("Sam Speaker");
        using var begun = await author.SubmitAsync(
            $"{mc}/submit",
            new()
            {
                ["Input.Title"] = "Secret",
                ["Input.Problem"] = "Not yet.",
                ["Input.Speakers[0].Name"] = "Ann Author",
                ["Input.Speakers[1].Name"] = "Sam Speaker <sam-speaker>",
            },
            "save"
        );
        var path = begun.Headers.Location!.OriginalString;
        using var lead = await SignedInAsync("Lena Lead");
        using var organizer = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));

        Assert.Equal(HttpStatusCode.OK, (await speaker.GetAsync($"{path}/history")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await lead.GetAsync($"{path}/history")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await organizer.GetAsync($"{path}/history")).StatusCode);
        await author.SubmitAsync($"{path}/withdraw", [], "Withdraw this topic");
        Assert.Equal(HttpStatusCode.NotFound, (await lead.GetAsync($"{path}/history")).StatusCode);
    }

    [Fact]
    public async Task History_OfTwoChosenRevisions_ShowsWordsThatCameAndWent()
    {
        var (_, path) = await WrittenAsync(
            "Chosen",
            "The old way <script>alert(1)</script>",
            "The new way",
            "Something else"
        );
        using var author = await SignedInAsync("Ann Author");

        var chosen = await author.ReadAsync($"{path}/history?old=2&new=1");
        var side = await author.ReadAsync($"{path}/history?old=1&new=2&view=side");

        Assert.Equal("From revision 1 to revision 2", chosen.QuerySelector("#changes")?.TextContent);
        Assert.Contains("new", chosen.QuerySelector(".diff ins")?.TextContent, StringComparison.Ordinal);
        Assert.Equal("The new way", chosen.QuerySelector("pre.typed")?.TextContent);
        Assert.NotNull(side.QuerySelector(".diff.side"));
        Assert.Empty(chosen.QuerySelectorAll("main script"));
        Assert.Equal(
            ("1", "2"),
            (
                chosen.QuerySelector("[name=old][checked]")?.GetAttribute("value"),
                chosen.QuerySelector("[name=new][checked]")?.GetAttribute("value")
            )
        );
    }

    [Fact]
    public async Task History_HoweverLong_TakesTheSameStatementsAndComesInPages()
    {
        var (_, few) = await WrittenAsync("Few", "Only text.");
        var (_, many) = await WrittenAsync("Many", [.. Enumerable.Range(1, 60).Select(i => $"Text {i}.")]);
        using var author = await SignedInAsync("Ann Author");

        var first = await author.ReadAsync($"{many}/history");
        var second = await author.ReadAsync(first.QuerySelector("[rel=next]")!.GetAttribute("href")!);

        Assert.Equal(await StatementsAsync(author, $"{few}/history"), await StatementsAsync(author, $"{many}/history"));
        Assert.Equal((50, 10), (first.QuerySelectorAll("tbody tr").Length, second.QuerySelectorAll("tbody tr").Length));
        Assert.Null((await author.ReadAsync($"{few}/history")).QuerySelector(".diff"));
    }

    private async Task<string> AcceptedAsync(string title)
    {
        var mc = await site.Given.MicroconferenceAsync(
            title,
            MicroconferenceStatus.Accepted,
            leads: ["Lena Lead"],
            form: SessionForm.Full
        );
        await site.Given.CallAsync(
            site.Clock.GetCurrentInstant() - Duration.FromDays(9),
            site.Clock.GetCurrentInstant() + Duration.FromDays(9),
            "Etc/GMT+12",
            mc
        );
        return mc.Path;
    }

    // The first text stays a draft, the second one is sent, the others come after.
    private async Task<(string Mc, string Path)> WrittenAsync(string title, params string[] texts)
    {
        var mc = await AcceptedAsync(title);
        using var author = await SignedInAsync("Ann Author");
        using var begun = await author.SubmitAsync(
            $"{mc}/submit",
            new() { ["Input.Title"] = $"On {title}", ["Input.Problem"] = texts[0] },
            "save"
        );
        var path = begun.Headers.Location!.OriginalString;
        foreach (var (text, i) in texts.Skip(1).Select((text, i) => (text, i)))
        {
            site.Clock.AdvanceSeconds(1);
            using var saved = await author.SubmitAsync(
                path,
                new() { ["Input.Problem"] = text },
                i == 0 ? "submit" : "Save"
            );
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        }

        site.Clock.AdvanceSeconds(1 - texts.Length);
        return (mc, path);
    }

    private async Task<Browsing> SignedInAsync(string name) => await site.AsAsync(await site.Given.PersonAsync(name));

    private async Task<int> StatementsAsync(Browsing browsing, string path)
    {
        return await site.StatementsOfAsync(() => browsing.ReadAsync(path));
    }
}
