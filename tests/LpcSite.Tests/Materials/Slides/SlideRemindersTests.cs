using System.Net;
using LpcSite.Emails;
using LpcSite.Materials.Slides;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Tests.Emails.Sending;
using LpcSite.Tests.Fixture;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Materials.Slides;

/// <summary>Whose slides are missing is reminded once, a day before, and whenever the leads ask for it.</summary>
public sealed class SlideRemindersTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string Origin = "https://pipes.example.org";

    // Nine in the morning of 12 September in Dublin.
    private static readonly Instant Begins = Instant.FromUtc(2022, 9, 12, 8, 0);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DayBefore_WithFourInstances_RemindsEachSpeakerAndTheLeadsOnce()
    {
        // In a year of its own, in which no other microconference is due.
        await site.Given.ConferenceAsync("near", startsOn: new LocalDate(2023, 9, 12));
        var begins = Instant.FromUtc(2023, 9, 12, 8, 0);
        var place = await site.TopicAsync("Near", "Late slides", "Una Unready", conference: "near", lead: "Nora Lead");
        await site.TopicAsync("Near", "Also late", "Una Unready", conference: "near", lead: "Nora Lead");
        await site.TopicAsync("Near", "Nobody knows", "Nick Nomail", conference: "near", lead: "Nora Lead");
        await site.TopicAsync(
            "Near",
            "Not chosen",
            "Sam Submitter",
            TopicStatus.Submitted,
            conference: "near",
            lead: "Nora Lead"
        );
        var ready = await site.TopicAsync("Near", "Ready", "Rhea Ready", conference: "near", lead: "Nora Lead");
        using (var rhea = await site.AsAsync(ready.Speaker))
        {
            await rhea.BringOneAsync(ready, SomeSlides.Pdf());
        }

        foreach (var name in new[] { "Una Unready", "Sam Submitter", "Nora Lead" })
        {
            await site.Given.AccountAsync(await site.Given.PersonAsync(name));
        }

        Assert.Equal(
            0,
            await SlideReminders.WriteDueAsync(
                site.OpenDatabase,
                Origin,
                begins - Duration.FromDays(1) - Duration.FromSeconds(1),
                Stop
            )
        );
        Assert.Equal(0, await SlideReminders.WriteDueAsync(site.OpenDatabase, Origin, begins, Stop));
        var written = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(
                        () =>
                            SlideReminders.WriteDueAsync(
                                site.OpenDatabase,
                                Origin,
                                begins - Duration.FromDays(1),
                                Stop
                            ),
                        Stop
                    )
                )
        );
        Assert.Equal(
            0,
            await SlideReminders.WriteDueAsync(site.OpenDatabase, Origin, begins - Duration.FromHours(1), Stop)
        );

        Assert.Equal(1, written.Sum());
        var letters = await LettersAsync(place.Microconference);
        Assert.Equal(["Nora Lead", "Una Unready"], letters.Select(l => l.ToName).Order(StringComparer.Ordinal));
        var una = letters.Single(l => l.ToName == "Una Unready").Text;
        Assert.Contains($"{Origin}{place.Path}", una, StringComparison.Ordinal);
        Assert.Contains("Also late", una, StringComparison.Ordinal);
        var nora = letters.Single(l => l.ToName == "Nora Lead");
        Assert.Equal("Slides missing: Near", nora.Subject);
        Assert.Contains("3 of its topics", nora.Text, StringComparison.Ordinal);
        Assert.Contains("Nick Nomail (has no account,", nora.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("Not chosen", nora.Text + una, StringComparison.Ordinal);
        Assert.DoesNotContain("Ready", nora.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DayBefore_OfOneWithASlot_IsCountedFromTheSlot()
    {
        var place = await site.TopicAsync(
            "Placed",
            "In a slot",
            "Una Unready",
            conference: "placed",
            lead: "Paul Lead"
        );
        await site.Given.AccountAsync(place.Speaker);
        await using var db = site.OpenDatabase();
        var starts = Begins + Duration.FromHours(30);
        db.Add(
            new Slot(
                place.Microconference.ConferenceId,
                await db.Microconferences.SingleAsync(m => m.Id == place.Microconference.Id, Stop),
                new Interval(starts, starts + Duration.FromHours(3)),
                null
            )
        );
        await db.SaveChangesAsync(Stop);

        await SlideReminders.WriteDueAsync(site.OpenDatabase, Origin, starts - Duration.FromHours(25), Stop);
        var before = await LettersAsync(place.Microconference);
        await SlideReminders.WriteDueAsync(site.OpenDatabase, Origin, starts - Duration.FromHours(24), Stop);

        Assert.Empty(before);
        Assert.Equal("Slides: In a slot", Assert.Single(await LettersAsync(place.Microconference)).Subject);
    }

    [Fact]
    public async Task DayBefore_OfWhatIsNotRunning_WritesNothing()
    {
        var archived = await site.TopicAsync("Archived", "Long ago", "Una Unready", conference: "gone");
        var withdrawn = await site.TopicAsync("Withdrawn", "Never", "Una Unready", conference: "never");
        await using var db = site.OpenDatabase();
        await db
            .Conferences.Where(c => c.Slug == "gone")
            .ExecuteUpdateAsync(
                set => set.SetProperty(c => c.State, LpcSite.Conferences.ConferenceState.Archived),
                Stop
            );
        await db
            .Microconferences.Where(m => m.Id == withdrawn.Microconference.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(m => m.Status, MicroconferenceStatus.Withdrawn)
                        .SetProperty(m => m.Form, (SessionForm?)null),
                Stop
            );

        await SlideReminders.WriteDueAsync(site.OpenDatabase, Origin, Begins - Duration.FromHours(3), Stop);

        Assert.Empty(await LettersAsync(archived.Microconference));
        Assert.Empty(await LettersAsync(withdrawn.Microconference));
    }

    // As the site does it by itself, in the round of whoever sends its letters.
    [Fact]
    public async Task Sender_OnTheDayBefore_SendsTheReminder()
    {
        var place = await site.TopicAsync("Sent", "To be sent", "Sonja Sent", conference: "sent", lead: "Nobody Knows");
        await site.Given.AccountAsync(place.Speaker);
        await using var server = new SmtpServer();
        var clock = new NodaTime.Testing.FakeClock(Begins - Duration.FromHours(2));
        await using var one = new GivenSender(site.ConnectionString, clock, server);
        await using var two = new GivenSender(site.ConnectionString, clock, server);

        await Task.WhenAll(one.SendDueAsync(), two.SendDueAsync());

        Assert.Equal(EmailState.Sent, Assert.Single(await LettersAsync(place.Microconference)).State);
    }

    [Fact]
    public async Task Round_OnAnOrdinaryDay_AsksOnce()
    {
        await site.TopicAsync("Far", "Far away", "Una Unready");
        var statements = new SqlStatements();
        LpcSite.Data.LpcDbContext Open() =>
            new(
                (DbContextOptions<LpcSite.Data.LpcDbContext>)
                    LpcSite
                        .Data.LpcDbContextFactory.Configure(
                            new DbContextOptionsBuilder<LpcSite.Data.LpcDbContext>(),
                            site.ConnectionString
                        )
                        .AddInterceptors(statements)
                        .Options
            );

        Assert.Equal(0, await SlideReminders.WriteDueAsync(Open, Origin, Begins - Duration.FromDays(100), Stop));

        Assert.Single(statements.Texts);
    }

    [Fact]
    public async Task Lead_WhoRemindsByHand_DoesSoOnceInAnHour()
    {
        var place = await site.TopicAsync("By hand", "Asked for", "Una Unready", conference: "hand");
        await site.Given.AccountAsync(place.Speaker);
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        var page = await lead.ReadAsync($"{place.Microconference.Path}/lead/slides");

        var answers = await Task.WhenAll(
            lead.SubmitAsync(page, [], "Remind them now"),
            lead.SubmitAsync(page, [], "Remind them now")
        );

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.BadRequest], answers.Select(a => a.StatusCode).Order());
        Assert.Contains(
            "less than an hour ago",
            await answers.Single(a => a.StatusCode is HttpStatusCode.BadRequest).Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );
        Assert.Equal("Una Unready", Assert.Single(await LettersAsync(place.Microconference)).ToName);
    }

    [Fact]
    public async Task Lead_WhoseSpeakersHaveNoAccount_IsTold()
    {
        var place = await site.TopicAsync("Unknown", "Of somebody unknown", "Nick Nomail", conference: "unknown");
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));

        using var refused = await lead.SubmitAsync($"{place.Microconference.Path}/lead/slides", [], "Remind them now");

        Assert.Contains(
            "has an account",
            (await Browsing.ParseAsync(refused)).QuerySelector("[role=alert]")?.TextContent,
            StringComparison.Ordinal
        );
    }

    private async Task<List<Email>> LettersAsync(Microconference microconference)
    {
        await using var db = site.OpenDatabase();
        return await db
            .Letters.AsNoTracking()
            .Where(l => l.MicroconferenceId == microconference.Id)
            .OrderBy(l => l.Id)
            .ToListAsync(Stop);
    }
}
