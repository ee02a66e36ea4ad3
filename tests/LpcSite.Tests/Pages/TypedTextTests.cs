using System.Net;
using System.Net.Http.Json;
using System.Xml.Linq;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Pages;

/// <summary>Whatever somebody types or pastes: it comes in by one gate, whichever form it is typed into.</summary>
public sealed class TypedTextTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Edit_OfResultsAlone_KeepsTheTopicThatAnotherRenamed()
    {
        var (lena, otto) = (await site.Given.PersonAsync("Lena Lead"), await site.Given.PersonAsync("Otto Other"));
        await site.Given.MicroconferenceAsync("Line ends", leads: ["Lena Lead", "Otto Other"], topics: ["First topic"]);
        using var hers = await site.AsAsync(lena);
        using var his = await site.AsAsync(otto);
        using var filled = await hers.SubmitAsync(
            "/2022/mc/line-ends/edit",
            new() { ["Input.Topics[0].Details"] = "What is open.\nWhat was tried." },
            "save"
        );
        var shownToHim = await his.ReadAsync("/2022/mc/line-ends/edit");

        using var renamed = await hers.SubmitAsync(
            "/2022/mc/line-ends/edit",
            new() { ["Input.Topics[0].Title"] = "Renamed" },
            "save"
        );
        using var typed = await his.SubmitAsync(shownToHim, new() { ["Input.Results"] = "Three patches." }, "save");

        Assert.Equal(HttpStatusCode.Redirect, typed.StatusCode);
        await using var db = site.OpenDatabase();
        var topic = await db
            .Microconferences.Where(m => m.Slug == "line-ends")
            .SelectMany(m => m.Topics)
            .SingleAsync(Stop);
        Assert.Equal("Renamed", topic.Title);
        Assert.Equal("What is open.\nWhat was tried.", topic.Details.Source);
    }

    [Fact]
    public async Task Profile_OfABrowser_IsStoredWithLineFeeds()
    {
        var person = await site.Given.PersonAsync("Bea Bio");
        using var browser = await site.AsAsync(person);

        using var saved = await browser.SubmitAsync(
            "/account/profile",
            new() { ["Input.Bio"] = "One.\n\nTwo.\u000C\u001B[31m", ["Input.Affiliation"] = "A\u200BC\u202EME" }
        );

        await using var db = site.OpenDatabase();
        var stored = await db.People.SingleAsync(p => p.Id == person.Id, Stop);
        Assert.Equal("One.\n\nTwo.\n[31m", stored.Bio.Source);
        Assert.Equal("ACME", stored.Affiliation);
    }

    [Fact]
    public async Task Description_WithAFormFeed_IsAFeedAndATextWithoutControls()
    {
        await site.Given.MicroconferenceAsync("Pasted", leads: ["Pat Paste"]);
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Pat Paste"));

        using var saved = await lead.SubmitAsync(
            "/2022/mc/pasted/edit",
            new()
            {
                ["Input.Title"] = "Pasted \u001B]0;owned\u0007 x",
                ["Input.Description"] = "Page one.\u000C\n\nPage two. \u001B]8;;https://example.org\u0007link\u0008",
            },
            "save"
        );

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        using var anybody = site.Anonymous();
        foreach (var feed in new[] { "/2022/mc.atom", "/2022/mc/pasted.atom" })
        {
            Assert.NotNull(XDocument.Parse(await anybody.GetStringAsync(feed, Stop)).Root);
        }

        foreach (var twin in new[] { "/2022/mc/pasted.txt", "/2022/mc/pasted.md", "/2022/mc.txt", "/2022/mc.md" })
        {
            Assert.DoesNotContain(
                await anybody.GetStringAsync(twin, Stop),
                c => char.IsControl(c) && c is not ('\n' or '\t')
            );
        }
    }

    [Fact]
    public async Task Names_ThatLookAlike_AreOnePerson()
    {
        await site.Given.MicroconferenceAsync(
            "Alike",
            leads: ["Una Unicode"],
            keyAttendees: ["Ada Lovelace", "Conor O'Brien"]
        );
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Una Unicode"));
        string[] typed = ["Ada Lovelace\u200B", "Conor O\u2019Brien", "\u2066.evil\u2069"];
        var page = await lead.ReadAsync("/2022/mc/alike/edit");
        for (var at = 2; at < typed.Length; at++)
        {
            page = await Browsing.ParseAsync(await lead.SubmitAsync(page, [], "add KeyAttendees"));
        }

        using var saved = await lead.SubmitAsync(
            page,
            typed
                .Select((name, i) => (Name: $"Input.KeyAttendees[{i}].Name", name))
                .ToDictionary(f => f.Name, f => f.name),
            "save"
        );

        using var asked = await lead.SubmitAsync(
            page,
            new() { ["Input.KeyAttendees[2].Name"] = "\u202EAda\u00A0Lovelace" },
            "save"
        );
        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.Contains("choose who you mean", await asked.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

        await using var db = site.OpenDatabase();
        var attendees = await db
            .Microconferences.Where(m => m.Slug == "alike")
            .SelectMany(m => m.KeyAttendees)
            .Select(k => k.Person.Name)
            .ToListAsync(Stop);
        Assert.Equal([".evil", "Ada Lovelace", "Conor O'Brien"], attendees.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Draft_KeptByTheEditor_PassesTheGateToo()
    {
        var person = await site.Given.PersonAsync("Edda Editor");
        await site.Given.CallAsync(
            site.Clock.GetCurrentInstant() - Duration.FromDays(1),
            site.Clock.GetCurrentInstant() + Duration.FromDays(1),
            "Europe/Dublin"
        );
        using var editor = await site.AsAsync(person);
        var page = await editor.ReadAsync("/2022/mc/propose");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/2022/mc/propose/working")
        {
            Content = JsonContent.Create(
                new
                {
                    basedOn = 0,
                    fields = new Dictionary<string, string[]> { ["Input.Description"] = ["a\r\nb\u0000\u001B"] },
                }
            ),
        };
        request.Headers.Add(
            "RequestVerificationToken",
            page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")
        );

        using var kept = await editor.Client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        await using var db = site.OpenDatabase();
        Assert.Equal(
            """{"Input.Description": ["a\nb"]}""",
            await db.WorkingTexts.Where(w => w.PersonId == person.Id).Select(w => w.Fields).SingleAsync(Stop)
        );
    }

    [Fact]
    public async Task Password_ComesInAsItWasTyped()
    {
        var person = await site.Given.PersonAsync("Pia Password");
        var mail = await site.Given.AccountAsync(person);
        using var browser = await site.AsAsync(person);
        const string Password = " e\u0301 two\u200B words here ";

        using var changed = await browser.SubmitAsync(
            "/account/password",
            new() { ["Input.Current"] = Given.Password, ["Input.Password"] = Password }
        );

        await site.Browse().SignInAsync(mail, Password);
        using var other = await site.Browse()
            .SubmitAsync(
                "/account/sign-in",
                new() { ["Input.Mail"] = mail, ["Input.Password"] = "\u00E9 two words here" }
            );
        Assert.NotEqual(HttpStatusCode.Redirect, other.StatusCode);
    }
}
