using System.Net;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Microconferences;

/// <summary>Withdrawing says beforehand what it means, tells everybody whom it concerns, and can be undone.</summary>
public sealed class WithdrawalsTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_BeforeAWithdrawal_SaysWhatItMeans()
    {
        var mc = await GivenAsync("Before", "2090");
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Lena Before"));

        var main = (await lead.ReadAsync($"{mc}/lead/withdraw")).QuerySelector("main")!;

        Assert.Contains("Its page stays, marked as withdrawn", main.TextContent, StringComparison.Ordinal);
        Assert.Contains("1 topic will not be discussed.", main.TextContent, StringComparison.Ordinal);
        Assert.Contains("emails will be sent", main.TextContent, StringComparison.Ordinal);
        Assert.Contains("Its leads and the organizers can restore it.", main.TextContent, StringComparison.Ordinal);
        Assert.Equal(MicroconferenceStatus.Accepted, await StatusAsync("Before"));
    }

    [Fact]
    public async Task Withdrawal_ByALead_TellsEverybodyAndIsUndoneByAnother()
    {
        var mc = await GivenAsync("Undone", "2091");
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Lena Undone"));
        await site.Given.OrganizerAsync("Olga Organizer");
        await site.Given.AccountAsync(await site.Given.PersonAsync("Olga Organizer"));

        await lead.SubmitAsync($"{mc}/lead/withdraw", [], "Withdraw Undone");

        Assert.Contains(
            "Withdrawn by its leads.",
            (await site.ReadAsync(mc)).QuerySelector(".note")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["Kay Undone", "Lena Undone", "Olga Organizer", "Suse Undone"],
            await ToldAsync("Withdrawn: Undone")
        );
        Assert.All(
            await TextsAsync("Withdrawn: Undone"),
            text => Assert.Contains("Lena Undone withdrew the Undone microconference", text, StringComparison.Ordinal)
        );
        Assert.Contains(
            await TextsAsync("Withdrawn: Undone"),
            text => text.Contains("where you are a key attendee", StringComparison.Ordinal)
        );

        using var restored = await lead.SubmitAsync($"{mc}/lead/withdraw", [], "Restore Undone");

        Assert.Equal(HttpStatusCode.Redirect, restored.StatusCode);
        Assert.Equal(MicroconferenceStatus.Accepted, await StatusAsync("Undone"));
        Assert.Null((await site.ReadAsync(mc)).QuerySelector(".note"));
        Assert.Equal(
            ["Kay Undone", "Lena Undone", "Olga Organizer", "Suse Undone"],
            await ToldAsync("Restored: Undone")
        );
        await using var db = site.OpenDatabase();
        var undone = await db.Microconferences.SingleAsync(m => m.Title == "Undone", Stop);
        Assert.Equal((SessionForm.Full, null, null), (undone.Form, undone.WithdrawnAt, undone.WithdrawnFrom));
        Assert.Equal(
            ["withdrew", "restored"],
            await db
                .AuditEntries.Where(e => e.Subject == mc && (e.Verb == "withdrew" || e.Verb == "restored"))
                .OrderBy(e => e.Id)
                .Select(e => e.Verb)
                .ToListAsync(Stop)
        );
    }

    [Fact]
    public async Task Withdrawal_ByAnOrganizer_SaysSoAndIsNotForItsLeadsToUndo()
    {
        var mc = await GivenAsync("Theirs", "2092");
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Lena Theirs"));
        using var organizer = await site.AsAsync(await site.Given.OrganizerAsync("Otto Organizer"));
        var open = await organizer.ReadAsync($"{mc}/lead/withdraw");
        Assert.Contains("its leads cannot", open.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await organizer.SubmitAsync(open, [], "Withdraw Theirs");

        var page = (await site.ReadAsync(mc)).QuerySelector(".note")!.TextContent;
        Assert.Contains("Withdrawn by the organizers.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("its leads", page, StringComparison.Ordinal);
        var theirs = await lead.ReadAsync($"{mc}/lead/withdraw");
        Assert.DoesNotContain("Restore Theirs", theirs.QuerySelectorAll("button").Select(b => b.TextContent.Trim()));
        Assert.Contains(
            "An organizer has to restore it.",
            theirs.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        await organizer.SubmitAsync($"{mc}/lead/withdraw", [], "Restore Theirs");
        Assert.Equal(MicroconferenceStatus.Accepted, await StatusAsync("Theirs"));
    }

    [Fact]
    public void Restore_OfWhatAnOrganizerWithdrew_IsRefusedToALeadWhateverThePageShows()
    {
        var (now, conference) = (
            Instant.FromUtc(2022, 6, 1, 0, 0),
            new LpcSite.Conferences.Conference(
                "x",
                "X",
                "X",
                new(2022, 9, 12),
                new(2022, 9, 14),
                DateTimeZone.Utc,
                "Dublin"
            )
        );
        var mc = new Microconference(conference, "rust", "Rust", now);
        mc.Record(MicroconferenceStatus.Proposed, null, null);
        Assert.Throws<LpcSite.Rules.RuleException>(() => mc.Restore(byOrganizer: true, now));
        mc.Withdraw(byOrganizer: true, now);

        Assert.Throws<LpcSite.Rules.RuleException>(() => mc.Restore(byOrganizer: false, now));
        mc.Restore(byOrganizer: true, now);

        Assert.Equal(
            (MicroconferenceStatus.Proposed, null, null),
            (mc.Status, mc.WithdrawnFrom, mc.IsWithdrawnByOrganizer)
        );
    }

    [Fact]
    public async Task TopicWithdrawal_SaysWhatItMeansAndIsUndone()
    {
        var mc = await GivenAsync("Topical", "2093");
        await site.Given.CallAsync(
            site.Clock.GetCurrentInstant() - Duration.FromDays(1),
            site.Clock.GetCurrentInstant() + Duration.FromDays(1),
            "Etc/UTC",
            await FindAsync("Topical"),
            "2093"
        );
        using var author = await site.AsAsync(await site.Given.PersonAsync("Ann Topical"));
        using var sent = await author.SubmitAsync(
            $"{mc}/submit",
            new() { ["Input.Title"] = "Going", ["Input.Problem"] = "P." },
            "submit"
        );
        var path = sent.Headers.Location!.OriginalString;

        var before = await author.ReadAsync($"{path}/withdraw");
        Assert.Contains(
            "The leads of Topical get an email",
            before.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "Withdraw this topic",
            (await author.ReadAsync(path)).QuerySelectorAll("button").Select(b => b.TextContent.Trim())
        );
        await author.SubmitAsync(before, [], "Withdraw this topic");
        Assert.Equal(TopicStatus.Withdrawn, await TopicAsync("Going"));
        await author.SubmitAsync($"{path}/withdraw", [], "Restore this topic");

        Assert.Equal(TopicStatus.Submitted, await TopicAsync("Going"));
        var letters = await TextsAsync("Topic: Going");
        Assert.Contains(
            letters,
            text => text.Contains("Ann Topical withdrew the topic \"Going\"", StringComparison.Ordinal)
        );
        Assert.Contains(
            letters,
            text => text.Contains("Ann Topical restored the topic \"Going\"", StringComparison.Ordinal)
        );
    }

    // Led by one, who is Lena; Suse speaks, and Kay is a key attendee. All have accounts.
    private async Task<string> GivenAsync(string title, string conference)
    {
        var mc = await site.Given.MicroconferenceAsync(
            title,
            MicroconferenceStatus.Accepted,
            conference,
            leads: [$"Lena {title}"],
            keyAttendees: [$"Kay {title}"],
            topics: ["Pin"],
            speakers: [$"Suse {title}"],
            form: SessionForm.Full
        );
        foreach (var name in new[] { "Lena", "Kay", "Suse" })
        {
            await site.Given.AccountAsync(await site.Given.PersonAsync($"{name} {title}"));
        }

        return mc.Path;
    }

    private async Task<Microconference> FindAsync(string title)
    {
        await using var db = site.OpenDatabase();
        return await db.Microconferences.SingleAsync(m => m.Title == title, Stop);
    }

    private async Task<MicroconferenceStatus> StatusAsync(string title) => (await FindAsync(title)).Status;

    private async Task<TopicStatus> TopicAsync(string title)
    {
        await using var db = site.OpenDatabase();
        return await db.Topics.Where(t => t.Title == title).Select(t => t.Status).SingleAsync(Stop);
    }

    private async Task<List<string>> ToldAsync(string subject)
    {
        await using var db = site.OpenDatabase();
        return
        [
            .. (await db.Letters.Where(l => l.Subject == subject).Select(l => l.ToName).ToListAsync(Stop))
                .Except(["Otto Organizer"])
                .Order(StringComparer.Ordinal),
        ];
    }

    private async Task<List<string>> TextsAsync(string subject)
    {
        await using var db = site.OpenDatabase();
        return (await db.Letters.Where(l => l.Subject == subject).Select(l => l.Text).ToListAsync(Stop)).ConvertAll(
            text => text.ReplaceLineEndings(" ")
        );
    }
}
