using System.Text;
using System.Text.RegularExpressions;
using LpcSite.Texts;

namespace LpcSite.Emails.Writing;

/// <summary>
/// Writes the text of letters: a greeting, paragraphs of 72 columns as mailing lists like them, and who answers
/// questions. Give it to <see cref="Email"/>; the form for programs that show HTML is made from it when it is sent.
/// </summary>
public static partial class EmailText
{
    /// <summary>
    /// Columns of a line (the usage of RFC 3676, section 4.2, with room to be quoted); a longer word, such as a link,
    /// stands on a line of its own.
    /// </summary>
    public const int Width = 72;

    /// <summary>Where the answers to a letter go: every letter names the organizers' address in its Reply-To.</summary>
    public const string Footer = "-- \nQuestions: reply to this letter, and the organizers will answer.\n";

    /// <summary>The same for an organizer, who is one of those that answer.</summary>
    public const string OrganizersFooter = "-- \nReplies to this letter reach the organizers.\n";

    /// <summary>The same under a letter that somebody wrote themselves, whose address its Reply-To names.</summary>
    public static string FooterOf(string writer) => $"-- \nReply to this letter to write to {writer}.\n";

    /// <param name="greetingName">Whom it greets, such as <c>Lena</c>; empty for one who is not known yet.</param>
    /// <param name="paragraphs">
    /// Each is wrapped; a line feed inside one stays, and lines that begin with a blank or <c>&gt;</c> stay as they
    /// are. A link stands whole in its paragraph, or alone as a paragraph of its own.
    /// </param>
    public static string Write(string greetingName, params IEnumerable<string> paragraphs) =>
        WriteUnder(Footer, greetingName, paragraphs);

    /// <summary>The same to an organizer.</summary>
    public static string WriteToOrganizer(string greetingName, params IEnumerable<string> paragraphs) =>
        WriteUnder(OrganizersFooter, greetingName, paragraphs);

    /// <param name="footer">Who answers.</param>
    public static string WriteUnder(string footer, string greetingName, IEnumerable<string> paragraphs)
    {
        var text = new StringBuilder($"{string.Join(' ', ["Hello", .. Words(Unlinked(greetingName))])},\n\n");
        foreach (var paragraph in paragraphs)
        {
            foreach (var line in paragraph.ReplaceLineEndings("\n").Trim('\n').Split('\n'))
            {
                Wrap(line, text);
            }

            text.Append('\n');
        }

        return text.Append(footer).ToString();
    }

    /// <summary>
    /// Words that somebody typed, such as a name or a title, so that no mail program makes a link of them: the site
    /// would else carry anybody's link to anybody. A blank takes apart what programs look for, and whoever reads it
    /// still reads the same.
    /// </summary>
    public static string Unlinked(string typed)
    {
        var apart = Scheme().Replace(typed, ": ");
        apart = Slashes().Replace(apart, "$0 ");
        apart = Dot().Replace(apart, ". ");
        return At().Replace(apart, " @ ");
    }

    /// <summary>A title that somebody typed, in quotation marks.</summary>
    public static string Quoted(string title) => $"\"{Unlinked(title)}\"";

    /// <summary>
    /// A microconference inside a sentence: the microconference "Real-time", and "Scheduler Microconference" where the
    /// title says already what it is.
    /// </summary>
    public static string QuotedMicroconference(string title) =>
        Wording.SaysWhatItIs(title) ? Quoted(title) : $"the microconference {Quoted(title)}";

    /// <returns>
    /// Whether a line was ended by its length alone, so that what follows it belongs to the same sentence.
    /// </returns>
    internal static bool IsWrapped(string line, string next) =>
        line.Length > 0
        && next.Length > 0
        && !StaysAsItIs(line)
        && !StaysAsItIs(next)
        && line.Length + 1 + next.Split(' ', 2)[0].Length > Width;

    private static void Wrap(string line, StringBuilder text)
    {
        if (StaysAsItIs(line))
        {
            text.Append(line.TrimEnd()).Append('\n');
            return;
        }

        var column = 0;
        foreach (var word in Words(line))
        {
            if (column > 0)
            {
                var fits = column + 1 + word.Length <= Width;
                text.Append(fits ? ' ' : '\n');
                column = fits ? column + 1 : 0;
            }

            text.Append(word);
            column += word.Length;
        }

        text.Append('\n');
    }

    // Of "https:", "mailto:", "tel:" and whatever is registered tomorrow; "at 10:30" stays whole.
    [GeneratedRegex(@"(?<=\p{L}):(?=\S)|(?<=[\p{N}+.-]):(?=[^\s\p{N}])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Scheme();

    // Of "//host/share" and its sister with backslashes, which some programs link too.
    [GeneratedRegex(@"[/\\](?=[/\\])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Slashes();

    // Before the last label of a host, not in "5.19-rc1", "e.g." or at the end of a sentence. Some programs take the
    // other full stops for this one (RFC 3490, section 3.1).
    [GeneratedRegex(
        @"(?<=[\p{L}\p{N}_-])[.\u3002\uFF0E\uFF61](?=\p{L}[\p{L}\p{M}\p{N}_-])",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Dot();

    [GeneratedRegex(@"(?<=\S)@(?=\S)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex At();

    private static bool StaysAsItIs(string line) => line.StartsWith(' ') || line.StartsWith('>');

    private static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
