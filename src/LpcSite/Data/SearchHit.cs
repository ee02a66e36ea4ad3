using LpcSite.Conferences.Pages;

namespace LpcSite.Data;

/// <summary>A place that the search found.</summary>
/// <param name="In">The microconference of a topic or of its notes; empty for what stands for itself.</param>
/// <param name="Headline">
/// The words around the matches, each match between <see cref="Start"/> and <see cref="End"/>.
/// </param>
public sealed record SearchHit(string Kind, string Slug, int Topic, string Title, string In, string Headline)
{
    public const int Most = 50;

    // Control characters that no text holds mark the matches until the page turns them into elements.
    internal const char Start = '\u0002';
    internal const char End = '\u0003';

    private static readonly char[] Marks = ['*', '`', '#', '>', '\n', '\r'];

    public string Address(string conference) =>
        Kind switch
        {
            SearchQueries.Person => $"{conference}/people/{Slug}",
            SearchQueries.Page when Slug == ConferencePage.FrontSlug => conference,
            SearchQueries.Page => $"{conference}/{Slug}",
            SearchQueries.Topic => $"{conference}/mc/{Slug}/topics/{Topic}",
            SearchQueries.Notes when Topic > 0 => $"{conference}/mc/{Slug}/topics/{Topic}#notes",
            SearchQueries.Notes => $"{conference}/mc/{Slug}#notes",
            SearchQueries.Outcome => $"{conference}/mc/{Slug}#outcome",
            _ => $"{conference}/mc/{Slug}",
        };

    /// <summary>The headline in pieces, without the marks of Markdown.</summary>
    public IReadOnlyList<(string Text, bool IsMatch)> Snippet()
    {
        var pieces = new List<(string Text, bool IsMatch)>();
        var rest = string.Join(' ', Headline.Split(Marks, StringSplitOptions.RemoveEmptyEntries));
        while (rest.Length > 0)
        {
            var start = rest.IndexOf(Start);
            var end = start < 0 ? -1 : rest.IndexOf(End, start);
            if (end < 0)
            {
                pieces.Add((rest, false));
                break;
            }

            pieces.Add((rest[..start], false));
            pieces.Add((rest[(start + 1)..end], true));
            rest = rest[(end + 1)..];
        }

        return pieces;
    }
}
