using System.Net;
using LpcSite.Conferences;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Results;
using LpcSite.Rules;
using LpcSite.Tests.Fixture;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Microconferences.Results;

/// <summary>
/// This year's microconference as next year's draft: what comes along, what stays behind, and who may not have it
/// twice.
/// </summary>
public sealed class RenewalTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Renew_BringsTextPeopleResultsAndOpenTopicsIntoADraft()
    {
        var next = await NextAsync("2023");
        var (old, topics) = await HeldAsync("Rust", "Lena Lead", "Juri Lead");
        using var lead = await SignedInAsync("Lena Lead");
        using var juri = await SignedInAsync("Juri Lead");
        await lead.SubmitAsync(
            $"{old.Path}/lead/notes",
            new() { ["Input.Lines[0].Text"] = "Merged in *6.1*.", ["Input.Lines[2].Text"] = "Done with it." }
        );
        var form = await lead.ReadAsync($"{old.Path}/lead/renew");

        using var renewed = await lead.SubmitAsync(form, []);
        var page = await lead.ReadAsync("/2023/mc/rust");
        var draft = await LoadAsync(next, "rust");

        Assert.Equal(
            ["P 2023"],
            form.QuerySelectorAll("[name='Input.Conference'][checked]").Select(r => r.ParentElement!.TextContent.Trim())
        );
        Assert.Equal(
            ["Pan", "Submitted and accepted"],
            form.QuerySelectorAll("[name='Input.Topics'][checked]").Select(r => r.ParentElement!.TextContent.Trim())
        );
        Assert.Equal("/2023/mc/rust/edit", renewed.Headers.Location?.OriginalString);
        Assert.Equal(("Rust", MicroconferenceStatus.Draft, 1), (draft.Title, draft.Status, draft.RevisionNumber));
        Assert.Equal(
            ("What there is to discuss.", "Begun in 2021.\n\n## P 2022\n\nMerged in *6.1*."),
            (draft.Revisions[0].Description.Source, draft.Revisions[0].Results.Source)
        );
        Assert.Equal(["Lena Lead", "Juri Lead"], draft.Leads.OrderBy(l => l.Position).Select(l => l.Person.Name));
        Assert.Equal(["Kay Attendee"], draft.KeyAttendees.Select(k => k.Person.Name));
        Assert.Equal([("[1]", "https://example.org/1")], draft.References.Select(r => (r.Label, r.Url)));
        Assert.Equal(
            [("Pan", TopicStatus.Suggested), ("Submitted and accepted", TopicStatus.Suggested)],
            draft.Topics.OrderBy(t => t.Position).Select(t => (t.Title, t.Status))
        );
        Assert.Equal(["Suse Speaker"], draft.Topics.Single(t => t.Title == "Pan").Speakers.Select(s => s.Person.Name));
        Assert.Equal(old.Id, Assert.Single(draft.Predecessors).EarlierId);
        Assert.Contains("This is a draft", page.QuerySelector(".note")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Anonymous().GetAsync("/2023/mc/rust", Stop)).StatusCode);
        Assert.Contains(
            "renewed",
            (await lead.ReadAsync("/2023/mc/rust/lead/record")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        await using var db = site.OpenDatabase();
        var email = await db.Letters.SingleAsync(l => l.Subject == "Renewed: Rust", Stop);
        Assert.Equal("Juri Lead", email.ToName);
        Assert.Contains("http://localhost/2023/mc/rust/edit", email.Text, StringComparison.Ordinal);
        Assert.Equal(
            [topics[0], topics[1], topics[2]],
            await db
                .Topics.Where(t => t.MicroconferenceId == old.Id)
                .OrderBy(t => t.Id)
                .Take(3)
                .Select(t => t.Id)
                .ToListAsync(Stop)
        );
    }

    [Fact]
    public async Task Renew_OfAnArchivedConference_Works()
    {
        await NextAsync("2124", 2124);
        await NextAsync("2123", 2123);
        await site.Given.MicroconferenceAsync("Kept", MicroconferenceStatus.Accepted, "2123", leads: ["Lena Lead"]);
        await using (var db = site.OpenDatabase())
        {
            (await db.Conferences.SingleAsync(c => c.Slug == "2123", Stop)).Archive();
            await db.SaveChangesAsync(Stop);
        }

        site.ForgetPages();
        using var lead = await SignedInAsync("Lena Lead");

        using var noted = await lead.SubmitAsync(
            "/2123/mc/kept/lead/notes",
            new() { ["Input.Lines[1].Text"] = "Too late." }
        );
        using var renewed = await lead.SubmitAsync("/2123/mc/kept/lead/renew", []);

        Assert.Equal(HttpStatusCode.Conflict, noted.StatusCode);
        Assert.Equal("/2124/mc/kept/edit", renewed.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Renew_Twice_IsRefusedWithTheSentence()
    {
        await NextAsync("2023");
        var (old, _) = await HeldAsync("Twice", "Lena Lead");
        using var lead = await SignedInAsync("Lena Lead");
        var form = await lead.ReadAsync($"{old.Path}/lead/renew");
        await lead.SubmitAsync(form, []);

        using var again = await lead.SubmitAsync(form, []);

        await RefusedAsync(again, "Twice goes on at P 2023 already.");
        Assert.Equal(1, await CountAsync("Twice", "2023"));
    }

    [Fact]
    public async Task Renew_WhereTheAddressIsTaken_IsRefusedWithTheSentence()
    {
        await NextAsync("2023");
        var (old, _) = await HeldAsync("Taken", "Lena Lead");
        await site.Given.MicroconferenceAsync("Taken", conference: "2023", leads: ["Otto Other"]);
        using var lead = await SignedInAsync("Lena Lead");

        using var refused = await lead.SubmitAsync($"{old.Path}/lead/renew", []);

        await RefusedAsync(refused, "P 2023 has a microconference at the address /2023/mc/taken already.");
        Assert.Equal(1, await CountAsync("Taken", "2023"));
    }

    [Fact]
    public async Task Renew_OfTwoLeadsAtOnce_MakesOneDraft()
    {
        var next = await NextAsync("2023");
        var (old, _) = await HeldAsync("Raced", "Lena Lead", "Juri Lead");

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    await using var db = site.OpenDatabase();
                    var (found, me) = (
                        await db.Microconferences.Include(m => m.Conference).SingleAsync(m => m.Id == old.Id, Stop),
                        await db.People.FirstAsync(p => p.Name == "Lena Lead", Stop)
                    );
                    try
                    {
                        await new Renewal(db, new MarkdownRenderer(), site.Clock).RenewAsync(
                            found,
                            next.Id,
                            [],
                            me,
                            "http://localhost",
                            Stop
                        );
                        return null;
                    }
                    catch (RuleException refused)
                    {
                        return refused.Message;
                    }
                })
        );

        Assert.Single(outcomes, message => message is null);
        Assert.All(outcomes.OfType<string>(), message => Assert.Matches("already", message));
        Assert.Equal(1, await CountAsync("Raced", "2023"));
        await using var check = site.OpenDatabase();
        Assert.Equal(
            1,
            await check.AuditEntries.CountAsync(e => e.Verb == "renewed" && e.Subject == "/2023/mc/raced", Stop)
        );
    }

    [Fact]
    public async Task Renew_IntoAConferenceThatIsBeingPrepared_IsTheOrganizersAlone()
    {
        var (old, _) = await HeldAsync("Prepared", "Lena Lead");
        await PrepareAsync("2050");
        using var lead = await SignedInAsync("Lena Lead");
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        var form = await olga.ReadAsync($"{old.Path}/lead/renew");
        var choice = form.QuerySelectorAll("[name='Input.Conference']")
            .Single(r => r.ParentElement!.TextContent.Contains("P 2050", StringComparison.Ordinal))
            .GetAttribute("value")!;
        await NextAsync("2023");

        var seen = await lead.ReadAsync($"{old.Path}/lead/renew");
        using var forced = await lead.SubmitAsync(seen, new() { ["Input.Conference"] = choice });
        using var renewed = await olga.SubmitAsync(form, new() { ["Input.Conference"] = choice });

        Assert.DoesNotContain("P 2050", seen.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await RefusedAsync(forced, "Choose for which conference.");
        Assert.Equal("/2050/mc/prepared/edit", renewed.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Renew_WithoutALaterConference_SaysSo()
    {
        await NextAsync("2200", 2200);
        var last = await site.Given.MicroconferenceAsync(
            "Last",
            MicroconferenceStatus.Accepted,
            "2200",
            leads: ["Lena Lead"]
        );
        using var lead = await SignedInAsync("Lena Lead");

        var page = await lead.ReadAsync($"{last.Path}/lead/renew");
        using var anyway = await PostAsync(lead, $"{last.Path}/lead/renew");

        Assert.Contains(
            "There is no later conference yet.",
            page.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Null(page.QuerySelector("main form"));
        await RefusedAsync(anyway, "Choose for which conference.");
    }

    [Fact]
    public async Task Renew_OfWhatWasWithdrawn_IsRefused()
    {
        var next = await NextAsync("2023");
        var (old, _) = await HeldAsync("Over", "Lena Lead");
        using var lead = await SignedInAsync("Lena Lead");
        var form = await lead.ReadAsync($"{old.Path}/lead/renew");
        await lead.SubmitAsync($"{old.Path}/lead/withdraw", [], "Withdraw Over");

        using var refused = await lead.SubmitAsync(form, new() { ["Input.Conference"] = $"{next.Id}" });

        await RefusedAsync(refused, "Over is withdrawn, and is not renewed.");
        Assert.Equal(0, await CountAsync("Over", "2023"));
    }

    [Fact]
    public async Task Renew_WithTopicsOfAnother_TakesNoneOfThem()
    {
        var next = await NextAsync("2023");
        var (old, _) = await HeldAsync("Own", "Lena Lead");
        var (_, others) = await HeldAsync("Foreign", "Otto Other");
        using var lead = await SignedInAsync("Lena Lead");

        await lead.SubmitAsync(
            $"{old.Path}/lead/renew",
            new() { ["Input.Topics"] = string.Join(Browsing.SameName, others) }
        );

        Assert.Empty((await LoadAsync(next, "own")).Topics);
    }

    [Fact]
    public async Task Propose_ContinuedFromAnEarlierOne_BeginsWithWhatCameOfIt()
    {
        await NextAsync("2023");
        var (old, _) = await HeldAsync("Continued", "Lena Lead");
        using var lead = await SignedInAsync("Lena Lead");
        await lead.SubmitAsync($"{old.Path}/lead/notes", new() { ["Input.Lines[0].Text"] = "It is upstream." });

        var form = await lead.ReadAsync($"/2023/mc/propose?continue={old.Id}");

        Assert.Equal(
            "Begun in 2021.\n\n## P 2022\n\nIt is upstream.",
            form.QuerySelector("textarea[name='Input.Results']")?.TextContent.Trim()
        );
    }

    private Task<Conference> NextAsync(string slug, int year = 2023) =>
        site.Given.ConferenceAsync(slug, startsOn: new LocalDate(year, 11, 13));

    private async Task PrepareAsync(string slug)
    {
        await NextAsync(slug, 2050);
        await using var db = site.OpenDatabase();
        (await db.Conferences.SingleAsync(c => c.Slug == slug, Stop)).Hide();
        await db.SaveChangesAsync(Stop);
        site.ForgetPages();
    }

    private async Task<(Microconference Old, IReadOnlyList<int> Topics)> HeldAsync(string title, params string[] leads)
    {
        var mc = await site.Given.MicroconferenceAsync(
            title,
            MicroconferenceStatus.Accepted,
            results: "Begun in 2021.",
            leads: leads,
            keyAttendees: ["Kay Attendee"],
            topics: ["Pin", "Pan"],
            speakers: ["Suse Speaker"]
        );
        await using var db = site.OpenDatabase();
        var loaded = await db
            .Microconferences.Include(m => m.References)
            .Include(m => m.Topics)
            .SingleAsync(m => m.Id == mc.Id, Stop);
        loaded.Cite([("[1]", "https://example.org/1")]);
        var by = await db.People.FirstAsync(Stop);
        foreach (var name in new[] { "Submitted and accepted", "Submitted and open" })
        {
            var topic = Topic.DraftedBy(by, name, mc.Id, loaded.Topics.Count);
            topic.Revise(
                name,
                new MarkdownRenderer().Render("P.", "t"),
                20,
                [],
                null,
                0,
                by,
                site.Clock.GetCurrentInstant()
            );
            topic.Submit(site.Clock.GetCurrentInstant());
            if (name.EndsWith("accepted", StringComparison.Ordinal))
            {
                topic.Accept(null);
            }

            db.Add(topic);
            await db.SaveChangesAsync(Stop);
        }

        return (
            mc,
            await db
                .Topics.Where(t => t.MicroconferenceId == mc.Id)
                .OrderBy(t => t.Id)
                .Select(t => t.Id)
                .ToListAsync(Stop)
        );
    }

    private async Task<Microconference> LoadAsync(Conference conference, string slug)
    {
        await using var db = site.OpenDatabase();
        return await db
            .Microconferences.WithLists()
            .AsNoTracking()
            .SingleAsync(m => m.ConferenceId == conference.Id && m.Slug == slug, Stop);
    }

    private async Task<int> CountAsync(string title, string conference)
    {
        await using var db = site.OpenDatabase();
        return await db.Microconferences.CountAsync(m => m.Title == title && m.Conference.Slug == conference, Stop);
    }

    private static async Task<HttpResponseMessage> PostAsync(Browsing browsing, string path) =>
        await browsing.Client.PostAsync(
            path,
            new FormUrlEncodedContent([new("__RequestVerificationToken", await browsing.TokenAsync())]),
            Stop
        );

    private static async Task RefusedAsync(HttpResponseMessage answer, string sentence)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            sentence,
            (await Browsing.ParseAsync(answer)).QuerySelector("[role=alert]")?.TextContent,
            StringComparison.Ordinal
        );
    }

    private async Task<Browsing> SignedInAsync(string name) => await site.AsAsync(await site.Given.PersonAsync(name));
}
