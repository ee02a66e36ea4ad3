using System.Net;
using LpcSite.Live;
using LpcSite.Microconferences;
using LpcSite.Scheduling.Sessions;
using LpcSite.Tests.Fixture;
using LpcSite.Tests.Scheduling;
using LpcSite.Tests.Scheduling.Board;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;

namespace LpcSite.Tests.Live;

/// <summary>
/// Boards and sessions that stand open hear of what others change, of nothing else, and of no change twice.
/// </summary>
public sealed class LiveChangesTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string Monday = "2022-09-12";

    private static readonly LocalDateTime Ten = new(2022, 9, 12, 10, 0);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Board_ChangedByAnother_HearsTheStampOfWhatIsThereNow()
    {
        var board = await Boards.BoardAsync(site, "live");
        await site.Given.MicroconferenceAsync("Pipes", MicroconferenceStatus.Accepted, "live", form: SessionForm.Full);
        using var olga = await Boards.OrganizerAsync(site);
        using var otto = await Boards.OrganizerAsync(site, "Otto Order");
        var before = await Changes.StampAsync(olga, board);
        using var changes = await Changes.OpenAsync(olga, board);
        Assert.Equal(before, await changes.NextAsync());

        await Boards.SaidAsync(otto, await Boards.PlaceAsync(otto, board, "pipes", Monday, 0, "Herbert"));
        var told = await changes.NextAsync();

        // Whoever made the change has it on their page already.
        Assert.NotEqual(before, told);
        Assert.Equal(
            [told, told, told],
            [
                await Changes.StampAsync(otto, board),
                await Changes.StampAsync(olga, board),
                await Changes.TextAsync(olga, board),
            ]
        );
        var page = (await olga.ReadAsync(board)).QuerySelector("main")!;
        Assert.Equal(
            "Otto Order placed Pipes: Monday 12 September 2022, 10:00–13:30 Europe/Dublin, Herbert.",
            page.GetAttribute("data-last")
        );
        Assert.Equal(
            "You placed Pipes: Monday 12 September 2022, 10:00–13:30 Europe/Dublin, Herbert.",
            (await otto.ReadAsync(board)).QuerySelector("main[data-mine]")!.GetAttribute("data-last")
        );
        Assert.Equal(
            ("text/event-stream", true, "no"),
            (
                changes.Answer.Content.Headers.ContentType!.MediaType,
                changes.Answer.Headers.CacheControl!.NoStore,
                Assert.Single(changes.Answer.Headers.GetValues("X-Accel-Buffering"))
            )
        );
        Assert.DoesNotContain(changes.Answer.Content.Headers.ContentEncoding, encoding => encoding is "br" or "gzip");
    }

    [
        Theory,
        InlineData("title"),
        InlineData("lead"),
        InlineData("room"),
        InlineData("half-day"),
        InlineData("accepted"),
        InlineData("arranged")
    ]
    public async Task Board_HearsOfAllThatItShows(string what)
    {
        var conference = $"hears-{what}";
        var board = await Boards.BoardAsync(site, conference);
        var mc = await site.PlacedAsync(conference, "Shown", "Herbert", Ten, topics: ["Pin"]);
        var other = await site.Given.PersonAsync("Nina New");
        using var olga = await Boards.OrganizerAsync(site);
        using var changes = await Changes.OpenAsync(olga, board);
        var before = await changes.NextAsync();

        await using var db = site.OpenDatabase();
        var known = await db
            .Conferences.Include(c => c.Rooms)
            .Include(c => c.HalfDays)
            .AsSplitQuery()
            .SingleAsync(c => c.Slug == conference, Stop);
        var changed = await db
            .Microconferences.Include(m => m.Leads)
            .Include(m => m.Topics)
            .AsSplitQuery()
            .SingleAsync(m => m.Id == mc.Id, Stop);
        (
            what switch
            {
                "title" => () => changed.Rename("Shown otherwise"),
                "lead" => () => changed.AddLead(db.People.Single(p => p.Id == other.Id)),
                "room" => () => db.Entry(known.Rooms[0]).Property(r => r.Name).CurrentValue = "Hall",
                "half-day" => () =>
                    known.Divide([
                        .. known
                            .HalfDays.Take(1)
                            .Select(h => ((int?)h.Id, "Before noon", h.Starts, h.Ends, h.BreakStarts, h.BreakMinutes)),
                    ]),
                "accepted" => () => db.Entry(changed).Property(m => m.Form).CurrentValue = SessionForm.NoAv,
                _ => (Action)(
                    () =>
                        db.Add(
                            SessionItem.Of(
                                changed,
                                db.Slots.Single(s => s.MicroconferenceId == mc.Id),
                                changed.Topics[0],
                                0,
                                30
                            )
                        )
                ),
            }
        )();
        await db.SaveChangesAsync(Stop);

        Assert.NotEqual(before, await changes.NextAsync());
    }

    [Fact]
    public async Task Board_WhereNothingCameOfIt_StaysSilent()
    {
        var board = await Boards.BoardAsync(site, "silent");
        await site.PlacedAsync("silent", "Stays", "Herbert", Ten);
        using var olga = await Boards.OrganizerAsync(site);
        using var changes = await Changes.OpenAsync(olga, board);
        var before = await changes.NextAsync();

        await using (var db = site.OpenDatabase())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Stop);
            await db
                .Slots.Where(s => s.Microconference!.Conference.Slug == "silent")
                .ExecuteUpdateAsync(s => s.SetProperty(slot => slot.IsLocked, true), Stop);
            await transaction.RollbackAsync(Stop);
        }

        // Somebody who is nowhere on it, and a change of another conference.
        await site.Given.PersonAsync("Nobody Needed");
        await site.PlacedAsync("loud", "Elsewhere", null, Ten);

        Assert.True(await changes.IsSilentAsync());
        Assert.Equal(before, await Changes.StampAsync(olga, board));
    }

    [Fact]
    public async Task Board_ChangedBeforeItListens_HearsItFirst()
    {
        var board = await Boards.BoardAsync(site, "missed");
        var mc = await site.PlacedAsync("missed", "Moved early", "Herbert", Ten);
        using var olga = await Boards.OrganizerAsync(site);
        var shown = await Changes.StampAsync(olga, board);

        await site.MovedAsync(mc, Ten.PlusDays(1));
        using var changes = await Changes.OpenAsync(olga, board);

        Assert.NotEqual(shown, await changes.NextAsync());
    }

    [Fact]
    public async Task Session_SavedByAnotherLeadOrMoved_IsHeardByItsLeads()
    {
        await Boards.BoardAsync(site, "session");
        var mc = await site.PlacedAsync(
            "session",
            "Told",
            "Herbert",
            Ten,
            topics: ["Pin"],
            leads: ["Lena Lead", "Ludo Lead"]
        );
        var page = $"{mc.Path}/lead/session";
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        using var ludo = await site.AsAsync(await site.Given.PersonAsync("Ludo Lead"));
        using var changes = await Changes.OpenAsync(lena, page);
        var first = await changes.NextAsync();
        Assert.Equal(await Changes.StampAsync(lena, page), first);

        using var fitted = await ludo.SubmitAsync(page, [], $"fit {await Boards.SlotAsync(site, "session", "Told")}");
        using var saved = await ludo.SubmitAsync(await Browsing.ParseAsync(fitted), [], "Save the session");
        var second = await changes.NextAsync();
        Assert.Equal([second, second], [await Changes.StampAsync(ludo, page), await Changes.TextAsync(lena, page)]);
        await site.MovedAsync(mc, Ten.PlusDays(1));
        var third = await changes.NextAsync();

        Assert.Equal(3, new[] { first, second, third }.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(third, await Changes.StampAsync(lena, page));
    }

    [Fact]
    public async Task Session_WhereSomethingElseMovesOrItIsOnlyTried_TellsItsLeadsNothing()
    {
        await Boards.BoardAsync(site, "discreet");
        var mine = await site.PlacedAsync("discreet", "Mine", "Herbert", Ten, leads: ["Lena Lead"]);
        var other = await site.PlacedAsync("discreet", "Not mine", "Ulster", Ten);
        var tried = await site.Given.MicroconferenceAsync(
            "Tried",
            conference: "discreet",
            leads: ["Lena Lead"],
            topics: ["Pin"]
        );
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        using var olga = await Boards.OrganizerAsync(site);
        var before = await Changes.TextAsync(lena, $"{tried.Path}/lead/session");
        using var changes = await Changes.OpenAsync(lena, $"{mine.Path}/lead/session");
        await changes.NextAsync();

        await site.MovedAsync(other, Ten.PlusDays(1));
        await Boards.SaidAsync(
            olga,
            await Boards.PlaceAsync(olga, "/discreet/organize/schedule", "tried", Monday, 1, "Ulster")
        );

        Assert.True(await changes.IsSilentAsync());
        Assert.Equal(
            [before, before],
            [
                await Changes.TextAsync(lena, $"{tried.Path}/lead/session"),
                await Changes.StampAsync(lena, $"{tried.Path}/lead/session"),
            ]
        );
    }

    [Fact]
    public async Task Board_WhoseDatabaseWasAway_HearsWhatWasMissed()
    {
        var board = await Boards.BoardAsync(site, "away");
        var mc = await site.PlacedAsync("away", "Moved meanwhile", "Herbert", Ten);
        using var olga = await Boards.OrganizerAsync(site);
        using var changes = await Changes.OpenAsync(olga, board);
        var before = await changes.NextAsync();

        // Whoever listens is cut off, and has not come back when the change is made.
        await using (var db = site.OpenDatabase())
        {
            Assert.NotEqual(
                0,
                await db
                    .Database.SqlQuery<int>(
                        $"""
                        SELECT count(pg_terminate_backend(pid, 5000))::int AS "Value" FROM pg_stat_activity
                        WHERE datname = current_database() AND query LIKE 'LISTEN%'
                        """
                    )
                    .SingleAsync(Stop)
            );
        }

        await site.MovedAsync(mc, Ten.PlusDays(1));

        var told = await changes.NextAsync();
        Assert.NotEqual(before, told);
        Assert.Equal(told, await Changes.StampAsync(olga, board));
    }

    [Fact]
    public async Task Stream_EndsAfterItsTimeAndIsRefusedToWhoIsNoOrganizerAnyMore()
    {
        await using var hasty = new SiteFixture
        {
            Configure = builder => builder.ConfigureTestServices(services => services.AddSingleton(Hasty)),
        };
        await hasty.InitializeAsync();
        var board = await Boards.BoardAsync(hasty, "hasty");
        using var olga = await Boards.OrganizerAsync(hasty);
        using var changes = await Changes.OpenAsync(olga, board);
        var (first, again) = (await changes.NextAsync(), await changes.NextAsync());

        await using (var db = hasty.OpenDatabase())
        {
            await db.Organizers.ExecuteDeleteAsync(Stop);
        }

        await changes.Listening.WaitAsync(TimeSpan.FromMinutes(2), Stop);
        using var refused = await Changes.OpenAsync(olga, board);

        // What nothing happens to is said again, so that whoever waits knows that somebody is there.
        Assert.Equal(first, again);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Answer.StatusCode);
    }

    [Fact]
    public async Task Streams_OfOnePerson_AreCounted()
    {
        var board = await Boards.BoardAsync(site, "many");
        using var olga = await Boards.OrganizerAsync(site, "Mona Many");
        var open = await Task.WhenAll(
            Enumerable.Range(0, LiveChanges.MostPerPerson).Select(_ => Changes.OpenAsync(olga, board))
        );

        using var refused = await Changes.OpenAsync(olga, board);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Answer.StatusCode);
        Assert.All(open, changes => Assert.Equal(HttpStatusCode.OK, changes.Answer.StatusCode));
        using var other = await Boards.OrganizerAsync(site);
        using var theirs = await Changes.OpenAsync(other, board);
        await theirs.NextAsync();

        Array.ForEach(open, changes => changes.Dispose());
        for (var patience = 0; patience < 3000; patience++)
        {
            using var again = await Changes.OpenAsync(olga, board);
            if (again.Answer.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(50, Stop);
        }

        Assert.Fail("Places of streams that are closed are not given back.");
    }

    [Fact]
    public async Task AnotherInstance_HearsItToo_AndStopsWithItsStreamsOpen()
    {
        var board = await Boards.BoardAsync(site, "instances");
        await site.Given.MicroconferenceAsync(
            "Far away",
            MicroconferenceStatus.Accepted,
            "instances",
            form: SessionForm.Full
        );
        using var here = await Boards.OrganizerAsync(site);
        var other = site.SecondInstance();
        other.UseKestrel(0);
        await other.InitializeAsync();
        other.StartServer();
        using var there = new Browsing(
            new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
            {
                BaseAddress = other.ClientOptions.BaseAddress,
            }
        );
        await there.SignInAsync(
            await site.Given.AccountAsync(await site.Given.OrganizerAsync("Otto Order")),
            Given.Password
        );
        using var changes = await Changes.OpenAsync(there, board);
        var first = await changes.NextAsync();

        await Boards.SaidAsync(here, await Boards.PlaceAsync(here, board, "far-away", Monday, 0, "Herbert"));
        var told = await changes.NextAsync();
        await other.DisposeAsync();

        Assert.NotEqual(first, told);
        Assert.Equal(told, await Changes.StampAsync(here, board));
        await changes.Listening.WaitAsync(TimeSpan.FromMinutes(2), Stop);
    }

    private static LiveChanges Hasty(IServiceProvider services) =>
        new(
            services.GetRequiredService<IServiceScopeFactory>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<IHostApplicationLifetime>()
        )
        {
            Longest = TimeSpan.FromSeconds(1),
            Beat = TimeSpan.FromMilliseconds(200),
        };
}
