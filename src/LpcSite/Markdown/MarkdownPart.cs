using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LpcSite.Markdown;

/// <summary>
/// A text that is to stand beside others in one: read as the renderer reads it, so that it says there what it said
/// alone. Its labels (<c>[1]</c>) can be changed wherever they mean something, and what it left open is closed.
/// </summary>
internal sealed partial class MarkdownPart
{
    private readonly string _source;
    private readonly List<Mention> _mentions = [];
    private readonly string _end = "";

    private MarkdownPart(string source, MarkdownDocument? document)
    {
        _source = source;
        if (document is null)
        {
            return;
        }

        foreach (var definition in document.Descendants<LinkReferenceDefinition>())
        {
            Definitions.TryAdd(Key(definition.Label ?? ""), $"{definition.Url} {definition.Title}");
        }

        _mentions.AddRange(Find(source, document));
        Cited = _mentions
            .SelectMany(mention => mention.Labels)
            .Where(label => !Definitions.ContainsKey(label))
            .ToFrozenSet(StringComparer.Ordinal);

        // A fence that nothing closes goes on to the end of its text, and would swallow the next one (CommonMark 0.31,
        // section 4.5).
        if (
            document.LastOrDefault(block => block is not LinkReferenceDefinitionGroup) is FencedCodeBlock
            {
                ClosingFencedCharCount: 0
            } open
        )
        {
            _end = "\n" + new string(open.FencedChar, open.OpeningFencedCharCount);
        }
    }

    /// <summary>What each label leads to that the text defines itself, its title included.</summary>
    public Dictionary<string, string> Definitions { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// What stands in square brackets and leads nowhere in this text alone, such as a number of the list of references.
    /// </summary>
    public IReadOnlySet<string> Cited { get; } = FrozenSet<string>.Empty;

    /// <summary>A text that the renderer refuses has no labels, and stays as it is.</summary>
    public static MarkdownPart Of(string source) =>
        new(source, source.Length > 0 && Dialect.TryRead(source, out var document) ? document : null);

    /// <summary>
    /// Labels as they are compared: without case, and with single spaces (CommonMark 0.31, section 4.7).
    /// </summary>
    public static string Key(string label) =>
        string.Join(' ', label.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();

    /// <param name="labels">What is to be called otherwise, by its <see cref="Key"/>.</param>
    /// <param name="foreign">What would lead somewhere beside the other texts, and leads nowhere here: it is
    /// escaped.</param>
    public string With(IReadOnlyDictionary<string, string> labels, IReadOnlySet<string> foreign)
    {
        var text = new StringBuilder(_source.Length);
        var at = 0;
        foreach (var mention in _mentions)
        {
            text.Append(_source, at, mention.Start - at)
                .Append(mention.With(labels, foreign) ?? _source[mention.Start..mention.End]);
            at = mention.End;
        }

        var whole = text.Append(_source, at, _source.Length - at).ToString();
        return _end.Length == 0 ? whole : whole.TrimEnd('\n') + _end;
    }

    // Brackets in code are code, and those around the words of a link are no label.
    private static IEnumerable<Mention> Find(string source, MarkdownDocument document)
    {
        var code = new bool[source.Length + 1];
        foreach (var node in document.Descendants().Where(node => node is CodeInline or CodeBlock or AutolinkInline))
        {
            var start = Math.Clamp(node.Span.Start, 0, source.Length);
            Array.Fill(code, true, start, Math.Clamp(node.Span.Length, 0, source.Length - start));
        }

        var links = document
            .Descendants<LinkInline>()
            .Where(link => !link.IsAutoLink)
            .ToLookup(link => link.IsImage ? link.Span.Start + 1 : link.Span.Start);
        foreach (Match match in Brackets().Matches(source))
        {
            // "[label][]" says what "[label]" says; of "[words][label]" and "[words](address)" the first brackets hold
            // words.
            var end = match.Index + match.Length;
            var here = links[match.Index].ToList();
            var isCollapsed =
                string.CompareOrdinal(source, end, "[]", 0, 2) == 0 && here.Exists(link => link.Reference is not null);
            var isWords = !isCollapsed && here.Exists(link => !link.IsShortcut);
            if (!code[match.Index] && !isWords && !IsEscaped(source, match.Index))
            {
                yield return new(match.Index, isCollapsed ? end + 2 : end, match.Value[1..^1], IsLink: here.Count > 0);
            }
        }
    }

    private static bool IsEscaped(string source, int at)
    {
        var before = source.AsSpan(0, at);
        return (before.Length - before.TrimEnd('\\').Length) % 2 == 1;
    }

    // A bracket's label holds no bracket, unless it is escaped.
    [GeneratedRegex(@"\[(?:\\.|[^\[\]\\])+\]", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Brackets();

    // [1], but also [1, 2] and [1-3], where each number is cited.
    [GeneratedRegex(@"\A\d{1,9}(?:\s*[,;–-]\s*\d{1,9})+\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();

    /// <summary>A label in its brackets: of a link, of its definition, or in a sentence.</summary>
    /// <param name="IsLink">Whether the reader sees the label itself as the words of a link.</param>
    private sealed record Mention(int Start, int End, string Label, bool IsLink)
    {
        private bool IsSeveral => Numbers().IsMatch(Label);

        public IEnumerable<string> Labels =>
            IsSeveral ? Number().Matches(Label).Select(match => match.Value) : [Key(Label)];

        /// <returns>Null where nothing changes.</returns>
        public string? With(IReadOnlyDictionary<string, string> labels, IReadOnlySet<string> foreign)
        {
            if (IsSeveral)
            {
                return $"[{Number().Replace(Label, number => labels.GetValueOrDefault(number.Value, number.Value))}]";
            }

            var key = Key(Label);
            if (!labels.TryGetValue(key, out var other))
            {
                return foreign.Contains(key) ? $"\\[{Label}]" : null;
            }

            return IsLink && !key.All(char.IsAsciiDigit) ? $"[{Label}][{other}]" : $"[{other}]";
        }
    }
}
