using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace LpcSite.Emails.Writing;

/// <summary>
/// The HTML form of a letter that has none of its own: the paragraphs of its text, with its links to click.
/// </summary>
public static partial class EmailHtml
{
    public static string Write(string text)
    {
        var html = new StringBuilder("<!doctype html>\n<html lang=\"en\"><body>\n");
        foreach (var paragraph in Blank().Split(text.ReplaceLineEndings("\n").Trim('\n')))
        {
            var lines = paragraph.Trim('\n').Split('\n');
            html.Append(
                lines.All(l => l.StartsWith(' '))
                    ? $"<pre>{Linked(string.Join('\n', lines))}</pre>\n"
                    : $"<p>{Flowing(lines)}</p>\n"
            );
        }

        return html.Append("</body></html>\n").ToString();
    }

    private static string Flowing(string[] lines)
    {
        var html = new StringBuilder(Linked(lines[0]));
        for (var i = 1; i < lines.Length; i++)
        {
            html.Append(EmailText.IsWrapped(lines[i - 1], lines[i]) ? "\n" : "<br>\n").Append(Linked(lines[i]));
        }

        return html.ToString();
    }

    /// <summary>A text as HTML in which its links can be clicked.</summary>
    public static string Linked(string text)
    {
        var html = new StringBuilder();
        var from = 0;
        foreach (Match link in Link().Matches(text))
        {
            html.Append(WebUtility.HtmlEncode(text[from..link.Index]));
            var address = WebUtility.HtmlEncode(link.Value);
            html.Append("<a href=\"").Append(address).Append("\">").Append(address).Append("</a>");
            from = link.Index + link.Length;
        }

        return html.Append(WebUtility.HtmlEncode(text[from..])).ToString();
    }

    [GeneratedRegex(@"\n(?:[ \t]*\n)+|\n(?=-- \n)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Blank();

    // A full stop or bracket after a link belongs to the sentence.
    [GeneratedRegex(@"https?://[^\s<>""]*[^\s<>"".,;:!?'()\[\]]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Link();
}
