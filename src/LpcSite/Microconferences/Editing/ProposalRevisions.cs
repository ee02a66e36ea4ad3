using System.Text.Json;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Markdown;
using LpcSite.Microconferences.Results;
using LpcSite.Microconferences.Revisions;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Microconferences.Editing;

/// <summary>
/// Changes what a microconference says of itself, each time with a revision and an audit entry, so that two people who
/// save at once lose nothing: the second one is given both texts. The microconference is one that this DbContext
/// tracks.
/// </summary>
public sealed class ProposalRevisions(LpcDbContext db, MarkdownRenderer renderer, IClock clock)
{
    private const string Via = "edit";
    private const string Retitled = "retitled";

    /// <summary>
    /// Saves text and title. A title that this person left as they were shown it stays what another has made of it.
    /// </summary>
    /// <exception cref="RuleException">The microconference was withdrawn.</exception>
    public async Task<SaveResult> SaveAsync(
        Microconference microconference,
        WrittenText text,
        Person by,
        CancellationToken stop
    )
    {
        var shown = text.TitleShown.Length == 0 ? microconference.Title : text.TitleShown;
        var typed = new Typed(
            text.Title.Trim(),
            shown,
            TextDiff.WithLineFeeds(text.Description),
            TextDiff.WithLineFeeds(text.Results),
            (text.Summary ?? "").Trim()
        );
        if (typed.Problems() is { Count: > 0 } problems)
        {
            return new SaveResult.Refused(problems);
        }

        return await CommitAsync(microconference, typed, text.BasedOn, "revised", by, stop);
    }

    /// <summary>Makes the text of an old revision the newest one again. The title stays.</summary>
    /// <returns>Null when there is no such revision.</returns>
    /// <param name="basedOn">The newest revision when the person decided.</param>
    /// <exception cref="RuleException">The microconference was withdrawn.</exception>
    public async Task<SaveResult?> RestoreAsync(
        Microconference microconference,
        int number,
        int basedOn,
        Person by,
        CancellationToken stop
    )
    {
        var old = await TextAsync(microconference.Id, number, stop);
        return old is null
            ? null
            : await CommitAsync(
                microconference,
                old with
                {
                    Title = microconference.Title,
                    TitleShown = microconference.Title,
                    Summary = $"Restored revision {number}",
                },
                basedOn,
                "restored",
                by,
                stop
            );
    }

    /// <summary>
    /// Gives it another address. The old one leads on for ever, with everything below it; the anchors of what it says
    /// now begin with the new name, while old revisions keep theirs, as they are cited.
    /// </summary>
    /// <exception cref="RuleException">
    /// The slug is not one, or another microconference of the conference has it.
    /// </exception>
    public async Task RenameAsync(Microconference microconference, string slug, Person by, CancellationToken stop)
    {
        if (slug == microconference.Slug)
        {
            return;
        }

        await db.Entry(microconference).Reference(m => m.Conference).LoadAsync(stop);
        var (now, old, from) = (clock.GetCurrentInstant(), microconference.Path, microconference.Slug);
        var wanted = $"{microconference.Conference.Path}/mc/{slug}";
        Rule.Require(
            !await db.Redirects.AnyAsync(r => r.From == wanted && r.To != old, stop),
            $"The address '{slug}' was another microconference's, and leads to it for ever."
        );
        microconference.MoveTo(slug, now);
        await LeadOnAsync(old, microconference.Path, now, stop);
        await RerenderAsync(microconference, stop);
        db.Record(
            new Act(by, Via, now),
            "renamed",
            microconference.AsSubject(),
            before: Json(new { slug = from }),
            after: Json(new { slug })
        );
        await db.SaveOrSayAsync(
            $"The address '{slug}' belongs to another microconference, or somebody changed this one at the same "
                + "moment. Look again and try once more.",
            stop
        );
    }

