using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LpcSite.Markdown;
using LpcSite.Texts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LpcSite.Imports.Folder;

/// <summary>One file of a folder while it is read: it knows its name and collects what is wrong with it.</summary>
internal sealed partial class FolderFile(string name, List<FolderProblem> problems)
{
    private const string Fence = "---";

    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    public string Name => name;

    public void Problem(int line, string sentence) => problems.Add(new FolderProblem(name, line, sentence));

    /// <returns>The text with line feeds only and without a byte order mark; null when it is not UTF-8.</returns>
    public string? Decode(byte[] bytes)
    {
        try
        {
            var text = Strict.GetString(bytes);
            return (text.StartsWith('\uFEFF') ? text[1..] : text).Replace("\r\n", "\n", StringComparison.Ordinal);
        }
        catch (DecoderFallbackException broken)
        {
            Problem(
                1 + bytes.AsSpan(0, Math.Max(broken.Index, 0)).Count((byte)'\n'),
                "This line is not UTF-8; save the file as UTF-8."
            );
            return null;
        }
    }

    /// <summary>
    /// Splits a file at its fences into the YAML and the text after it, which loses nothing but one line feed at either
    /// end.
    /// </summary>
    public (string Yaml, string Body, int BodyLine)? Split(string text)
    {
        if (FirstLine(text, 0) is var (opening, start) && opening != Fence)
        {
            Problem(1, "The file should begin with a line '---', the keys, and another line '---'.");
            return null;
        }

        for (var line = start; line < text.Length; )
        {
            var (content, next) = FirstLine(text, line);
            if (content == Fence)
            {
                var body = text[next..];
                var bodyLine = 1 + text.AsSpan(0, next).Count('\n');
                (body, bodyLine) = body.StartsWith('\n') ? (body[1..], bodyLine + 1) : (body, bodyLine);
                return (text[start..line], body.EndsWith('\n') ? body[..^1] : body, bodyLine);
            }

            line = next;
        }

        Problem(1, "The keys are not closed: a line '---' is missing after them.");
        return null;
    }

    /// <param name="linesBefore">How many lines of the file stand before the YAML.</param>
    public YamlMap? Parse(string yaml, int linesBefore, IReadOnlyList<string> keys)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException invalid)
        {
            var reason = Position().Replace(invalid.InnerException?.Message ?? invalid.Message, "").TrimEnd('.');
            Problem(linesBefore + Line(invalid.Start), $"This is not valid YAML: {reason}.");
            return null;
        }

        if (stream.Documents.Count > 1)
        {
            Problem(
                linesBefore + Line(stream.Documents[1].RootNode.Start),
                "The file holds a second document; one is expected."
            );
            return null;
        }

        if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is not YamlMappingNode map)
        {
            Problem(linesBefore + 1, "Keys with their values are expected here, such as 'title: …'.");
            return null;
        }

        return new YamlMap(map, this, linesBefore, keys);
    }

    /// <returns>Whether the text can be kept: PostgreSQL takes no NUL, and UTF-8 no half of a character.</returns>
    public bool CanKeep(string text, int line)
    {
        var bad = text.AsSpan().IndexOf('\0');
        for (var i = 0; bad < 0 && i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                bad = i;
            }
        }

        if (bad >= 0)
        {
            Problem(
                line,
                string.Create(CultureInfo.InvariantCulture, $"The character U+{(int)text[bad]:X4} cannot be kept.")
            );
        }

        return bad < 0;
    }

    /// <summary>The Markdown under the fences. What is wrong with it is noted.</summary>
    public string Body(string text, int line)
    {
        var body = TextIn.Lines(text);
        if (CanKeep(text, line) && MarkdownRenderer.Problem(body) is { } problem)
        {
            Problem(line, problem);
        }

        return body;
    }

    public static int Line(Mark mark) => (int)Math.Max(mark.Line, 1);

    private static (string Content, int Next) FirstLine(string text, int from)
    {
        var end = text.IndexOf('\n', from);
        return end < 0 ? (text[from..].TrimEnd(), text.Length) : (text[from..end].TrimEnd(), end + 1);
    }

    [GeneratedRegex(
        @"\(Line: .*?\)( - \(Line: .*?\))?: ",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Position();
}
