using System.Net;
using System.Text.Json;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Nominations;
using LpcSite.People;
using LpcSite.Tests.Fixture;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Microconferences.Leads;

/// <summary>The people of a microconference, each once, for its leads and the organizers.</summary>
public sealed class RosterTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Roster_OfSomebodyWithManyRoles_HasHimOnce()
    {
        var mc = await FilledAsync("Many roles");
        using var lead = await SignedInAsync("Lena Lead");

        var rows = (await lead.ReadAsync($"{mc}/lead/roster"))
            .QuerySelectorAll("tbody tr")
            .Select(row => string.Join('|', row.Children.Take(2).Select(cell => cell.TextContent.Trim())))
            .ToList();
        var csv = await lead.Client.GetStringAsync($"{mc}/lead/roster?handler=Csv", Stop);

        Assert.Equal(
            ["Lena Lead|lead, speaker, key attendee, pass", "=1+1|alternative speaker", "Kay Needed|key attendee"],
            rows
        );
        Assert.Equal("person,name,roles,topics,answer,attendance", csv.Split("\r\n")[0]);
        Assert.Contains(
            "lena-lead,Lena Lead,\"lead, speaker, key attendee, pass\",Pinned pages,yes,remote",
            csv,
            StringComparison.Ordinal
        );
        Assert.Contains("'=1+1", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("@", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_ForLeadsAndOrganizers_AnswersTheSameAsJson()
    {
        var mc = await FilledAsync("For programs");
        using var lead = await SignedInAsync("Lena Lead");
        using var other = await SignedInAsync("Otto Other");
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));

        var json = JsonDocument.Parse(await lead.Client.GetStringAsync($"/api/v1{mc}/roster", Stop)).RootElement;

        var first = json.GetProperty("people")[0];
        Assert.Equal("lena-lead", first.GetProperty("person").GetString());
        Assert.Equal(
            ("yes", "remote", "pass"),
            (
                first.GetProperty("answer").GetString(),
                first.GetProperty("attendance").GetString(),
                first.GetProperty("nominatedFor").GetString()
            )
        );
        Assert.Equal("Pinned pages", first.GetProperty("speaksAbout")[0].GetProperty("title").GetString());
        Assert.Equal(HttpStatusCode.OK, (await olga.GetAsync($"/api/v1{mc}/roster")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/api/v1{mc}/roster")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.Browse().GetAsync($"/api/v1{mc}/roster")).StatusCode);
    }

    [Fact]
    public async Task Api_OfAConferenceInPreparation_IsThereForOrganizersAlone()
    {
        var mc = await site.Given.MicroconferenceAsync(
            "Secret",
            MicroconferenceStatus.Accepted,
            "prepared",
            leads: ["Lena Lead"]
        );
        await using (var db = site.OpenDatabase())
        {
            (await db.Conferences.SingleAsync(c => c.Slug == "prepared", Stop)).Hide();
            await db.SaveChangesAsync(Stop);
        }

        using var lead = await SignedInAsync("Lena Lead");
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await lead.GetAsync($"/api/v1/prepared/mc/{mc.Slug}/roster")).StatusCode
        );
        Assert.Equal(HttpStatusCode.OK, (await olga.GetAsync($"/api/v1/prepared/mc/{mc.Slug}/roster")).StatusCode);
    }

    [Fact]
    public async Task Roster_OfFewAndMany_AsksTheSameNumberOfStatements()
    {
        var few = await FilledAsync("Few");
        var many = (
            await site.Given.MicroconferenceAsync(
                "Many",
                MicroconferenceStatus.Accepted,
                leads: ["Lena Lead"],
                keyAttendees: [.. Enumerable.Range(0, 30).Select(i => $"Needed {i}")],
                topics: [.. Enumerable.Range(0, 30).Select(i => $"Topic {i}")],
                speakers: ["Sue", "Sam"]
            )
        ).Path;
        using var lead = await SignedInAsync("Lena Lead");

        foreach (var address in new[] { "{0}/lead/roster", "{0}/lead/roster?handler=Csv", "/api/v1{0}/roster" })
        {
            Assert.Equal(
                await StatementsAsync(lead, string.Format(null, address, few)),
                await StatementsAsync(lead, string.Format(null, address, many))
            );
        }
    }

    private async Task<string> FilledAsync(string title)
    {
        var given = await site.Given.MicroconferenceAsync(
            title,
            MicroconferenceStatus.Accepted,
            leads: ["Lena Lead"],
            keyAttendees: ["Kay Needed", "Lena Lead"],
            form: SessionForm.Full
        );
        var other = await site.Given.PersonAsync("=1+1");
        await using var db = site.OpenDatabase();
        var now = site.Clock.GetCurrentInstant();
        var (lena, alternative) = (
            await db.People.SingleAsync(p => p.Name == "Lena Lead", Stop),
            await db.People.SingleAsync(p => p.Id == other.Id, Stop)
        );
        var topic = Topic.DraftedBy(lena, "Pinned pages", given.Id, 0);
        topic.Revise("Pinned pages", new MarkdownRenderer().Render("P.", "t"), 20, [], null, 0, lena, now);
        topic.SpokenBy([lena, alternative], 0, null);
        topic.Plan(alternative, Attendance.Unknown, isAlternative: true, inviteAt: null);
        topic.Submit(now);
        topic.Accept(null);
        db.Add(topic);
        await db.SaveChangesAsync(Stop);
        topic.TakeUp(lena, lena, Attendance.Remote, now);
        db.Add(new Nomination(given.Id, lena, "lena@example.org", NominationKind.Pass, lena, now));
        await db.SaveChangesAsync(Stop);
        return given.Path;
    }

    private async Task<Browsing> SignedInAsync(string name) => await site.AsAsync(await site.Given.PersonAsync(name));

    private async Task<int> StatementsAsync(Browsing browsing, string path)
    {
        return await site.StatementsOfAsync(() => browsing.Client.GetStringAsync(path, Stop));
    }
}
