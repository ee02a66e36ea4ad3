using LpcSite.Exports.Folder;
using LpcSite.Imports.Folder;
using LpcSite.Scheduling;
using NodaTime;

namespace LpcSite.Imports;

/// <summary>
/// What a folder wants of the schedule and the database would refuse, because of what stands there that the folder does
/// not speak of: told by file and line before anything is written.
/// </summary>
internal sealed class ImportedGridCheck
{
    private readonly ConferenceFolder _folder;
    private readonly ConferenceContent _known;
    private readonly FolderPlaces _places;
    private readonly List<FolderProblem> _problems = [];

    private ImportedGridCheck(ConferenceFolder folder, ConferenceContent known, FolderPlaces places) =>
        (_folder, _known, _places) = (folder, known, places);

    public static IReadOnlyList<FolderProblem> ProblemsOf(
        ConferenceFolder folder,
        ConferenceContent? known,
        FolderPlaces places
    )
    {
        if (known is null)
        {
            return [];
        }

        var check = new ImportedGridCheck(folder, known, places);
        if (folder.Slots is { } slots)
        {
            check.CheckSlots(slots);
        }
        else
        {
            check.CheckSessions();
        }

        return check._problems;
    }

    // Without slots of its own, the folder's sessions are for those that are there.
    private void CheckSessions()
    {
        foreach (var wanted in _folder.Microconferences.Where(m => m.Session is not null))
        {
            var minutes = KnownOf(wanted.Slug).Select(s => s.Minutes).ToList();
            if (ConferenceGridReader.ProblemOf(wanted.Session!, minutes) is { } problem)
            {
                _problems.Add(_places.Problem(wanted.FileName, "session", problem));
            }
        }
    }

    private void CheckSlots(IReadOnlyList<ConferenceFolder.Slot> slots)
    {
        var numbered = slots.Select((slot, number) => (Slot: slot, Number: number)).ToList();
        var theirs = _folder.Microconferences.Select(m => m.Slug).ToHashSet(StringComparer.Ordinal);
        foreach (
            var stays in _known.Slots.Where(s =>
                s is { Room: not null, Microconference: not null } && !theirs.Contains(s.Microconference.Slug)
            )
        )
        {
            foreach (
                var (slot, number) in numbered.Where(n =>
                    n.Slot.Room == stays.Room!.Name
                    && n.Slot.Starts < stays.During.End
                    && stays.During.Start < n.Slot.Ends
                )
            )
            {
                _problems.Add(
                    _places.ProblemOfSlot(
                        number,
                        $"The room '{slot.Room}' is taken at that time by '{stays.Microconference!.Slug}', which "
                            + "this folder does not list."
                    )
                );
            }
        }

        foreach (var microconference in _folder.Microconferences)
        {
            CheckSlotsOf(
                microconference,
                [.. numbered.Where(n => n.Slot.Microconference == microconference.Slug).OrderBy(n => n.Slot.Starts)]
            );
        }

        CheckTitled([.. numbered.Where(n => n.Slot.Microconference is null).OrderBy(n => n.Slot.Starts)]);
    }

    private void CheckSlotsOf(
        ConferenceFolder.Microconference microconference,
        IReadOnlyList<(ConferenceFolder.Slot Slot, int Number)> wanted
    )
    {
        foreach (var (old, i) in KnownOf(microconference.Slug).Select((old, i) => (old, i)))
        {
            var (slot, number) = wanted.ElementAtOrDefault(i);
            CheckLock(old, microconference.Slug, slot, number);
            var arranged = microconference.Session is not null
                ? 0
                : _known.Sessions.Where(item => item.Slot == old).Select(item => item.EndsAfter).DefaultIfEmpty().Max();
            if (slot is not null && arranged > (slot.Ends - slot.Starts).TotalMinutes)
            {
                _problems.Add(
                    _places.ProblemOfSlot(
                        number,
                        $"The session of '{microconference.Slug}' takes {arranged} minutes, as its leads arranged "
                            + $"it, and this slot has {(int)(slot.Ends - slot.Starts).TotalMinutes}."
                    )
                );
            }
        }
    }

    // What has only a title is known by it.
    private void CheckTitled(IReadOnlyList<(ConferenceFolder.Slot Slot, int Number)> wanted)
    {
        var free = wanted.ToList();
        foreach (var old in _known.Slots.Where(s => s.Microconference is null).OrderBy(s => s.During.Start))
        {
            var at = free.FindIndex(n => (n.Slot.Kind, n.Slot.Title) == (old.Kind, old.Title));
            var (slot, number) = at < 0 ? default : free[at];
            CheckLock(old, old.Title!, slot, number);
            if (at >= 0)
            {
                free.RemoveAt(at);
            }
        }
    }

    private void CheckLock(Slot old, string name, ConferenceFolder.Slot? slot, int number)
    {
        if (
            !old.IsLocked
            || (slot is not null && new Interval(slot.Starts, slot.Ends) == old.During && slot.Room == old.Room?.Name)
        )
        {
            return;
        }

        _problems.Add(
            slot is null
                ? _places.Problem(
                    ConferenceFolder.FileName,
                    "slots",
                    $"The slot of '{name}' is locked. Unlock it before you take it out."
                )
                : _places.ProblemOfSlot(number, $"The slot of '{name}' is locked. Unlock it before you move it.")
        );
    }

    private List<Slot> KnownOf(string slug) =>
        [.. _known.Slots.Where(s => s.Microconference?.Slug == slug).OrderBy(s => s.During.Start)];
}
