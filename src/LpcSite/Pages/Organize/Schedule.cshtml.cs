using System.Globalization;
using LpcSite.Accounts;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Scheduling;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Organize;

/// <summary>The organizers' board: who gets which room when, what that costs whom, and the way back.</summary>
public class ScheduleModel(LpcDbContext db, Placing placing) : PageModel
{
    [BindProperty] public BoardInput Input { get; set; } = new();

    public Conference Conference { get; private set; } = null!;
    public Board Board { get; private set; } = null!;

    /// <summary>Those that run: without a place first the accepted ones, then those to try.</summary>
    public IReadOnlyList<BoardLine> Microconferences { get; private set; } = [];

    /// <summary>What a place is looked for.</summary>
    public BoardChoice? Chosen { get; private set; }

    public BoardHistory History { get; private set; } = null!;

    /// <summary>The newest change of the board, by which an open page sees that there is another.</summary>
    public long Newest { get; private set; }

    /// <summary>With which clashes the organizers live, and why.</summary>
    public IReadOnlyDictionary<string, string> Accepted { get; private set; } = new Dictionary<string, string>();

    /// <summary>The sentence about what could not be done; beside the slot where it was asked for, else above the board.</summary>
    public string? Problem { get; private set; }

    public int? ProblemAt => Problem is not null && Input.To is null && Input.With is null ? Input.Slot : null;

    public Task OnGetAsync(string? place, int? move, CancellationToken stop) => LoadAsync(place, move, stop);

    /// <summary>For a page that stands open.</summary>
    public async Task<IActionResult> OnGetNewestAsync(CancellationToken stop) => Content((await NewestAsync(stop)).ToString(CultureInfo.InvariantCulture));

    public Task<IActionResult> OnPostAsync(CancellationToken stop) => DoAsync((_, _) => throw new RuleException("Choose one of the buttons."), stop);

    public Task<IActionResult> OnPostPlaceAsync(CancellationToken stop) => DoAtAsync((id, during, room, me) => placing.PlaceAsync(id, Input.Microconference ?? "", Input.Standing, during, room, me, stop), stop);

    public Task<IActionResult> OnPostMoveAsync(CancellationToken stop) => DoAtAsync((id, during, room, me) => placing.MoveAsync(id, Input.Slot ?? 0, Input.Version, during, room, me, stop), stop);

    public Task<IActionResult> OnPostAddAsync(CancellationToken stop) => DoAtAsync((id, during, room, me) => placing.AddAsync(id, Input.Kind, (Input.Title ?? "").Trim(), during, room, me, stop), stop);

    public Task<IActionResult> OnPostSwapAsync(CancellationToken stop) => DoAsync((id, me) =>
    {
        var (other, version) = Input.ReadOther();
        return placing.SwapAsync(id, Input.Slot ?? 0, Input.Version, other, version, me, stop);
    }, stop);

    public Task<IActionResult> OnPostTakeOutAsync(CancellationToken stop) => DoAsync((id, me) => placing.TakeOutAsync(id, Input.Slot ?? 0, Input.Version, me, stop), stop);

    public Task<IActionResult> OnPostLockAsync(CancellationToken stop) => DoAsync((id, me) => placing.LockAsync(id, Input.Slot ?? 0, Input.Version, isLocked: true, me, stop), stop);

    public Task<IActionResult> OnPostUnlockAsync(CancellationToken stop) => DoAsync((id, me) => placing.LockAsync(id, Input.Slot ?? 0, Input.Version, isLocked: false, me, stop), stop);

    public Task<IActionResult> OnPostRenameAsync(CancellationToken stop) => DoAsync((id, me) => placing.RenameAsync(id, Input.Slot ?? 0, Input.Version, (Input.Title ?? "").Trim(), me, stop), stop);

    public Task<IActionResult> OnPostUndoAsync(CancellationToken stop) => DoAsync((id, me) => placing.GoBackAsync(id, Input.Entry, again: false, me, stop), stop);

    public Task<IActionResult> OnPostRedoAsync(CancellationToken stop) => DoAsync((id, me) => placing.GoBackAsync(id, Input.Entry, again: true, me, stop), stop);

    private Task<IActionResult> DoAtAsync(Func<int, Interval, int?, Person, Task<Placed>> change, CancellationToken stop) => DoAsync((id, me) =>
    {
        var (during, room) = Input.Read(HttpContext.Conference());
        return change(id, during, room, me);
    }, stop);

    private async Task<IActionResult> DoAsync(Func<int, Person, Task<Placed>> change, CancellationToken stop)
    {
        var status = StatusCodes.Status400BadRequest;
        try
        {
            Rule.Require(ModelState.IsValid, "One of the fields is not filled in as it should be.");
            this.Say((await change(HttpContext.Conference().Id, await db.MeAsync(User, stop))).Told);
            return RedirectToPage();
        }
        catch (RuleException broken)
        {
            Problem = broken.Message;
        }
        catch (RaceException raced)
        {
            (Problem, status) = (raced.Message, StatusCodes.Status409Conflict);
        }

        db.ChangeTracker.Clear();
        await LoadAsync(Input.Microconference, Input.To is null && Input.With is null ? null : Input.Slot, stop);
        Response.StatusCode = status;
        return Page();
    }

    private async Task LoadAsync(string? place, int? move, CancellationToken stop)
    {
        var id = HttpContext.Conference().Id;
        Newest = await NewestAsync(stop);
        Conference = await db.Conferences.AsNoTracking().Include(c => c.Rooms).Include(c => c.HalfDays).AsSplitQuery().SingleAsync(c => c.Id == id, stop);
        var versions = await db.Slots.Where(s => s.ConferenceId == id).Select(s => new { s.Id, s.RowVersion }).ToDictionaryAsync(s => s.Id, s => s.RowVersion, stop);
        var draft = await db.DraftAsync(id, withTexts: false, stop);
        Microconferences = await db.Microconferences.Where(m => m.ConferenceId == id).Listed().OrderBy(m => m.Status != MicroconferenceStatus.Accepted).ThenBy(m => m.Title).ThenBy(m => m.Slug)
            .Select(m => new BoardLine(m.Id, m.Slug, m.Title, m.Status, m.Form, string.Join(", ", m.Leads.OrderBy(l => l.Position).Select(l => l.Person.Name)), db.Slots.Count(s => s.MicroconferenceId == m.Id)))
            .ToListAsync(stop);
        Chosen = Microconferences.FirstOrDefault(m => m.Slug == place) is { } line ? BoardChoice.Of(line)
            : draft.Entries.FirstOrDefault(e => e.Slot == move) is { } entry ? BoardChoice.Of(entry, versions.GetValueOrDefault(entry.Slot), Conference)
            : null;
        Board = Board.Of(Conference, draft, await db.CircumstancesAsync(id, withStars: true, stop), versions, Chosen?.Wish, Chosen?.Slot);
        Accepted = await db.AcceptedClashes.Where(c => c.ConferenceId == id).ToDictionaryAsync(c => c.Key, c => c.Reason, stop);
        History = await BoardHistory.OfAsync(db, id, User.PersonId() ?? 0, stop);
    }

    private async Task<long> NewestAsync(CancellationToken stop)
    {
        var id = HttpContext.Conference().Id;
        return await db.AuditEntries.Where(e => e.ConferenceId == id && e.Via == BoardHistory.Via).MaxAsync(e => (long?)e.Id, stop) ?? 0;
    }
}
