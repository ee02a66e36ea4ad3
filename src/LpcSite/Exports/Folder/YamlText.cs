using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LpcSite.Exports.Folder;

/// <summary>
/// Writes YAML 1.1 as people write it by hand: block style, quotes only where a reader would take the text for
/// something else, and texts of several lines as they are.
/// </summary>
internal sealed partial class YamlText
{
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    /// <param name="lead">What stands before the key: indentation, or the dash of a list.</param>
    public void Pair(string lead, string key, string value) =>
        Line($"{lead}{key}: {Value(value, new string(' ', lead.Length + 2))}");

    /// <summary>Nothing at all if there is no value.</summary>
    public void Optional(string lead, string key, string? value)
    {
        if (value is not null)
        {
            Pair(lead, key, value);
        }
    }

    public void Number(string lead, string key, int? value)
    {
        if (value is { } number)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"{lead}{key}: {number}"));
        }
    }

    public void List(string lead, string key, IReadOnlyCollection<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        Line($"{lead}{key}:");
        foreach (var value in values)
        {
            Line($"{lead}- {Value(value, lead + "  ")}");
        }
    }

    public void Line(string line) => _text.Append(line).Append('\n');

    private static string Value(string text, string indentation)
    {
        if (!text.EnumerateRunes().All(IsPrintable))
        {
            return DoubleQuoted(text);
        }

        if (text.Contains('\n', StringComparison.Ordinal))
        {
            // A block's first line says how deep it is indented, and its end how many line feeds to keep: where either
            // is unusual, quotes are plainer.
            return char.IsWhiteSpace(text[0]) || text.EndsWith("\n\n", StringComparison.Ordinal)
                ? DoubleQuoted(text)
                : Block(text, indentation);
        }

        return IsPlain(text) ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private static string Block(string text, string indentation)
    {
        var kept = text.EndsWith('\n');
        var lines = (kept ? text[..^1] : text).Split('\n').Select(line => line.Length == 0 ? "" : indentation + line);
        return $"{(kept ? "|" : "|-")}\n{string.Join('\n', lines)}";
    }

    private static bool IsPlain(string text)
    {
        if (
            text.Length == 0
            || text[0] == ' '
            || text[^1] == ' '
            || "#,[]{}&*!|>'\"%@`".Contains(text[0], StringComparison.Ordinal)
            || Meaning().IsMatch(text)
        )
        {
            return false;
        }

        if (text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal))
        {
            return false;
        }

        var beforeSpace = text.Length == 1 || text[1] == ' ';
        return !(beforeSpace && (text[0] is '-' or '?' or ':'))
            && !text.Contains(": ", StringComparison.Ordinal)
            && !text.EndsWith(':')
            && !text.Contains(" #", StringComparison.Ordinal);
    }

    // YAML 1.1, §5.1, less what looks like a line's end or cannot be seen: it is escaped, so that editors keep it.
    private static bool IsPrintable(Rune rune) =>
        rune.Value
            is '\n'
                or (>= 0x20 and <= 0x7E)
                or (>= 0xA0 and <= 0xD7FF and not 0x2028 and not 0x2029)
                or (>= 0xE000 and <= 0xFFFD and not 0xFEFF)
                or >= 0x10000;

    private static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text.EnumerateRunes())
        {
            quoted.Append(
                letter.Value switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\n' => "\\n",
                    '\t' => "\\t",
                    '\r' => "\\r",
                    _ when IsPrintable(letter) => letter.ToString(),
                    < 0x100 => string.Create(CultureInfo.InvariantCulture, $"\\x{letter.Value:X2}"),
                    _ => string.Create(CultureInfo.InvariantCulture, $"\\u{letter.Value:X4}"),
                }
            );
        }

        return quoted.Append('"').ToString();
    }

    // What YAML 1.1 readers, which are most of them, take for null, a truth value, a number, a date or a merge.
    [GeneratedRegex(
        """
            \A(
                ~ | null | Null | NULL | yes | Yes | YES | no | No | NO | true | True | TRUE | false | False | FALSE
                | on | On | ON | off | Off | OFF | << | =
                | [-+]?0b[01_]+ | [-+]?[0-9][0-9_]* | [-+]?0x[0-9a-fA-F_]+ | [-+]?[1-9][0-9_]*(:[0-5]?[0-9])+
                | [-+]?([0-9][0-9_]*)\.[0-9_]*([eE][-+]?[0-9]+)? | [-+]?[0-9][0-9_]*[eE][-+]?[0-9]+
                | [-+]?\.[0-9][0-9_]*([eE][-+]?[0-9]+)?
                | [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]* | [-+]?\.(inf|Inf|INF) | \.(nan|NaN|NAN)
                | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(([Tt]|[ ]+)[0-9]{1,2}:.*)?
            )\z
            """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        1000
    )]
    private static partial Regex Meaning();
}
