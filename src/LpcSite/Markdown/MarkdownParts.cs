using System.Collections.Frozen;
using System.Globalization;

namespace LpcSite.Markdown;

/// <summary>
/// Puts texts of different authors into one, so that each says there what it said alone: fences are closed, and labels
/// lead where they led.
/// </summary>
public static class MarkdownParts
{
    /// <param name="taken">Labels that mean something around the texts, such as those of a list of references.</param>
    /// <returns>The texts in their order, fit to stand one after the other with an empty line between.</returns>
    public static IReadOnlyList<string> Apart(IReadOnlyList<string> sources, IEnumerable<string>? taken = null)
    {
        // Without a definition or a fence somewhere there is nothing that one text could do to another.
        if (!sources.Any(source => source.Contains("]:", StringComparison.Ordinal) || HasFence(source)))
        {
            return sources;
        }

        var parts = sources.Select(MarkdownPart.Of).ToList();
        var cited = (taken ?? []).Select(MarkdownPart.Key).ToHashSet(StringComparer.Ordinal);
        var labels = new MarkdownLabels([
            .. parts.SelectMany(part => part.Definitions.Keys.Concat(part.Cited)),
            .. cited,
        ]);
        var defined = new Dictionary<string, string>(StringComparer.Ordinal);
        var changes = new List<Dictionary<string, string>>();
        foreach (var part in parts)
        {
            var changed = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (label, target) in part.Definitions)
            {
                var isOther = defined.TryGetValue(label, out var known) && known != target;
                if (changes.Count > 0 && (isOther || cited.Contains(label)))
                {
                    changed[label] = labels.Fresh(label);
                }
                else
                {
                    defined.TryAdd(label, target);
                }
            }

            cited.UnionWith(part.Cited);
            changes.Add(changed);
        }

        return [.. parts.Zip(changes, (part, changed) => part.With(changed, Foreign(part)))];

        FrozenSet<string> Foreign(MarkdownPart part) =>
            defined.Keys.Where(label => !part.Definitions.ContainsKey(label)).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Calls what a text cites, and does not define itself, by other labels.</summary>
    /// <param name="labels">The new ones by the old ones, without brackets.</param>
    public static string Relabelled(string source, IReadOnlyDictionary<string, string> labels)
    {
        if (labels.Count == 0 || !source.Contains('[', StringComparison.Ordinal))
        {
            return source;
        }

        var part = MarkdownPart.Of(source);
        var changed = labels
            .Where(label => !part.Definitions.ContainsKey(MarkdownPart.Key(label.Key)))
            .ToDictionary(label => MarkdownPart.Key(label.Key), label => label.Value, StringComparer.Ordinal);
        return part.With(changed, FrozenSet<string>.Empty);
    }

    /// <returns>
    /// The label as labels are compared: without case, and with single spaces (CommonMark 0.31, section 4.7).
    /// </returns>
    public static string LabelKey(string label) => MarkdownPart.Key(label);

    /// <returns>Every label that means something in the text, as labels are compared.</returns>
    public static IEnumerable<string> LabelsIn(string source) =>
        source.Contains('[', StringComparison.Ordinal) && MarkdownPart.Of(source) is var part
            ? part.Definitions.Keys.Concat(part.Cited)
            : [];

    /// <summary>
    /// A title, a name or another line of plain text as it stands in Markdown: as it is, unless Markdown would read
    /// more in it.
    /// </summary>
    public static string Escaped(string line) =>
        Dialect.IsPlain(line) ? line : string.Concat(line.Select(c => IsSyntax(c) ? $"\\{c}" : $"{c}"));

    // Any of ASCII's punctuation may be escaped (CommonMark 0.31, section 2.4); these begin nothing.
    private static bool IsSyntax(char c) =>
        char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && c is not (' ' or ',' or '\'' or '"' or '/' or '?' or ';');

    private static bool HasFence(string source) =>
        source.Contains("```", StringComparison.Ordinal) || source.Contains("~~~", StringComparison.Ordinal);
}

/// <summary>Hands out labels that nothing has yet.</summary>
public sealed class MarkdownLabels(IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = [.. taken];
    private long _last = -1;

    /// <returns>A number past all others for a number, and for a word the word with a number behind it.</returns>
    public string Fresh(string label)
    {
        var isNumber = label.Length > 0 && label.All(char.IsAsciiDigit);
        if (isNumber && _last < 0)
        {
            _last = _taken
                .Where(known => known.Length is > 0 and < 10 && known.All(char.IsAsciiDigit))
                .Select(known => long.Parse(known, CultureInfo.InvariantCulture))
                .DefaultIfEmpty()
                .Max();
        }

        for (var number = 2; ; number++)
        {
            var candidate = isNumber
                ? string.Create(CultureInfo.InvariantCulture, $"{++_last}")
                : string.Create(CultureInfo.InvariantCulture, $"{label}-{number}");
            if (_taken.Add(candidate))
            {
                return candidate;
            }
        }
    }
}
