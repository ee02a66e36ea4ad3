using System.Text.Json;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Markdown;
using LpcSite.Microconferences.Revisions;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Texts;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Microconferences.Results;

/// <summary>
/// Saves the notes of a form, each compared with what the form showed: what somebody left alone stays as it is by now,
/// and where two wrote in the same notes the second is shown what both texts make together.
/// </summary>
public sealed class SessionNotes(LpcDbContext db, MarkdownRenderer renderer, IClock clock)
{
    /// <param name="Shown">The text that the form began with.</param>
    public sealed record Written(NotesOf Of, string Text, string Shown);

    /// <summary>Notes in which somebody else was first.</summary>
    /// <param name="By">Null when a command was.</param>
    public sealed record Overtaken(NotesOf Of, string? By, Instant SavedAt, string Theirs, TextMerge Merged);

    /// <param name="microconference">With its conference.</param>
    /// <param name="written">Of it and of topics that are in it.</param>
    /// <param name="via">The page on which it was done.</param>
    /// <returns>Where somebody else was first; then nothing is saved.</returns>
    /// <exception cref="RuleException">
    /// A text cannot be like this, or the microconference is not going to happen.
    /// </exception>
    public async Task<IReadOnlyList<Overtaken>> SaveAsync(
        Microconference microconference,
        IEnumerable<Written> written,
        string via,
        Person by,
        CancellationToken stop
    )
    {
        Rule.Require(
            microconference.IsRunning,
            $"Notes are taken of what takes place, and {microconference.Title} is {microconference.Status.InWords()}."
        );
        var typed = written
            .Select(w => w with { Text = TextDiff.WithLineFeeds(w.Text), Shown = TextDiff.WithLineFeeds(w.Shown) })
            .Where(w => w.Text != w.Shown)
            .ToList();
        typed.ForEach(w => Check(w.Text));
        var known = await db.Notes.Of(microconference.Id, db).Include(n => n.By).ToDictionaryAsync(n => n.Of, stop);
        if (Compare(typed, known) is { Count: > 0 } overtaken)
        {
            return overtaken;
        }

        Write(microconference, [.. typed.Where(w => SourceOf(known, w.Of) != w.Text)], known, via, by);
        if (await db.TrySaveAsync(stop))
        {
            return [];
        }

        var now = await db
            .Notes.AsNoTracking()
            .Of(microconference.Id, db)
            .Include(n => n.By)
            .ToDictionaryAsync(n => n.Of, stop);
        return Compare(typed, now) is { Count: > 0 } lost
            ? lost
            : throw new RuleException("Somebody else saved the same at the same moment. Save once more.");
    }

    private void Write(
        Microconference microconference,
        IReadOnlyList<Written> changed,
        Dictionary<NotesOf, Notes> known,
        string via,
        Person by
    )
    {
        if (changed.Count == 0)
        {
            return;
        }

        var now = clock.GetCurrentInstant();
        var before = changed.ToDictionary(w => Key(w.Of), w => SourceOf(known, w.Of), StringComparer.Ordinal);
        foreach (var (of, text, _) in changed)
        {
            var notes = known.GetValueOrDefault(of) ?? db.Notes.Add(new Notes(microconference.Id, of)).Entity;
            notes.Write(renderer.Render(text, AnchorPrefix.OfNotes(microconference.Slug, of)), by, now);
        }

        var after = changed.ToDictionary(w => Key(w.Of), w => w.Text, StringComparer.Ordinal);
        db.Record(
            new Act(by, via, now),
            "wrote notes",
            microconference.AsSubject(),
            before: JsonSerializer.Serialize(before, AuditJson.Readable),
            after: JsonSerializer.Serialize(after, AuditJson.Readable)
        );
    }

    private static List<Overtaken> Compare(IEnumerable<Written> typed, Dictionary<NotesOf, Notes> known) =>
        [
            .. from w in typed
            let notes = known.GetValueOrDefault(w.Of)
            where notes is not null && notes.Text.Source != w.Shown && notes.Text.Source != w.Text
            select new Overtaken(
                w.Of,
                notes.By?.Name,
                notes.SavedAt,
                notes.Text.Source,
                TextMerge.Of(w.Shown, w.Text, notes.Text.Source)
            ),
        ];

    private static string SourceOf(Dictionary<NotesOf, Notes> known, NotesOf of) =>
        known.GetValueOrDefault(of)?.Text.Source ?? "";

    private static string Key(NotesOf of) =>
        of.TopicId is { } topic ? FormattableString.Invariant($"topic/{topic}")
        : of.IsOutcome ? "outcome"
        : "session";

    private static void Check(string text)
    {
        Rule.Require(
            text.Length <= Notes.MaxLength,
            $"Notes have at most {Notes.MaxLength} characters, and these {text.Length}. Nothing is saved yet."
        );
        Rule.Require(MarkdownRenderer.Problem(text) is null, MarkdownRenderer.Problem(text) ?? "");
        Rule.Require(
            !TextMerge.IsMarkedIn(text),
            $"The text still holds marks of a merge ({TextMerge.MineBegins}). Keep what is right of both versions "
                + "and delete the marks."
        );
    }
}
