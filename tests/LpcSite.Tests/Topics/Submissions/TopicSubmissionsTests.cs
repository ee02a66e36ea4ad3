using System.Net;
using LpcSite.Emails;
using LpcSite.Microconferences;
using LpcSite.Tests.Decisions;
using LpcSite.Tests.Fixture;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Topics.Submissions;

/// <summary>
/// A topic from its first draft to the page of the microconference, and everything that may come between.
/// </summary>
public sealed class TopicSubmissionsTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Topic_FromDraftToAccepted_IsSeenByThoseWhomItConcerns()
    {
        var mc = await AcceptedAsync("Rust", "Lena Lead");
        using var lead = await SignedInAsync("Lena Lead");
        using var called = await lead.SubmitAsync(
            $"{mc}/lead/call",
            new()
            {
                ["Input.OpensAt"] = "2022-06-01T00:00",
                ["Input.ClosesAt"] = "2022-07-01T00:00",
                ["Input.Guidance"] = "Bring *problems*.",
            },
            "Save the call"
        );
        using var author = await SignedInAsync("Ann Author");
        using var stranger = await SignedInAsync("Stan Stranger");
        var shown = await site.ReadAsync(mc);

        using var drafted = await author.SubmitAsync(
            $"{mc}/submit",
            new()
            {
                ["Input.Title"] = "Pinned pages",
                ["Input.Problem"] = "They **move**.",
                ["Input.Minutes"] = "30",
                ["Input.Availability"] = "not on Monday",
            },
            "save"
        );
        var path = drafted.Headers.Location!.OriginalString;
        var asDraft = (await lead.ReadAsync($"{mc}/lead/topics")).QuerySelector("main")!.TextContent;
        using var submitted = await author.SubmitAsync(path, [], "submit");
        var desk = await lead.ReadAsync($"{mc}/lead/topics");
        var beforehand = await site.Anonymous().GetStringAsync(mc, Stop);
        await Desk.DecideAsync(lead, mc, "Pinned pages", "Accept", "Bring figures.");

        Assert.Equal("Submit a topic", shown.QuerySelector("main a.act")?.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await lead.GetAsync(path)).StatusCode);
        Assert.DoesNotContain("Pinned", asDraft, StringComparison.Ordinal);
        Assert.Contains("not on Monday", desk.QuerySelector(".decisions li")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Pinned", beforehand, StringComparison.Ordinal);
        var page = await site.Anonymous().GetStringAsync(mc, Stop);
        Assert.Contains("Pinned pages", page, StringComparison.Ordinal);
        Assert.DoesNotContain("not on Monday", page, StringComparison.Ordinal);
        Assert.Equal(
            "30 of 180 minutes",
            (await lead.ReadAsync($"{mc}/lead/topics")).QuerySelector("main strong")?.TextContent
        );
        Assert.Contains(
            "accepted",
            (await author.ReadAsync("/my")).QuerySelector($"main a[href='{path}']")!.ParentElement!.TextContent,
            StringComparison.Ordinal
        );
        var letters = await LettersAsync("Topic: Pinned pages");
        Assert.Equal(
            ["Ann Author", "Ann Author", "Lena Lead"],
            letters.Select(l => l.ToName).Order(StringComparer.Ordinal)
        );
        Assert.Single(letters, l => l.Text.Contains("Bring figures.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Submit_AfterTheDeadline_KeepsADraftThatALateLinkLetsIn()
    {
        var mc = await AcceptedAsync("Late", "Lara Lead");
        await site.Given.CallAsync(Now - Duration.FromDays(9), Now, "Etc/GMT+12", await MicroconferenceAsync("Late"));
        using var lead = await SignedInAsync("Lara Lead");
        using var author = await SignedInAsync("Al Author");

        using var late = await author.SubmitAsync(
            $"{mc}/submit",
            new() { ["Input.Title"] = "Too late", ["Input.Problem"] = "It took long." },
            "submit"
        );
        var kept = await author.ReadAsync(late.Headers.Location!.OriginalString);
        await lead.SubmitAsync($"{mc}/lead/call", new() { ["uses"] = "1", ["days"] = "2" }, "Make a late link");
        var key = (await lead.ReadAsync($"{mc}/lead/call"))
            .QuerySelectorAll("main code")
            .Select(c => c.TextContent)
            .Single(c => c.Contains("?late=", StringComparison.Ordinal))
            .Split("?late=")[1];
        using var let = await author.SubmitAsync($"{late.Headers.Location.OriginalString}?late={key}", [], "submit");

        Assert.Contains("call for topics closed", kept.QuerySelector(".said")?.TextContent, StringComparison.Ordinal);
        Assert.Equal("It took long.", kept.QuerySelector("textarea[name='Input.Problem']")?.TextContent.Trim());
        Assert.Contains(
            "has come in",
            (await author.ReadAsync(let.Headers.Location!.OriginalString)).QuerySelector(".said")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(TopicStatus.Submitted, await StatusAsync("Too late"));
    }

    [Fact]
    public async Task Change_AfterTheDeadline_IsRefusedUntilTheLeadsAllowIt()
    {
        var mc = await AcceptedAsync("Frozen", "Fred Lead");
        await site.Given.CallAsync(
            Now - Duration.FromDays(9),
            Now + Duration.FromHours(1),
            "Etc/GMT+12",
            await MicroconferenceAsync("Frozen")
        );
        using var lead = await SignedInAsync("Fred Lead");
        using var author = await SignedInAsync("Ada Author");
        using var submitted = await author.SubmitAsync(
            $"{mc}/submit",
            new() { ["Input.Title"] = "Ice", ["Input.Problem"] = "It melts." },
            "submit"
        );
        var path = submitted.Headers.Location!.OriginalString;
        var open = await author.ReadAsync(path);

        await lead.SubmitAsync($"{mc}/lead/call", [], "Close it now");
        using var refused = await author.SubmitAsync(open, new() { ["Input.Problem"] = "It melts at night." }, "Save");
        var page = await Browsing.ParseAsync(refused);
        await lead.SubmitAsync($"{mc}/lead/call", new() { ["Input.AllowsChanges"] = "true" }, "Save the call");
        using var allowed = await author.SubmitAsync(page, [], "Save");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(
            "The call has closed",
            page.QuerySelector("[role=alert]")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.Redirect, allowed.StatusCode);
        await using var db = site.OpenDatabase();
        Assert.Equal(
            ["It melts.", "It melts at night."],
            await db
                .TopicRevisions.Where(r => r.Title == "Ice")
                .OrderBy(r => r.Number)
                .Select(r => r.Source)
                .ToListAsync(Stop)
        );
    }

    [Fact]
    public async Task Change_OfTwoSpeakersAtOnce_IsToldToTheSecondWhoseWordsStay()
    {
        var mc = await AcceptedAsync("Shared", "Sven Lead");
        using var one = await SignedInAsync("Una One");
        using var two = await SignedInAsync("Tom Two");
        using var begun = await one.SubmitAsync(
            $"{mc}/submit",
            new()
            {
                ["Input.Title"] = "Together",
                ["Input.Problem"] = "We.",
                ["Input.Speakers[0].Name"] = "Una One",
                ["Input.Speakers[1].Name"] = "Tom Two <tom-two>",
            },
            "save"
        );
        var path = begun.Headers.Location!.OriginalString;
        var (first, second) = (await one.ReadAsync(path), await two.ReadAsync(path));
        await one.SubmitAsync(first, new() { ["Input.Problem"] = "I." }, "save");

        using var raced = await two.SubmitAsync(second, new() { ["Input.Problem"] = "You." }, "save");
        var page = await Browsing.ParseAsync(raced);

        Assert.Equal(HttpStatusCode.BadRequest, raced.StatusCode);
        Assert.Contains(
            "saved a newer text",
            page.QuerySelector("[role=alert]")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("You.", page.QuerySelector("textarea[name='Input.Problem']")?.TextContent.Trim());
    }

    [Theory]
    [InlineData("Input.Links", "javascript:alert(1)", "is not a web address")]
    [InlineData("Input.Minutes", "300", "from 5 to 240 minutes")]
    [InlineData("Input.Title", "", "Give it a title")]
    public async Task Save_OfWhatCannotBe_SaysSoBesideTheFieldAndKeepsTheRest(
        string field,
        string value,
        string sentence
    )
    {
        var mc = await AcceptedAsync("Fields", "Lena Lead");
        using var author = await SignedInAsync("Ann Author");

        using var answer = await author.SubmitAsync(
            $"{mc}/submit",
            new(StringComparer.Ordinal)
            {
                ["Input.Title"] = "T",
                ["Input.Problem"] = "Typed at night.",
                [field] = value,
            },
            "save"
        );
        var page = await Browsing.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            sentence,
            page.QuerySelector($"[data-valmsg-for='{field}']")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("Typed at night.", page.QuerySelector("textarea[name='Input.Problem']")?.TextContent.Trim());
    }

    [Fact]
    public async Task Withdraw_OfADraftOrATopic_KeepsItOnRecordAndOutOfThePages()
    {
        var mc = await AcceptedAsync("Taken back", "Lena Lead");
        await site.Given.CallAsync(
            Now - Duration.FromDays(9),
            Now + Duration.FromDays(1),
            "Etc/GMT+12",
            await MicroconferenceAsync("Taken back")
        );
        using var lead = await SignedInAsync("Lena Lead");
        using var author = await SignedInAsync("Ann Author");
        foreach (var (title, button) in new[] { ("Only begun", "save"), ("Sent", "submit") })
        {
            using var begun = await author.SubmitAsync(
                $"{mc}/submit",
                new() { ["Input.Title"] = title, ["Input.Problem"] = "P." },
                button
            );
            using var withdrawn = await author.SubmitAsync(
                $"{begun.Headers.Location!.OriginalString}/withdraw",
                [],
                "Withdraw this topic"
            );
            Assert.Equal(begun.Headers.Location.OriginalString, withdrawn.Headers.Location?.OriginalString);
        }

        var desk = (await lead.ReadAsync($"{mc}/lead/topics")).QuerySelector("main")!.TextContent;

        Assert.Contains("Sent", desk, StringComparison.Ordinal);
        Assert.DoesNotContain("Only begun", desk + await RecordAsync(lead, mc), StringComparison.Ordinal);
        Assert.Equal(
            (TopicStatus.Withdrawn, TopicStatus.Withdrawn),
            (await StatusAsync("Only begun"), await StatusAsync("Sent"))
        );
    }

    [Fact]
    public async Task Submit_ToWhatIsNotAccepted_ShowsNoForm()
    {
        var proposed = await site.Given.MicroconferenceAsync("Only proposed");
        using var author = await SignedInAsync("Ann Author");

        var token = (await author.ReadAsync("/account/sign-out"))
            .QuerySelector("input[name=__RequestVerificationToken]")!
            .GetAttribute("value")!;

        using var forced = await author.Client.PostAsync(
            $"{proposed.Path}/submit",
            new FormUrlEncodedContent([
                new("__RequestVerificationToken", token),
                new("Input.Title", "Forced"),
                new("Input.Problem", "Typed."),
                new("then", "submit"),
            ]),
            Stop
        );
        var page = await Browsing.ParseAsync(forced);

        Assert.Null((await author.ReadAsync($"{proposed.Path}/submit")).QuerySelector("main form"));
        Assert.Equal(
            (HttpStatusCode.BadRequest, "Typed."),
            (forced.StatusCode, page.QuerySelector("textarea[name='Input.Problem']")?.TextContent.Trim())
        );
        Assert.Contains(
            "takes topics while it is accepted",
            page.QuerySelector("[role=alert]")?.TextContent,
            StringComparison.Ordinal
        );
    }

    private Instant Now => site.Clock.GetCurrentInstant();

    private async Task<string> AcceptedAsync(string title, string lead) =>
        (
            await site.Given.MicroconferenceAsync(
                title,
                MicroconferenceStatus.Accepted,
                leads: [lead],
                form: SessionForm.Full
            )
        ).Path;

    private async Task<Microconference> MicroconferenceAsync(string title)
    {
        await using var db = site.OpenDatabase();
        return await db.Microconferences.SingleAsync(m => m.Title == title, Stop);
    }

    private async Task<Browsing> SignedInAsync(string name) => await site.AsAsync(await site.Given.PersonAsync(name));

    private async Task<TopicStatus> StatusAsync(string title)
    {
        await using var db = site.OpenDatabase();
        return await db.Topics.Where(t => t.Title == title).Select(t => t.Status).SingleAsync(Stop);
    }

    private async Task<List<Email>> LettersAsync(string subject)
    {
        await using var db = site.OpenDatabase();
        return await db
            .Letters.Where(l => l.Subject == subject)
            .OrderBy(l => l.CreatedAt)
            .ThenBy(l => l.Id)
            .ToListAsync(Stop);
    }

    private static async Task<string> RecordAsync(Browsing lead, string mc) =>
        (await lead.ReadAsync($"{mc}/lead/record")).QuerySelector("main")!.TextContent;
}
