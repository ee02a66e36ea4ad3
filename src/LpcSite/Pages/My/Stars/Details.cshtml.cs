using LpcSite.Accounts;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.People;
using LpcSite.Scheduling.Stars;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.My.Stars;

/// <summary>What I starred of one conference, by day and time, and the ways to have it elsewhere.</summary>
[WritesToArchived]
public class DetailsModel(LpcDbContext db, StarList starList) : FormPage
{
    public StarredSchedule Mine { get; private set; } = null!;

    /// <summary>The secret part of the address of my calendar; null while it has none.</summary>
    public string? Token { get; private set; }

    /// <summary>Other conferences of which I starred something, the newest first.</summary>
    public IReadOnlyList<Other> Others { get; private set; } = [];

    /// <summary>What was just unstarred, to be starred again.</summary>
    [TempData]
    public string? Undo { get; set; }

    public string? UndoTitle { get; private set; }

    public Task OnGetAsync(CancellationToken stop) => ShowAsync(stop);

    public async Task<IActionResult> OnPostUnstarAsync(string? uid, CancellationToken stop)
    {
        var (uids, _) = StarUids.Read(uid);
        await starList.ChangeAsync(HttpContext.Conference(), User.PersonId()!.Value, [], uids, stop);
        Undo = uids.Count == 0 ? null : StarUids.Write(uids);
        return Here();
    }

    public Task<IActionResult> OnPostStarAsync(string? uid, CancellationToken stop) =>
        DoAsync(
            async () =>
            {
                var before = await db.Stars.Of(User.PersonId()!.Value, HttpContext.Conference().Id).ToListAsync(stop);
                var after = await starList.ChangeAsync(
                    HttpContext.Conference(),
                    User.PersonId()!.Value,
                    StarUids.Read(uid).Uids,
                    [],
                    stop
                );
                return after.Count == before.Count
                    ? "You have starred this already, or it is not there any more."
                    : "It is starred.";
            },
            stop
        );

    public Task<IActionResult> OnPostOpenAsync(CancellationToken stop) =>
        DoAsync(
            async () =>
            {
                await starList.OpenFeedAsync(await db.MeAsync(User, stop), stop);
                return "Your calendar has an address now.";
            },
            stop
        );

    public Task<IActionResult> OnPostRenewAsync(CancellationToken stop) =>
        DoAsync(
            async () =>
            {
                await starList.RenewFeedAsync(await db.MeAsync(User, stop), stop);
                return "Your calendar has a new address. Nothing is read at the old one any more.";
            },
            stop
        );

    private Task<IActionResult> DoAsync(Func<Task<string>> change, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                return Done.Say(await change());
            },
            stop
        );

    private RedirectResult Here() => Redirect($"/my/stars/{HttpContext.Conference().Slug}");

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var (conference, me, sees) = (HttpContext.Conference(), User.PersonId()!.Value, User.IsOrganizer());
        var things = await db.StarrablesAsync(conference, stop);
        Mine = StarredSchedule.Of(things, await db.Stars.Of(me, conference.Id).ToListAsync(stop));
        UndoTitle = Undo is null
            ? null
            : string.Join(", ", StarredSchedule.Of(things, StarUids.Read(Undo).Uids).Titles);
        Token = await db.StarFeeds.Where(f => f.PersonId == me).Select(f => f.Token).SingleOrDefaultAsync(stop);
        Others = await db
            .Conferences.Where(c =>
                c.Id != conference.Id
                && (sees || c.State != ConferenceState.Preparing)
                && db.Stars.Any(s => s.PersonId == me && s.ConferenceId == c.Id)
            )
            .OrderByDescending(c => c.StartsOn)
            .Select(c => new Other(c.Slug, c.ShortName))
            .ToListAsync(stop);
    }

    public sealed record Other(string Slug, string Name);
}
