using LpcSite.Data;
using LpcSite.Reviews.Remarks;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Reviews.Scores;

/// <summary>
/// A proposal's text in paragraphs with what is said about each, and the conversations about the whole: what a
/// reviewer, or a lead, has before them.
/// </summary>
/// <param name="Elsewhere">Remarks about paragraphs that are not there any more.</param>
public sealed record ReviewSheet(
    IReadOnlyList<ReviewSheet.Block> Description,
    IReadOnlyList<ReviewSheet.Block> Results,
    IReadOnlyList<ReviewSheet.Line> Elsewhere,
    IReadOnlyList<ReviewSheet.Line> WithLeads,
    IReadOnlyList<ReviewSheet.Line> AmongReviewers
)
{
    /// <summary>How many remarks about paragraphs wait for somebody.</summary>
    public int Open => Description.Concat(Results).SelectMany(b => b.Lines).Concat(Elsewhere).Count(l => !l.IsSettled);

    /// <summary>Reads the newest revision, and what this audience may read of the remarks.</summary>
    /// <param name="audiences">
    /// Leads read what is said to them; reviewers read everything; who is too close reads nothing.
    /// </param>
    public static async Task<ReviewSheet> OfAsync(
        LpcDbContext db,
        int microconferenceId,
        int revision,
        IReadOnlyList<Audience> audiences,
        CancellationToken stop
    )
    {
        var text = await db
            .Revisions.Where(r => r.MicroconferenceId == microconferenceId && r.Number == revision)
            .Select(r => new { Description = r.Description.Html, Results = r.Results.Html })
            .SingleOrDefaultAsync(stop);
        var lines = await db
            .Remarks.Where(r => r.MicroconferenceId == microconferenceId && audiences.Contains(r.Audience))
            .OrderBy(r => r.Id)
            .Select(r => new Line(
                r.Id,
                r.Audience,
                r.By.Name,
                r.ById,
                r.At,
                r.Text.Html,
                r.RevisionNumber,
                r.Quote,
                r.Place ?? 0,
                r.SettledAt != null
            ))
            .ToListAsync(stop);
        return Of(text?.Description ?? "", text?.Results ?? "", lines);
    }

    /// <summary>The paragraph that stands at this place of the newest revision; null when there is none.</summary>
    public static async Task<Paragraph?> ParagraphAsync(
        LpcDbContext db,
        int microconferenceId,
        int revision,
        int place,
        CancellationToken stop
    )
    {
        var text = await db
            .Revisions.Where(r => r.MicroconferenceId == microconferenceId && r.Number == revision)
            .Select(r => new { Description = r.Description.Html, Results = r.Results.Html })
            .SingleOrDefaultAsync(stop);
        return text is null ? null : Paragraph.Of(text.Description + text.Results).ElementAtOrDefault(place);
    }

    internal static ReviewSheet Of(string description, string results, IReadOnlyList<Line> lines)
    {
        var count = Paragraph.Of(description).Count;
        var paragraphs = Paragraph.Of(description + results);
        var places = lines
            .Where(l => l.Quote is not null)
            .ToLookup(l => Paragraph.Find(paragraphs, l.Quote!, l.Place)?.Place);
        IReadOnlyList<Block> blocks = [.. paragraphs.Select(p => new Block(p.Place, p.Html, [.. places[p.Place]]))];
        return new(
            [.. blocks.Take(count)],
            [.. blocks.Skip(count)],
            [.. places[null]],
            [.. lines.Where(l => l.Quote is null && l.Audience is Audience.Leads)],
            [.. lines.Where(l => l.Quote is null && l.Audience is Audience.Reviewers)]
        );
    }

    /// <summary>A paragraph with the remarks about it.</summary>
    public sealed record Block(int Place, string Html, IReadOnlyList<Line> Lines);

    /// <summary>A remark as it is shown.</summary>
    /// <param name="RevisionNumber">The newest when it was made.</param>
    public sealed record Line(
        int Id,
        Audience Audience,
        string By,
        int ById,
        Instant At,
        string Html,
        int RevisionNumber,
        string? Quote,
        int Place,
        bool IsSettled
    );
}
