using System.Globalization;
using System.Text;
using LpcSite.Conferences;
using LpcSite.Exports.Text;
using LpcSite.Microconferences;

namespace LpcSite.News;

/// <summary>
/// What is told of an accepted microconference, out of its own words; and any news as a mail to a list.
/// </summary>
public static class Announcement
{
    // So much of a description that a reader knows whether it is for them; the page has the rest.
    private const int EnoughOfADescription = 900;

    /// <returns>Title and text in Markdown, for the organizers to change as they like.</returns>
    /// <param name="leads">Their names in order.</param>
    /// <param name="description">In Markdown; may be empty.</param>
    public static (string Title, string Text) Of(
        Conference conference,
        string title,
        SessionForm? form,
        IReadOnlyList<string> leads,
        string description
    )
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{title} is one of the microconferences of {conference.Name}, "
                + $"{Dates.Range(conference.StartsOn, conference.EndsOn)} in {conference.City}"
        );
        text.Append(
            form switch
            {
                SessionForm.Full => ", with a half-day of its own.",
                SessionForm.Half => ", with an hour and a half of its own.",
                SessionForm.NoAv => ", with a half-day of its own, without staffed audio and video.",
                _ => ".",
            }
        );
        text.Append(CultureInfo.InvariantCulture, $" It is led by {Names(leads)}.\n");
        foreach (var paragraph in Beginning(description))
        {
            text.Append('\n').Append(paragraph).Append('\n');
        }

        return ($"Accepted: {title}", text.ToString());
    }

    /// <summary>As a mail to a list: plain text, 72 columns, and where to read more.</summary>
    /// <param name="markdown">The item's text.</param>
    /// <param name="addresses">Of what it is about, absolute.</param>
    public static string ToMail(string shortName, string title, string markdown, IEnumerable<string> addresses)
    {
        var mail = new StringBuilder();
        mail.Append(CultureInfo.InvariantCulture, $"Subject: {shortName}: {title}\n\n")
            .Append(TextColumns.Fold(markdown.Trim()))
            .Append('\n');
        foreach (var address in addresses)
        {
            mail.Append(CultureInfo.InvariantCulture, $"  {address}\n");
        }

        return mail.ToString();
    }

    // Whole paragraphs up to the first heading or list behind them, as half a list says the wrong thing.
    private static IEnumerable<string> Beginning(string description)
    {
        var length = 0;
        foreach (
            var paragraph in description
                .ReplaceLineEndings("\n")
                .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        )
        {
            var isProse = char.IsLetter(paragraph[0]) || paragraph[0] is '"' or '“' or '[' or '`';
            if (length > 0 && (!isProse || length + paragraph.Length > EnoughOfADescription))
            {
                yield break;
            }

            if (isProse)
            {
                length += paragraph.Length;
                yield return paragraph;
            }
        }
    }

    private static string Names(IReadOnlyList<string> names) =>
        names switch
        {
            [] => "nobody yet",
            [var one] => one,
            _ => $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
        };
}
