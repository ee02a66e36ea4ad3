using LpcSite.Data;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Microconferences.Results;

/// <summary>Questions about notes that more than one page asks.</summary>
public static class NotesQueries
{
    /// <summary>Of the microconference and of all its topics.</summary>
    public static IQueryable<Notes> Of(this IQueryable<Notes> notes, int microconferenceId, LpcDbContext db) =>
        notes.Where(n =>
            n.MicroconferenceId == microconferenceId
            || db.Topics.Any(t => t.Id == n.TopicId && t.MicroconferenceId == microconferenceId)
        );

    /// <summary>What came of these, by their numbers; where nobody has written it, nothing.</summary>
    public static Task<Dictionary<int, string>> OutcomesAsync(
        this LpcDbContext db,
        IReadOnlyList<int> microconferences,
        CancellationToken stop
    ) =>
        db
            .Notes.Where(n => n.IsOutcome && microconferences.Contains(n.MicroconferenceId!.Value))
            .ToDictionaryAsync(n => n.MicroconferenceId!.Value, n => n.Text.Source, stop);
}
