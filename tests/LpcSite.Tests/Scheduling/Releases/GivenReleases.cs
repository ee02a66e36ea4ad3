using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;
using LpcSite.Scheduling.Sessions;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace LpcSite.Tests.Scheduling.Releases;

/// <summary>
/// The draft of one conference in two rooms, as tests of releases arrange it; its first day begins at ten in Dublin.
/// </summary>
internal sealed class GivenReleases(SiteFixture site, string conference)
{
    public static readonly Instant Ten = Instant.FromUtc(2022, 9, 12, 9, 0);

    public string Path => $"/{conference}";

    public async Task<Browsing> OrganizerAsync(string name = "Olga Organizer")
    {
        await ConferenceAsync();
        return await site.AsAsync(await site.Given.OrganizerAsync(name));
    }

    /// <summary>Places an accepted microconference, or moves it; its lead has an account.</summary>
    /// <param name="after">Minutes after ten.</param>
    /// <param name="topics">
    /// What is discussed, by whom, and how long after its start; null for a topic without a time.
    /// </param>
    public async Task<Microconference> PlaceAsync(
        string title,
        string lead,
        string room,
        int after,
        params (string Title, string Speaker, int? After)[] topics
    )
    {
        // What is told of one release is told from another by its moment.
        site.Clock.AdvanceMinutes(1);
        await ConferenceAsync();
        var mc = await site.Given.MicroconferenceAsync(
            title,
            MicroconferenceStatus.Accepted,
            conference,
            leads: [lead],
            topics: [.. topics.Select(t => t.Title)],
            form: SessionForm.Full
        );
        foreach (
            var name in topics
                .Select(t => t.Speaker)
                .Append(lead)
                .Where(name => !name.StartsWith("No ", StringComparison.Ordinal))
        )
        {
            await site.Given.AccountAsync(await site.Given.PersonAsync(name));
        }

        await using var db = site.OpenDatabase();
        mc = await db
            .Microconferences.Include(m => m.Topics)
                .ThenInclude(t => t.Speakers)
            .AsSingleQuery()
            .SingleAsync(m => m.Id == mc.Id);
        var during = new Interval(Ten + Duration.FromMinutes(after), Ten + Duration.FromMinutes(after + 210));
        var place = await db.Rooms.SingleAsync(r => r.ConferenceId == mc.ConferenceId && r.Name == room);
        var slot = await db.Slots.FirstOrDefaultAsync(s => s.MicroconferenceId == mc.Id);
        if (slot is null)
        {
            db.Add(slot = new Slot(mc.ConferenceId, mc, during, place));
        }

        slot.Move(during, place);
        foreach (var (topic, speaker, starts) in topics)
        {
            var found = mc.Topics.Single(t => t.Title == topic);
            var person = await site.Given.PersonAsync(speaker);
            if (found.Speakers.Count == 0)
            {
                found.SpokenBy([await db.People.SingleAsync(p => p.Id == person.Id)], 0, null);
            }

            db.RemoveRange(await db.SessionItems.Where(i => i.TopicId == found.Id).ToListAsync());
            await db.SaveChangesAsync();
            if (starts is { } minutes)
            {
                db.Add(SessionItem.Of(mc, slot, found, minutes, 30));
            }
        }

        await db.SaveChangesAsync();
        return mc;
    }

    /// <summary>As a command would, without a page.</summary>
    public Task<Release> ReleaseAsync(string comment = "") =>
        WithAsync(
            async (db, releases) =>
                await releases.ReleaseAsync(
                    await db.Conferences.SingleAsync(c => c.Slug == conference),
                    comment,
                    null,
                    "test",
                    null,
                    default
                )
        );

    /// <summary>As the leads' page does.</summary>
    public Task<Release> PublishAsync(Microconference microconference, string by, string comment = "") =>
        WithAsync(
            async (db, releases) =>
                await releases.PublishAsync(
                    await db.Microconferences.Include(m => m.Conference).SingleAsync(m => m.Id == microconference.Id),
                    comment,
                    await db.People.FirstAsync(p => p.Name == by),
                    "test",
                    "https://plumbing.example",
                    default
                )
        );

    /// <summary>Releases that are there already, each of which moves one session by a minute.</summary>
    public async Task ManyAsync(int count)
    {
        var id = await ConferenceAsync();
        await using var db = site.OpenDatabase();
        ScheduleDocument? before = null;
        for (var number = 1; number <= count; number++)
        {
            before = Some.Schedule(Some.Session(1, 1, number, 90, [1], [], Some.Topic(1, number, 30, 2))).After(before);
            db.Add(
                new Release(
                    id,
                    number,
                    before,
                    FormattableString.Invariant($"The {number}th."),
                    null,
                    null,
                    site.Clock.GetCurrentInstant() + Duration.FromMinutes(number)
                )
            );
        }

        await db.SaveChangesAsync();
        site.ForgetPages();
    }

    public async Task<List<(string To, string Text)>> LettersAsync(int release)
    {
        await using var db = site.OpenDatabase();
        var found = await db
            .Letters.Where(l =>
                db.Releases.Any(r => r.Number == release && r.ConferenceId == l.ConferenceId && r.At == l.CreatedAt)
                && db.Conferences.Any(c => c.Id == l.ConferenceId && c.Slug == conference)
            )
            .OrderBy(l => l.ToName)
            .Select(l => new { l.ToName, l.Text })
            .ToListAsync();
        return found.ConvertAll(l => (l.ToName, l.Text.ReplaceLineEndings(" ")));
    }

    public async Task<ScheduleDocument> DocumentAsync()
    {
        await using var db = site.OpenDatabase();
        return (await db.ReleasedAsync(await ConferenceAsync(), default))!;
    }

    public async Task<ScheduleDocument> DraftAsync()
    {
        await using var db = site.OpenDatabase();
        return await db.DraftAsync(await ConferenceAsync(), withTexts: false, default);
    }

    public async Task<List<int>> NumbersAsync()
    {
        await using var db = site.OpenDatabase();
        var id = await ConferenceAsync();
        return await db
            .Releases.Where(r => r.ConferenceId == id)
            .OrderBy(r => r.Number)
            .Select(r => r.Number)
            .ToListAsync();
    }

    private async Task<int> ConferenceAsync()
    {
        var id = (await site.Given.ConferenceAsync(conference)).Id;
        await using var db = site.OpenDatabase();
        if (!await db.Rooms.AnyAsync(r => r.ConferenceId == id))
        {
            (await db.Conferences.Include(c => c.Rooms).SingleAsync(c => c.Id == id)).Arrange([
                ("Herbert", 120, null),
                ("Meeting 6", null, null),
            ]);
            await db.SaveChangesAsync();
        }

        return id;
    }

    private async Task<Release> WithAsync(Func<LpcDbContext, ScheduleReleases, Task<Release>> act)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await act(
            scope.ServiceProvider.GetRequiredService<LpcDbContext>(),
            scope.ServiceProvider.GetRequiredService<ScheduleReleases>()
        );
    }
}