    private async Task<SaveResult> CommitAsync(
        Microconference microconference,
        Typed typed,
        int basedOn,
        string verb,
        Person by,
        CancellationToken stop
    )
    {
        var known = await TextAsync(microconference.Id, microconference.RevisionNumber, stop);
        var current = known ?? new Typed("", "", "", "", "");
        var title = new SaveResult.Titles(typed.TitleShown, typed.Title, microconference.Title);

        // Even an empty first text is one: its page prints the newest revision, and there has to be one.
        var isNewText = known is null || current.Description != typed.Description || current.Results != typed.Results;
        if (!isNewText && microconference.Title == title.Merged)
        {
            return new SaveResult.Unchanged();
        }

        if (basedOn != microconference.RevisionNumber || title.HasConflict)
        {
            return await ConflictAsync(microconference.Id, typed, basedOn, stop);
        }

        await db.Entry(microconference).Reference(m => m.Conference).LoadAsync(stop);
        var (now, before) = (clock.GetCurrentInstant(), Json(Describe(microconference, current)));
        microconference.Rename(title.Merged);
        microconference.Touch(now);
        if (isNewText)
        {
            microconference.Revise(
                renderer.Render(typed.Description, AnchorPrefix.OfDescription(microconference.Slug)),
                renderer.Render(typed.Results, AnchorPrefix.OfResults(microconference.Slug)),
                basedOn,
                by,
                typed.SummaryOf(current),
                now
            );
        }

        db.Record(
            new Act(by, Via, now),
            isNewText ? verb : Retitled,
            microconference.AsSubject(),
            before: before,
            after: Json(Describe(microconference, typed))
        );
        return await db.TrySaveAsync(stop)
            ? new SaveResult.Done(microconference.RevisionNumber)
            : await ConflictAsync(microconference.Id, typed, basedOn, stop);
    }

    private async Task<SaveResult> ConflictAsync(int id, Typed mine, int basedOn, CancellationToken stop)
    {
        db.ChangeTracker.Clear();
        var found = await db
            .Microconferences.AsNoTracking()
            .Where(m => m.Id == id)
            .Select(m => new
            {
                m.Title,
                m.RevisionNumber,
                m.RevisedAt,
                Texts = m
                    .Revisions.Where(r => r.Number == basedOn || r.Number == m.RevisionNumber)
                    .Select(r => new
                    {
                        r.Number,
                        r.SavedAt,
                        By = r.Author!.Name,
                        Description = r.Description.Source,
                        Results = r.Results.Source,
                    })
                    .ToList(),
            })
            .SingleAsync(stop);

        // A draft may have been touched before it had a text.
        var (theirs, origin) = (
            found.Texts.Find(r => r.Number == found.RevisionNumber),
            found.Texts.Find(r => r.Number == basedOn)
        );
        var title = new SaveResult.Titles(mine.TitleShown, mine.Title, found.Title);

        // A title alone makes no revision that says whose it is; the record does.
        var (who, at) =
            found.RevisionNumber == basedOn
            && title.Theirs != title.Base
            && await RetitledAsync(id, stop) is { } retitled
                ? retitled
                : (theirs?.By, theirs?.SavedAt ?? found.RevisedAt);
        return new SaveResult.Conflict(
            found.RevisionNumber,
            who,
            at,
            title,
            new SaveResult.Texts(origin?.Description ?? "", mine.Description, theirs?.Description ?? ""),
            new SaveResult.Texts(origin?.Results ?? "", mine.Results, theirs?.Results ?? "")
        );
    }

    private async Task<(string? By, Instant At)?> RetitledAsync(int id, CancellationToken stop) =>
        await db
            .AuditEntries.Where(e => e.MicroconferenceId == id && e.Verb == Retitled)
            .OrderByDescending(e => e.Id)
            .Select(e => new { By = e.By!.Name, e.At })
            .FirstOrDefaultAsync(stop)
            is { } entry
            ? (entry.By, entry.At)
            : null;

    private async Task<Typed?> TextAsync(int id, int number, CancellationToken stop) =>
        await db
            .Revisions.AsNoTracking()
            .Where(r => r.MicroconferenceId == id && r.Number == number)
            .Select(r => new { Description = r.Description.Source, Results = r.Results.Source })
            .SingleOrDefaultAsync(stop)
            is { } text
            ? new Typed("", "", TextDiff.WithLineFeeds(text.Description), TextDiff.WithLineFeeds(text.Results), "")
            : null;

