using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Sessions;
using LpcSite.Tests.Fixture;
using LpcSite.Tests.Scheduling.Releases;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LpcSite.Tests.Scheduling.Sessions;

/// <summary>
/// What the database itself refuses about sessions, whoever writes: nothing overlaps in a slot, and nothing leaves it.
/// </summary>
public sealed class SessionConstraintTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(29, "23P01")]
    [InlineData(30, null)]
    [InlineData(180, null)]
    [InlineData(181, "23514")]
    public async Task Item_InItsSlot_NeitherOverlapsNorLeavesIt(int after, string? refused)
    {
        var mc = await PlaceAsync($"Inside {after}");

        Assert.Equal(
            refused,
            await RefusalAsync(async db =>
                db.Add(SessionItem.Titled(await FindAsync(db, mc), await SlotAsync(db, mc), "Other", false, after, 30))
            )
        );
    }

    [Fact]
    public async Task Items_ThatChangePlaces_AreComparedAtTheEndAlone()
    {
        var mc = await PlaceAsync("Swapped");
        await SaveAsync(async db =>
            db.Add(SessionItem.Titled(await FindAsync(db, mc), await SlotAsync(db, mc), "Second", false, 30, 30))
        );

        Assert.Null(
            await RefusalAsync(db =>
                db.Database.ExecuteSqlRawAsync(
                    "UPDATE session_items SET starts_after = 30 - starts_after WHERE microconference_id = {0}",
                    [mc.Id],
                    Stop
                )
            )
        );
        Assert.Equal(
            "23P01",
            await RefusalAsync(db =>
                db.Database.ExecuteSqlRawAsync(
                    "UPDATE session_items SET starts_after = 10 WHERE microconference_id = {0}",
                    [mc.Id],
                    Stop
                )
            )
        );
    }

    [Theory]
    [InlineData(30, null)]
    [InlineData(29, "23514")]
    public async Task Slot_ShortenedBelowItsSession_IsRefused(int minutes, string? refused)
    {
        var mc = await PlaceAsync($"Shortened {minutes}");

        Assert.Equal(
            refused,
            await RefusalAsync(db =>
                db.Database.ExecuteSqlRawAsync(
                    "UPDATE slots SET during = tstzrange(lower(during), lower(during) + make_interval(mins => {0})) "
                        + "WHERE microconference_id = {1}",
                    [minutes, mc.Id],
                    Stop
                )
            )
        );
    }

    [Fact]
    public async Task Item_InTheSlotOfAnother_IsRefused()
    {
        var (mine, theirs) = (await PlaceAsync("Mine"), await PlaceAsync("Theirs", "Meeting 6"));

        Assert.Equal(
            "23514",
            await RefusalAsync(async db =>
                db.Add(
                    SessionItem.Titled(await FindAsync(db, mine), await SlotAsync(db, theirs), "Lost", false, 60, 30)
                )
            )
        );
        Assert.Equal(
            "23514",
            await RefusalAsync(db =>
                db.Database.ExecuteSqlRawAsync(
                    "UPDATE slots SET microconference_id = {0} WHERE microconference_id = {1}",
                    [theirs.Id, mine.Id],
                    Stop
                )
            )
        );
    }

    [Fact]
    public async Task Slot_TakenAway_LeavesItsSessionWaiting()
    {
        var mc = await PlaceAsync("Waiting");

        await SaveAsync(async db => db.Remove(await SlotAsync(db, mc)));

        await using var after = site.OpenDatabase();
        Assert.Null((await after.SessionItems.SingleAsync(i => i.MicroconferenceId == mc.Id, Stop)).SlotId);
    }

    // With one item of half an hour at its start.
    private async Task<Microconference> PlaceAsync(string title, string room = "Herbert")
    {
        var mc = await new GivenReleases(site, title.ToLowerInvariant().Replace(' ', '-')).PlaceAsync(
            title,
            "Lena Lead",
            room,
            0
        );
        await SaveAsync(async db =>
            db.Add(SessionItem.Titled(await FindAsync(db, mc), await SlotAsync(db, mc), "Welcome", false, 0, 30))
        );
        return mc;
    }

    private static Task<Microconference> FindAsync(LpcDbContext db, Microconference mc) =>
        db.Microconferences.SingleAsync(m => m.Id == mc.Id, Stop);

    private static Task<Slot> SlotAsync(LpcDbContext db, Microconference mc) =>
        db.Slots.SingleAsync(s => s.MicroconferenceId == mc.Id, Stop);

    private async Task SaveAsync(Func<LpcDbContext, Task> change)
    {
        await using var db = site.OpenDatabase();
        await change(db);
        await db.SaveChangesAsync(Stop);
    }

    private async Task<string?> RefusalAsync(Func<LpcDbContext, Task> change)
    {
        try
        {
            await SaveAsync(change);
            return null;
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
        catch (DbUpdateException refused)
        {
            return (refused.InnerException as PostgresException)?.SqlState;
        }
    }
}
