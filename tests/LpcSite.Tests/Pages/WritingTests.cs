using System.Net;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Pages;

/// <summary>A microconference from an empty form to a public page, and how it is changed after that.</summary>
public sealed class WritingTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Propose_WhileTheCallIsOpen_IsPublicAtTheNextRequest()
    {
        await OpenAsync("open");
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));

        using var answer = await lead.SubmitAsync(
            "/open/mc/propose",
            new() { ["Input.Title"] = "Confidential <Computing>", ["Input.Description"] = "What to *measure*.\n" },
            "propose"
        );
        var page = await site.ReadAsync("/open/mc/confidential-computing");

        Assert.Equal("/open/mc/confidential-computing", answer.Headers.Location?.OriginalString);
        Assert.Equal("Confidential <Computing>", page.QuerySelector("h1")?.TextContent);
        Assert.Equal("measure", page.QuerySelector(".prose em")?.TextContent);
        Assert.Contains(
            "Confidential \\<Computing\\>",
            await site.Browse().Client.GetStringAsync("/open/mc.md", Stop),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Draft_OfALead_IsThereForHerAndForNobodyElse()
    {
        await OpenAsync("drafts");
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Dora Draft"));
        using var answer = await lead.SubmitAsync(
            "/drafts/mc/propose",
            new() { ["Input.Title"] = "Half a Thought" },
            "save"
        );

        var hers = await lead.ReadAsync("/drafts/mc/half-a-thought");
        using var anybodys = await site.Browse().GetAsync("/drafts/mc/half-a-thought");

        Assert.Equal("Half a Thought", hers.QuerySelector("h1")?.TextContent);
        Assert.StartsWith("Your draft is kept.", hers.QuerySelector(".said")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, anybodys.StatusCode);
    }

    [Fact]
    public async Task Draft_BesideTwentyOthersOfTheSamePerson_IsRefusedWithItsTextKept()
    {
        await OpenAsync("many");
        var manfred = await site.Given.PersonAsync("Manfred Many");
        for (var i = 0; i < 20; i++)
        {
            await site.Given.MicroconferenceAsync(
                $"Draft {i}",
                MicroconferenceStatus.Draft,
                leads: ["Manfred Many"],
                conference: "many"
            );
        }

        using var lead = await site.AsAsync(manfred);
        using var other = await site.AsAsync(await site.Given.PersonAsync("Frieda Few"));
        using var refused = await lead.SubmitAsync("/many/mc/propose", new() { ["Input.Title"] = "One More" }, "save");
        using var taken = await other.SubmitAsync("/many/mc/propose", new() { ["Input.Title"] = "One More" }, "save");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var page = await Browsing.ParseAsync(refused);
        Assert.Contains(
            "You have 20 drafts",
            page.QuerySelector("main [role=alert]")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("One More", page.QuerySelector("[name='Input.Title']")?.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
    }

    [Theory]
    [InlineData("Visit lure.example/prize now", "Visit lure. example/prize now")]
    [InlineData("Win at https://lure.example", "Win at https: / /lure. example")]
    [InlineData("Write to a@lure.example", "Write to a @ lure. example")]
    public async Task Title_ThatHoldsALink_IsNoneInTheLettersAboutIt(string title, string told)
    {
        var conference = $"lure-{title.Length}";
        await OpenAsync(conference);
        await site.Given.AccountAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Lea Lure"));

        using var proposed = await lead.SubmitAsync(
            $"/{conference}/mc/propose",
            new() { ["Input.Title"] = title, ["Input.Description"] = "What there is to discuss.\n" },
            "propose"
        );
        using var withdrawn = await lead.SubmitAsync(
            $"{proposed.Headers.Location!.OriginalString}/lead/withdraw",
            [],
            $"Withdraw {title}"
        );
        Assert.Equal(HttpStatusCode.Redirect, withdrawn.StatusCode);

        await using var db = site.OpenDatabase();
        var texts = await db
            .Letters.Where(l => db.Conferences.Any(c => c.Id == l.ConferenceId && c.Slug == conference))
            .Select(l => l.Text)
            .ToListAsync(Stop);
        Assert.Equal(4, texts.Count);
        Assert.All(texts, text => Assert.Contains(told, text.ReplaceLineEndings(" "), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Propose_AfterTheDeadline_KeepsADraftAndSaysSo()
    {
        await OpenAsync("late", closes: site.Clock.GetCurrentInstant() - Duration.FromMinutes(1));
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Late Lead"));

        using var answer = await lead.SubmitAsync(
            "/late/mc/propose",
            new() { ["Input.Title"] = "Too Late", ["Input.Description"] = "Typed in time, almost." },
            "propose"
        );
        var page = await lead.ReadAsync("/late/mc/too-late");

        Assert.StartsWith(
            "The call for microconferences closed Friday 3 June 2022, 12:59 Europe/Dublin. Your text is kept as a "
                + "draft",
            page.QuerySelector(".said")?.TextContent,
            StringComparison.Ordinal
        );
        await using var db = site.OpenDatabase();
        Assert.Equal(
            MicroconferenceStatus.Draft,
            await db.Microconferences.Where(m => m.Slug == "too-late").Select(m => m.Status).SingleAsync(Stop)
        );
    }

    [Fact]
    public async Task Propose_ByALateLink_GoesInOnceAndNotTwice()
    {
        await OpenAsync("latelink", closes: site.Clock.GetCurrentInstant() - Duration.FromMinutes(1));
        using var organizer = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        using var made = await organizer.SubmitAsync(
            "/latelink/organize/call",
            new() { ["uses"] = "1", ["days"] = "2" }
        );
        var link = (await organizer.ReadAsync("/latelink/organize/call")).QuerySelector(".index code")!.TextContent;
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Late Lead"));

        var address = new Uri(link).PathAndQuery;
        using var first = await lead.SubmitAsync(
            address,
            new() { ["Input.Title"] = "First In", ["Input.Description"] = "Text." },
            "propose"
        );
        using var second = await lead.SubmitAsync(
            address,
            new() { ["Input.Title"] = "Second In", ["Input.Description"] = "Text." },
            "propose"
        );

        await using var db = site.OpenDatabase();
        Assert.Equal(
            [MicroconferenceStatus.Proposed, MicroconferenceStatus.Draft],
            await db
                .Microconferences.Where(m => m.Conference.Slug == "latelink")
                .OrderBy(m => m.Id)
                .Select(m => m.Status)
                .ToListAsync(Stop)
        );
    }

    [Fact]
    public async Task Propose_WithoutATitle_Answers400AndKeepsTheText()
    {
        await OpenAsync("open");
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));

        using var answer = await lead.SubmitAsync(
            "/open/mc/propose",
            new() { ["Input.Title"] = " ", ["Input.Description"] = "An hour of <work>" },
            "propose"
        );
        var page = await Browsing.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("Give it a title.", page.QuerySelector("span.problem")?.TextContent);
        Assert.Equal("An hour of <work>", page.QuerySelector("textarea")?.TextContent.Trim());
    }

    [Fact]
    public async Task Lists_WithoutScript_GrowMoveAndShrinkByTheirButtons()
    {
        await OpenAsync("open");
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));

        var one = await Browsing.ParseAsync(
            await lead.SubmitAsync("/open/mc/propose", new() { ["Input.Title"] = "Lists" }, "add Topics")
        );
        var two = await Browsing.ParseAsync(
            await lead.SubmitAsync(one, new() { ["Input.Topics[0].Title"] = "First" }, "add Topics")
        );
        var swapped = await Browsing.ParseAsync(
            await lead.SubmitAsync(two, new() { ["Input.Topics[1].Title"] = "Second" }, "up Topics 1")
        );
        var first = await Browsing.ParseAsync(
            await lead.SubmitAsync(swapped, new() { ["Input.Topics[0].Minutes"] = "30" }, "add Topics[1].Speakers")
        );
        var second = await Browsing.ParseAsync(
            await lead.SubmitAsync(
                first,
                new() { ["Input.Topics[1].Speakers[0].Name"] = "Bo Ør, Jr." },
                "add Topics[1].Speakers"
            )
        );
        using var saved = await lead.SubmitAsync(
            second,
            new() { ["Input.Topics[1].Speakers[1].Name"] = "Ana Łu" },
            "save"
        );

        await using var db = site.OpenDatabase();
        var topics = await db
            .Microconferences.Where(m => m.Slug == "lists")
            .SelectMany(m => m.Topics)
            .OrderBy(t => t.Position)
            .Select(t => new
            {
                t.Title,
                t.Minutes,
                Speakers = t.Speakers.OrderBy(s => s.Position).Select(s => s.Person.Name).ToList(),
            })
            .ToListAsync(Stop);
        Assert.Equal(["Second", "First"], topics.Select(t => t.Title));
        Assert.Equal(30, topics[0].Minutes);
        Assert.Equal(["Bo Ør, Jr.", "Ana Łu"], topics[1].Speakers);
    }

    [Fact]
    public async Task Edit_OfTwoLeadsAtOnce_ShowsTheSecondBothTextsAndLosesNothing()
    {
        var lena = await site.Given.PersonAsync("Lena Lead");
        var otto = await site.Given.PersonAsync("Otto Other");
        await site.Given.MicroconferenceAsync(
            "Both Edit",
            leads: ["Lena Lead", "Otto Other"],
            description: "First line.\n\nSecond line.\n\nThird line."
        );
        using var hers = await site.AsAsync(lena);
        using var his = await site.AsAsync(otto);
        var herPage = await hers.ReadAsync("/2022/mc/both-edit/edit");
        var hisPage = await his.ReadAsync("/2022/mc/both-edit/edit");

        using var first = await hers.SubmitAsync(
            herPage,
            new() { ["Input.Description"] = "First line, hers.\n\nSecond line.\n\nThird line." },
            "save"
        );
        using var second = await his.SubmitAsync(
            hisPage,
            new() { ["Input.Description"] = "First line.\n\nSecond line.\n\nThird line, his." },
            "save"
        );
        var both = await Browsing.ParseAsync(second);
        using var third = await his.SubmitAsync(both, [], "save");

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, third.StatusCode);
        Assert.Equal(
            ["First line, hers.", "Second line.", "Third line, his."],
            (await site.ReadAsync("/2022/mc/both-edit")).QuerySelectorAll(".prose p").Select(p => p.TextContent)
        );
    }

    [Fact]
    public async Task Edit_OfListsByTwoAtOnce_KeepsWhatEachAdded()
    {
        var lena = await site.Given.PersonAsync("Lena Lead");
        var otto = await site.Given.PersonAsync("Otto Other");
        await site.Given.MicroconferenceAsync(
            "Both List",
            leads: ["Lena Lead", "Otto Other"],
            keyAttendees: ["Kay One", "Kay Two"]
        );
        using var hers = await site.AsAsync(lena);
        using var his = await site.AsAsync(otto);
        var herPage = await Browsing.ParseAsync(
            await hers.SubmitAsync("/2022/mc/both-list/edit", [], "add KeyAttendees")
        );
        var hisPage = await Browsing.ParseAsync(
            await his.SubmitAsync("/2022/mc/both-list/edit", [], "remove KeyAttendees 0")
        );

        using var first = await hers.SubmitAsync(
            herPage,
            new() { ["Input.KeyAttendees[2].Name"] = "Kay Three" },
            "save"
        );
        using var second = await his.SubmitAsync(hisPage, [], "save");

        Assert.Equal(HttpStatusCode.Redirect, second.StatusCode);
        await using var db = site.OpenDatabase();
        Assert.Equal(
            ["Kay Two", "Kay Three"],
            await db
                .Microconferences.Where(m => m.Slug == "both-list")
                .SelectMany(m => m.KeyAttendees)
                .OrderBy(k => k.Position)
                .Select(k => k.Person.Name)
                .ToListAsync(Stop)
        );
    }

    [Fact]
    public async Task Continue_FromTwoOfLastYear_FillsTheForm()
    {
        await OpenAsync("next");
        await site.Given.MicroconferenceAsync(
            "Power",
            conference: "old",
            leads: ["Cora Lead"],
            description: "Watts.",
            topics: ["Idle"]
        );
        await site.Given.MicroconferenceAsync(
            "Thermal",
            conference: "old",
            leads: ["Cora Lead"],
            description: "Degrees.",
            topics: ["Fans"]
        );
        await site.Given.MicroconferenceAsync("Foreign", conference: "old", leads: ["Somebody Else"]);
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Cora Lead"));
        var choices = (await lead.ReadAsync("/next/mc/propose"))
            .QuerySelectorAll("input[name=continue]")
            .Select(i => i.GetAttribute("value"))
            .ToList();

        var page = await lead.ReadAsync($"/next/mc/propose?continue={choices[0]}&continue={choices[1]}");
        using var refused = await lead.SubmitAsync(page, [], "propose");
        using var proposed = await lead.SubmitAsync(
            "/next/mc/power/edit",
            new() { ["Input.Results"] = "It runs cooler." },
            "propose"
        );

        Assert.Equal(2, choices.Count);
        Assert.Contains(
            "## Thermal\n\nDegrees.",
            page.QuerySelector("textarea")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["Idle", "Fans"],
            page.QuerySelectorAll("input[name$='.Title'][name*=Topics]")
                .Select(i => i.GetAttribute("value"))
                .Where(v => v is not null)
        );
        await using var db = site.OpenDatabase();
        Assert.Equal(
            MicroconferenceStatus.Proposed,
            await db.Microconferences.Where(m => m.Conference.Slug == "next").Select(m => m.Status).SingleAsync(Stop)
        );
    }

    [Fact]
    public async Task Withdraw_ByItsLead_LeavesThePageAndTheRecord()
    {
        await site.Given.MicroconferenceAsync("Taken Back", leads: ["Wanda Lead"]);
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Wanda Lead"));

        using var answer = await lead.SubmitAsync("/2022/mc/taken-back/lead/withdraw", [], "Withdraw Taken Back");

        Assert.Contains(
            "Withdrawn by its leads.",
            (await site.ReadAsync("/2022/mc/taken-back")).QuerySelector(".note")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "withdrew",
            (await lead.ReadAsync("/2022/mc/taken-back/lead/record")).QuerySelector(".audit")?.TextContent,
            StringComparison.Ordinal
        );
    }

    private async Task OpenAsync(string conference, Instant? closes = null)
    {
        await using var db = site.OpenDatabase();
        var now = site.Clock.GetCurrentInstant();
        if (
            !await db.Calls.AnyAsync(c => db.Conferences.Any(k => k.Id == c.ConferenceId && k.Slug == conference), Stop)
        )
        {
            await site.Given.CallAsync(
                now - Duration.FromDays(10),
                closes ?? now + Duration.FromDays(10),
                "Europe/Dublin",
                conference: conference
            );
        }
    }
}