    private async Task LeadOnAsync(string old, string now, Instant at, CancellationToken stop)
    {
        var (below, twin) = (old + "/", old + ".");
        var known = await db
            .Redirects.Where(r =>
                r.From == old || r.From == now || r.To == old || r.To.StartsWith(below) || r.To.StartsWith(twin)
            )
            .ToListAsync(stop);

        // It lives at the new address now, so that leads nowhere else.
        db.Redirects.RemoveRange(known.Where(r => r.From == now));
        foreach (var redirect in known.Where(r => r.From != now && r.From != old))
        {
            redirect.PointTo(now + redirect.To[old.Length..]);
        }

        if (known.Find(r => r.From == old) is { } again)
        {
            again.PointTo(now);
        }
        else
        {
            db.Redirects.Add(new Redirect(old, now, at));
        }
    }

    private async Task RerenderAsync(Microconference microconference, CancellationToken stop)
    {
        var slug = microconference.Slug;
        var text = await db.Revisions.SingleOrDefaultAsync(
            r => r.MicroconferenceId == microconference.Id && r.Number == microconference.RevisionNumber,
            stop
        );
        text?.Rerender(
            renderer.Render(text.Description.Source, AnchorPrefix.OfDescription(slug)),
            renderer.Render(text.Results.Source, AnchorPrefix.OfResults(slug))
        );
        foreach (var topic in await db.Topics.Where(t => t.MicroconferenceId == microconference.Id).ToListAsync(stop))
        {
            topic.Rerender(renderer.Render(topic.Details.Source, AnchorPrefix.OfTopic(slug, topic.Position)));
        }

        foreach (var notes in await db.Notes.Of(microconference.Id, db).ToListAsync(stop))
        {
            notes.Rerender(renderer.Render(notes.Text.Source, AnchorPrefix.OfNotes(slug, notes.Of)));
        }
    }

    // The revisions keep the texts.
    private static object Describe(Microconference microconference, Typed text) =>
        new
        {
            revision = microconference.RevisionNumber,
            title = microconference.Title,
            description_length = text.Description.Length,
            results_length = text.Results.Length,
        };

    private static string Json(object fields) => JsonSerializer.Serialize(fields);

    /// <summary>What a form sent, or what a revision holds, in the line ends of the site.</summary>
    private sealed record Typed(string Title, string TitleShown, string Description, string Results, string Summary)
    {
        public IReadOnlyList<SaveResult.Problem> Problems() =>
            [
                .. new[]
                {
                    Of(nameof(Title), TitleProblem()),
                    Of(nameof(Description), TextProblem(Description)),
                    Of(nameof(Results), TextProblem(Results)),
                    Of(nameof(Summary), SummaryProblem()),
                }.OfType<SaveResult.Problem>(),
            ];

        public string SummaryOf(Typed before) =>
            Summary.Length > 0 ? Summary
            : before is { Description: "", Results: "" } ? "First text"
            : before.Description == Description ? "Changed the results"
            : before.Results == Results ? "Changed the description"
            : "Changed the description and the results";

        private static SaveResult.Problem? Of(string field, string? sentence) =>
            sentence is null ? null : new SaveResult.Problem(field, sentence);

        private string? TitleProblem() =>
            Title.Length is 0 or > Microconference.TitleMaxLength
                ? $"A microconference has a title of 1 to {Microconference.TitleMaxLength} characters."
            : Title.Any(char.IsControl) ? "The title holds a character that cannot be printed."
            : null;

        private string? SummaryProblem() =>
            Summary.Length > Revision.SummaryMaxLength
                ? $"The summary has {Summary.Length} characters; {Revision.SummaryMaxLength} fit."
            : Summary.Any(char.IsControl) ? "The summary is one line of text."
            : null;

        private static string? TextProblem(string text) =>
            MarkdownRenderer.Problem(text)
            ?? (
                TextMerge.IsMarkedIn(text)
                    ? $"The text still holds marks of a merge ({TextMerge.MineBegins}). Keep what is right of both "
                        + "versions and delete the marks."
                    : null
            );
    }
}
