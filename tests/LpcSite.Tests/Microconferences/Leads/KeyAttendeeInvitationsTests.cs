using System.Net;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Leads;
using LpcSite.People;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Microconferences.Leads;

/// <summary>
/// Whether the key attendees come: asked by letter, answered with an account or without, and seen by the leads alone.
/// </summary>
public sealed class KeyAttendeeInvitationsTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_OfSomebodyWithAnAccount_GoesToAnAddressThatNoLeadSees()
    {
        var mc = await AcceptedAsync("Needs Kay", "Kay Needed");
        await site.Given.AccountAsync(await site.Given.PersonAsync("Kay Needed"));
        using var lead = await SignedInAsync("Lena Lead");
        using var kay = await SignedInAsync("Kay Needed");

        using var asked = await lead.SubmitAsync($"{mc}/lead/attendees", [], "Ask");
        var desk = await lead.Client.GetStringAsync($"{mc}/lead/attendees", Stop);
        var step = (await kay.ReadAsync("/my")).QuerySelector("a[href^='/my/invitations/']")!;
        using var yes = await kay.SubmitAsync(step.GetAttribute("href")!, [], "Yes, remotely");

        Assert.Contains("no answer yet", desk, StringComparison.Ordinal);
        Assert.DoesNotContain("kay-needed@", desk, StringComparison.Ordinal);
        Assert.Equal("Answer: Needs Kay", step.TextContent);
        Assert.Contains(
            "Takes part remotely",
            (await lead.ReadAsync($"{mc}/lead/attendees")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "remotely",
            (await site.ReadAsync(mc)).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal((Attendance.Remote, true), await StateAsync("Needs Kay"));
    }

    [Fact]
    public async Task Ask_OfSomebodyWithoutAnAccount_TakesTheAddressThatTheLeadTypes()
    {
        var mc = await AcceptedAsync("Needs Nils", "Nils Nobody");
        using var lead = await SignedInAsync("Lena Lead");

        using var without = await lead.SubmitAsync($"{mc}/lead/attendees", new() { ["mail"] = "" }, "Ask");
        using var wrong = await lead.SubmitAsync($"{mc}/lead/attendees", new() { ["mail"] = "no address" }, "Ask");
        using var asked = await lead.SubmitAsync(
            $"{mc}/lead/attendees",
            new() { ["mail"] = "nils@example.org" },
            "Ask"
        );
        using var nils = site.Browse();
        using var no = await nils.SubmitAsync(await LinkAsync("nils@example.org"), [], "No");

        Assert.Equal(
            "no address",
            (await Browsing.ParseAsync(wrong)).QuerySelector("input[name=mail]")?.GetAttribute("value")
        );
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (without.StatusCode, wrong.StatusCode));
        Assert.Contains(
            "Does not come",
            (await lead.ReadAsync($"{mc}/lead/attendees")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        await using var db = site.OpenDatabase();
        Assert.Equal(
            "Lena Lead",
            (await db.Letters.SingleAsync(l => l.Subject == "Nils Nobody does not come to Needs Nils", Stop)).ToName
        );
    }

    [Fact]
    public async Task Ask_ByTwoLeadsAtOnce_SendsOneLetterAndAgainOnlyAfterDays()
    {
        var mc = await AcceptedAsync("Needs Ria", "Ria Raced");
        using var lead = await SignedInAsync("Lena Lead");
        var page = await lead.ReadAsync($"{mc}/lead/attendees");

        var answers = await Task.WhenAll(
            lead.SubmitAsync(page, new() { ["mail"] = "ria@example.org" }, "Ask"),
            lead.SubmitAsync(page, new() { ["mail"] = "ria@example.org" }, "Ask")
        );
        var first = await LinkAsync("ria@example.org");
        var buttons = (await lead.ReadAsync($"{mc}/lead/attendees"))
            .QuerySelectorAll("main button")
            .Select(b => b.TextContent.Trim())
            .ToList();
        site.Clock.Advance(KeyAttendeeInvitations.Patience);
        using var again = await lead.SubmitAsync($"{mc}/lead/attendees", [], "Ask again");

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.BadRequest], answers.Select(a => a.StatusCode).Order());
        Assert.Equal(["Take back"], buttons);
        Assert.NotEqual(first, await LinkAsync("ria@example.org"));
        Assert.Empty((await site.ReadAsync(first)).QuerySelectorAll("main form"));
        await using var db = site.OpenDatabase();
        Assert.Equal(2, await db.Letters.CountAsync(l => l.ToAddress == "ria@example.org", Stop));
    }

    [Fact]
    public async Task TakeBack_OfALetter_EndsItsLink()
    {
        var mc = await AcceptedAsync("Needs Tom", "Tom Taken");
        using var lead = await SignedInAsync("Lena Lead");
        using var asked = await lead.SubmitAsync($"{mc}/lead/attendees", new() { ["mail"] = "tom@example.org" }, "Ask");
        var link = await LinkAsync("tom@example.org");
        using var tom = site.Browse();
        var page = await tom.ReadAsync(link);

        using var taken = await lead.SubmitAsync($"{mc}/lead/attendees", [], "Take back");
        using var late = await tom.SubmitAsync(page, [], "InPerson");

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.BadRequest), (taken.StatusCode, late.StatusCode));
        Assert.Equal((Attendance.Unknown, false), await StateAsync("Needs Tom"));
        Assert.Contains(
            "Not asked yet",
            (await lead.ReadAsync($"{mc}/lead/attendees")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Ask_BeforeItIsAcceptedOrOfAStranger_IsRefused()
    {
        await site.Given.MicroconferenceAsync("Only proposed", leads: ["Lena Lead"], keyAttendees: ["Kay Needed"]);
        var mc = await AcceptedAsync("Needs Ulf", "Ulf Needed");
        using var lead = await SignedInAsync("Lena Lead");
        using var other = await SignedInAsync("Otto Other");
        var page = await lead.ReadAsync($"{mc}/lead/attendees");

        using var stranger = await lead.SubmitAsync(
            page,
            new() { ["person"] = "999999", ["mail"] = "x@example.org" },
            "Ask"
        );

        Assert.Empty((await lead.ReadAsync("/2022/mc/only-proposed/lead/attendees")).QuerySelectorAll("main button"));
        Assert.Equal(HttpStatusCode.BadRequest, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{mc}/lead/attendees")).StatusCode);
    }

    [Fact]
    public async Task Attendees_OneAndMany_AskTheSameNumberOfStatements()
    {
        var few = await AcceptedAsync("Few", "Kay Needed");
        var many = await AcceptedAsync("Many", [.. Enumerable.Range(0, 30).Select(i => $"Needed {i}")]);
        using var lead = await SignedInAsync("Lena Lead");

        Assert.Equal(
            await StatementsAsync(lead, $"{few}/lead/attendees"),
            await StatementsAsync(lead, $"{many}/lead/attendees")
        );
    }

    private async Task<string> AcceptedAsync(string title, params string[] keyAttendees) =>
        (
            await site.Given.MicroconferenceAsync(
                title,
                MicroconferenceStatus.Accepted,
                leads: ["Lena Lead"],
                keyAttendees: keyAttendees,
                form: SessionForm.Full
            )
        ).Path;

    private async Task<Browsing> SignedInAsync(string name) => await site.AsAsync(await site.Given.PersonAsync(name));

    private async Task<(Attendance Attendance, bool HasConfirmed)> StateAsync(string title)
    {
        await using var db = site.OpenDatabase();
        var attendee = (
            await db.Microconferences.Include(m => m.KeyAttendees).SingleAsync(m => m.Title == title, Stop)
        ).KeyAttendees.Single();
        return (attendee.Attendance, attendee.ConfirmedAt is not null);
    }

    private async Task<string> LinkAsync(string mail)
    {
        await using var db = site.OpenDatabase();
        var text = await db
            .Letters.Where(l => l.ToAddress == mail)
            .OrderByDescending(l => l.Id)
            .Select(l => l.Text)
            .FirstAsync(Stop);
        return new Uri(
            text.Split('\n').Single(line => line.Contains("/account/invitation/", StringComparison.Ordinal))
        ).PathAndQuery;
    }

    private async Task<int> StatementsAsync(Browsing browsing, string path)
    {
        return await site.StatementsOfAsync(() => browsing.ReadAsync(path));
    }
}
