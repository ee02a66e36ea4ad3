using System.Diagnostics.CodeAnalysis;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LpcSite.Markdown;

/// <summary>
/// The one kind of Markdown the site knows: CommonMark with pipe tables, task lists, strikethrough and bare links. HTML
/// is shown as it was typed; footnotes, smart punctuation and emoji are off, because [1], -- and :) mean themselves in
/// a kernel developer's text.
/// </summary>
internal static class Dialect
{
    public static readonly MarkdownPipeline Pipeline = Build(isPrecise: false, out Parsers);

    /// <summary>Each of them reads one construct or a few: what the dialect consists of.</summary>
    public static readonly IReadOnlyList<Type> Parsers;

    // Where everything begins and ends, for those who change the text; to print it nobody asks.
    private static readonly MarkdownPipeline Precise = Build(isPrecise: true, out _);

    /// <returns>A sentence for the author where the text cannot be read, else null.</returns>
    public static string? TryParse(string source, out MarkdownDocument? document) =>
        TryParse(source, Pipeline, out document);

    /// <summary>Reads a text to change it: every node knows its place in the source.</summary>
    /// <returns>Whether the renderer would print it as Markdown.</returns>
    public static bool TryRead(string source, [NotNullWhen(true)] out MarkdownDocument? document)
    {
        document = null;

        return MarkdownRenderer.Unprintable(source) is null
            && TryParse(source, Precise, out document) is null
            && document is not null;
    }

    /// <summary>
    /// Whether one line of text says in Markdown what it says without: as a heading, as an item and as the words of a
    /// link.
    /// </summary>
    public static bool IsPlain(string line) =>
        !line.Contains('<', StringComparison.Ordinal)
        && Words($"# {line}") is HeadingBlock { Inline: { } heading }
        && Says(heading, line)
        && Words($"- {line}") is ListBlock { Count: 1 } list
        && list[0] is ListItemBlock { Count: 1 } item
        && item[0] is ParagraphBlock { Inline: { } text }
        && Says(text, line)
        && Words($"[{line}](/)") is ParagraphBlock { Inline: { } words }
        && words.FirstChild is LinkInline { NextSibling: null } link
        && Says(link, line);

    private static Block? Words(string source) =>
        TryRead(source, out var document) && document.Count == 1 ? document[0] : null;

    private static bool Says(ContainerInline inlines, string line) =>
        inlines.All(inline => inline is LiteralInline)
        && string.Concat(inlines.OfType<LiteralInline>().Select(literal => literal.Content.ToString())) == line;

    private static string? TryParse(string source, MarkdownPipeline pipeline, out MarkdownDocument? document)
    {
        document = null;

        try
        {
            var parsed = MarkdownParser.Parse(source, pipeline);
            var problem = HostileShapes.In(parsed);
            document = problem is null ? parsed : null;

            return problem;
        }
        catch (ArgumentException)
        {
            // How Markdig says that it met its limit of depth.
            return HostileShapes.TooDeep;
        }
    }

    private static MarkdownPipeline Build(bool isPrecise, out IReadOnlyList<Type> parsers)
    {
        var builder = new MarkdownPipelineBuilder()
            .DisableHtml()
            .UsePipeTables()
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough);

        builder.InlineParsers.InsertBefore<LinkInlineParser>(
            new TaskListInlineParser { ListClass = null!, ListItemClass = "task" }
        );
        builder.InlineParsers.Insert(0, new BareLinkParser());
        builder.Extensions.Add(new Writers());

        builder.PreciseSourceLocation = isPrecise;

        // The extensions bring their parsers while it is built.
        var pipeline = builder.Build();
        parsers =
        [
            .. builder.BlockParsers.Select(parser => parser.GetType()),
            .. builder.InlineParsers.Select(parser => parser.GetType()),
        ];

        return pipeline;
    }

    private sealed class Writers : IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline) { }

        public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
        {
            renderer.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new TableWriter());
            renderer.ObjectRenderers.FindExact<CodeBlockRenderer>()!.OutputAttributesOnPre = true;
        }
    }
}
