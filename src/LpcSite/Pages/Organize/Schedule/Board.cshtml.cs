using LpcSite.Accounts;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Pages.Shared;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Board;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Organize.Schedule;

/// <summary>The organizers' board: who gets which room when, what that costs whom, and the way back.</summary>
public class BoardModel(LpcDbContext db, ScheduleBoard scheduleBoard) : FormPage
{
    [BindProperty]
    public BoardInput Input { get; set; } = new();

    public BoardReading Reading { get; private set; } = null!;
    public BoardLayout Board { get; private set; } = null!;
    public Conference Conference => Reading.Conference;
    public IReadOnlyList<BoardLine> Microconferences => Reading.Lines;
    public IReadOnlyDictionary<string, string> Accepted => Reading.Accepted;

    /// <summary>What a place is looked for.</summary>
    public BoardChoice? Chosen { get; private set; }

    public BoardHistory History { get; private set; } = null!;

    /// <summary>By which an open page says what others did.</summary>
    public LastChange? LastChange { get; private set; }

    /// <summary>
    /// The sentence about what could not be done; beside the slot where it was asked for, else above the board.
    /// </summary>
    public string? Problem => Problems.Of(ModelState, "").Concat(Problems.All(ModelState)).FirstOrDefault();

    public int? ProblemAt => Problem is not null && Input.To is null && Input.With is null ? Input.Slot : null;

    public Task OnGetAsync(string? place, int? move, CancellationToken stop) => LoadAsync(place, move, stop);

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        DoAsync((_, _) => throw new RuleException("Choose one of the buttons."), stop);

    public Task<IActionResult> OnPostPlaceAsync(CancellationToken stop) =>
        DoAtAsync(
            (id, during, room, me) =>
                scheduleBoard.PlaceAsync(id, Input.Microconference ?? "", Input.Standing, during, room, me, stop),
            stop
        );

    public Task<IActionResult> OnPostMoveAsync(CancellationToken stop) =>
        DoAtAsync(
            (id, during, room, me) =>
                scheduleBoard.MoveAsync(id, Input.Slot ?? 0, Input.Version, during, room, me, stop),
            stop
        );

    public Task<IActionResult> OnPostAddAsync(CancellationToken stop) =>
        DoAtAsync(
            (id, during, room, me) =>
                scheduleBoard.AddAsync(id, Input.Kind, (Input.Title ?? "").Trim(), during, room, me, stop),
            stop,
            isTitled: true
        );

    public Task<IActionResult> OnPostSwapAsync(CancellationToken stop) =>
        DoAsync(
            (id, me) =>
            {
                var (other, version) = Input.ReadOther();
                return scheduleBoard.SwapAsync(id, Input.Slot ?? 0, Input.Version, other, version, me, stop);
            },
            stop
        );

    public Task<IActionResult> OnPostTakeOutAsync(CancellationToken stop) =>
        DoAsync((id, me) => scheduleBoard.TakeOutAsync(id, Input.Slot ?? 0, Input.Version, me, stop), stop);

    public Task<IActionResult> OnPostLockAsync(CancellationToken stop) =>
        DoAsync(
            (id, me) => scheduleBoard.LockAsync(id, Input.Slot ?? 0, Input.Version, isLocked: true, me, stop),
            stop
        );

    public Task<IActionResult> OnPostUnlockAsync(CancellationToken stop) =>
        DoAsync(
            (id, me) => scheduleBoard.LockAsync(id, Input.Slot ?? 0, Input.Version, isLocked: false, me, stop),
            stop
        );

    public Task<IActionResult> OnPostRenameAsync(CancellationToken stop) =>
        DoAsync(
            (id, me) =>
                scheduleBoard.RenameAsync(id, Input.Slot ?? 0, Input.Version, (Input.Title ?? "").Trim(), me, stop),
            stop
        );

    public Task<IActionResult> OnPostUndoAsync(CancellationToken stop) =>
        DoAsync((id, me) => scheduleBoard.GoBackAsync(id, Input.Entry, again: false, me, stop), stop);

    public Task<IActionResult> OnPostRedoAsync(CancellationToken stop) =>
        DoAsync((id, me) => scheduleBoard.GoBackAsync(id, Input.Entry, again: true, me, stop), stop);

    private Task<IActionResult> DoAtAsync(
        Func<int, Interval, int?, Person, Task<BoardResult>> change,
        CancellationToken stop,
        bool isTitled = false
    ) =>
        DoAsync(
            async (id, me) =>
            {
                if (isTitled && string.IsNullOrWhiteSpace(Input.Title))
                {
                    ModelState.AddModelError("Input.Title", Slot.TitleSentence);
                }

                var known = await db
                    .Slots.Where(s => s.Id == Input.Slot && s.ConferenceId == id)
                    .Select(s => (Interval?)s.During)
                    .SingleOrDefaultAsync(stop);
                var (during, room) = Input.Read(ModelState, HttpContext.Conference(), known);
                Rule.Require(ModelState.IsValid, "One of the fields is not filled in as it should be.");
                return await change(id, during, room, me);
            },
            stop
        );

    private Task<IActionResult> DoAsync(Func<int, Person, Task<BoardResult>> change, CancellationToken stop) =>
        ActAsync(
            async () => Done.Say((await change(HttpContext.Conference().Id, await db.MeAsync(User, stop))).Told),
            stop
        );

    protected override Task ShowAsync(CancellationToken stop) =>
        LoadAsync(Input.Microconference, Input.To is null && Input.With is null ? null : Input.Slot, stop);

    private async Task LoadAsync(string? place, int? move, CancellationToken stop)
    {
        Reading = await BoardReading.OfAsync(db, HttpContext.Conference().Id, stop);
        Chosen = Reading.Choose(place, move);
        Board = Reading.Lay(Chosen);
        History = await BoardHistory.OfAsync(db, Conference.Id, User.PersonId() ?? 0, stop);
        LastChange = await LastChange.OfAsync(db, Conference, User.PersonId() ?? 0, stop);
    }
}
