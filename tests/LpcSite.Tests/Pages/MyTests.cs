using System.Net;
using AngleSharp.Dom;
using LpcSite.Accounts.Invitations;
using LpcSite.Data.Audit;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Pages;

/// <summary>
/// The page on which somebody finds what is theirs, and what to do next; and that the desks cost the same however much
/// stands on them.
/// </summary>
public sealed class MyTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task My_OfSomebodyWithoutAnything_SaysSoAndLeadsToTheOpenCalls()
    {
        await CallAsync("open", Duration.FromDays(2));
        await CallAsync("over", Duration.FromDays(-2));
        using var nobody = await site.AsAsync(await site.Given.PersonAsync("Nora New"));

        var page = await nobody.ReadAsync("/my");

        Assert.Equal(
            "You lead none yet. Propose one: it begins as a draft that only you and the organizers see.",
            page.QuerySelector("main p")?.TextContent
        );
        Assert.Contains(("/open/mc/propose", "Propose a microconference for P open"), Links(page));
        Assert.DoesNotContain("/over/mc/propose", Links(page).Select(l => l.Address));
    }

    [Fact]
    public async Task My_OfALead_GivesEachItsNextStep()
    {
        await CallAsync("steps", Duration.FromDays(2));
        await site.Given.MicroconferenceAsync("Begun", MicroconferenceStatus.Draft, "steps", leads: ["Stella Steps"]);
        await site.Given.MicroconferenceAsync("Missed", MicroconferenceStatus.Draft, "missed", leads: ["Stella Steps"]);
        await site.Given.MicroconferenceAsync("Sent", conference: "steps", leads: ["Stella Steps"]);
        await site.Given.MicroconferenceAsync(
            "Taken",
            MicroconferenceStatus.Withdrawn,
            "steps",
            leads: ["Stella Steps"]
        );
        using var stella = await site.AsAsync(await site.Given.PersonAsync("Stella Steps"));

        var page = await stella.ReadAsync("/my");

        Assert.Equal(
            [
                ("/missed/mc/missed", "Missed"),
                ("/missed/mc/missed/edit", "Go on writing: Missed"),
                ("/my/stars", "My schedule"),
                ("/my/times/steps", "Say when you cannot be at P steps"),
                ("/steps/mc/begun", "Begun"),
                ("/steps/mc/begun/edit", "Go on writing: Begun"),
                ("/steps/mc/begun/edit#propose", "Propose it: Begun"),
                ("/steps/mc/sent", "Sent"),
                ("/steps/mc/sent/edit", "Edit: Sent"),
                ("/steps/mc/taken", "Taken"),
            ],
            Links(page)
                .Where(l => !l.Address.EndsWith("/propose", StringComparison.Ordinal))
                .OrderBy(l => l.Address, StringComparer.Ordinal)
        );
        Assert.NotNull(
            (await stella.ReadAsync("/steps/mc/begun/edit")).QuerySelector("#propose button[value=propose]")
        );
    }

    [Theory]
    [InlineData("Accept", "You lead Asked Accept now.", "/2022/mc/asked-accept")]
    [InlineData("Decline", "You declined. Whoever invited you sees it.", "/my")]
    public async Task My_WithAnInvitation_IsAnsweredThere(string button, string said, string then)
    {
        await site.Given.MicroconferenceAsync($"Asked {button}");
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        using var ida = await site.AsAsync(await site.Given.PersonAsync($"Ida {button}"));
        using var invited = await lena.SubmitAsync(
            $"/2022/mc/asked-{button.ToLowerInvariant()}/lead/people",
            new()
            {
                ["Input.Name"] = $"Ida {button} <ida-{button.ToLowerInvariant()}>",
                ["Input.Mail"] = $"ida-{button.ToLowerInvariant()}@example.org",
            }
        );
        var link = (await ida.ReadAsync("/my")).QuerySelector("a[href^='/my/invitations/']")!.GetAttribute("href")!;

        using var strangers = await lena.GetAsync(link);
        using var answer = await ida.SubmitAsync(link, [], button);
        var page = await ida.ReadAsync(then);
        using var again = await ida.GetAsync(link);

        Assert.Equal(then, answer.Headers.Location?.OriginalString);
        Assert.Equal(said, page.QuerySelector(".said")?.TextContent);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (strangers.StatusCode, again.StatusCode));
        Assert.Null((await ida.ReadAsync("/my")).QuerySelector("a[href^='/my/invitations/']"));
    }

    [Theory]
    [InlineData("/my")]
    [InlineData("/{0}/mc/full/edit")]
    [InlineData("/{0}/mc/full/lead/people")]
    [InlineData("/{0}/mc/full/lead/address")]
    [InlineData("/{0}/mc/full/lead/record")]
    [InlineData("/{0}/mc/full/lead/withdraw")]
    public async Task Desk_WithOneAndWithManyThings_AsksTheSameNumberOfStatements(string page)
    {
        var (few, many) = (await site.Given.OrganizerAsync("Fay Few"), await site.Given.OrganizerAsync("Max Many"));
        await FillAsync("few", few, 1);
        await FillAsync("many", many, 30);

        Assert.Equal(await StatementsAsync(few, page, "few"), await StatementsAsync(many, page, "many"));
    }

    private static List<(string Address, string Text)> Links(IDocument page) =>
        [.. page.QuerySelectorAll("main a").Select(a => (a.GetAttribute("href")!, a.TextContent))];

    private Task CallAsync(string conference, Duration left) =>
        site.Given.CallAsync(
            site.Clock.GetCurrentInstant() - Duration.FromDays(9),
            site.Clock.GetCurrentInstant() + left,
            "Europe/Dublin",
            conference: conference
        );

    private async Task FillAsync(string conference, Person lead, int count)
    {
        string[] People(string what) => [.. Enumerable.Range(0, count).Select(i => $"{what} {i}")];
        if (
            (
                await site.Given.MicroconferenceAsync(
                    "Full",
                    conference: conference,
                    leads: [lead.Name, .. People("Lead")],
                    keyAttendees: People("Key"),
                    topics: People("Topic"),
                    speakers: ["Ulf Hansson"]
                )
            )
                is not { Id: var full }
            || await IsFullAsync(full)
        )
        {
            return;
        }

        for (var i = 0; i < count; i++)
        {
            await site.Given.MicroconferenceAsync(
                $"Led {i}",
                i % 2 == 0 ? MicroconferenceStatus.Draft : MicroconferenceStatus.Proposed,
                conference,
                leads: [lead.Name]
            );
        }

        await using var db = site.OpenDatabase();
        var (now, led) = (
            site.Clock.GetCurrentInstant(),
            await db.Microconferences.Include(m => m.Conference).SingleAsync(m => m.Id == full, Stop)
        );
        var me = await db.People.SingleAsync(p => p.Id == lead.Id, Stop);
        for (var i = 0; i < count; i++)
        {
            var invited = await db.Microconferences.SingleAsync(
                m => m.Conference.Slug == conference && m.Title == $"Led {i}",
                Stop
            );
            db.Add(new Invitation(me, "me@example.org", InvitationPurpose.ToLead(invited), me, now, out _));
            db.Add(
                new Invitation(
                    new Person($"Asked {conference} {i}", $"asked-{conference}-{i}"),
                    $"asked-{i}@example.org",
                    InvitationPurpose.ToLead(led),
                    me,
                    now,
                    out _
                )
            );
            db.Record(new Act(me, "edit", now), "revised", new AuditSubject(led.Path, led.ConferenceId, led.Id));
            db.Add(
                new LpcSite.Emails.Email(me.Id, me.Name, "me@example.org", $"Letter {i}", "Text", now).About(
                    led.ConferenceId,
                    led.Id,
                    "mc/1"
                )
            );
        }

        await db.SaveChangesAsync(Stop);
    }

    private async Task<bool> IsFullAsync(int microconference)
    {
        await using var db = site.OpenDatabase();
        return await db.Invitations.AnyAsync(i => i.MicroconferenceId == microconference, Stop);
    }

    private async Task<int> StatementsAsync(Person reader, string page, string conference)
    {
        using var browsing = await site.AsAsync(reader);
        var path = page.Replace("{0}", conference, StringComparison.Ordinal);
        return await site.StatementsOfAsync(() => browsing.ReadAsync(path));
    }
}
