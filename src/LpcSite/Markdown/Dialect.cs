using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace LpcSite.Markdown;

/// <summary>
/// The one kind of Markdown the site knows: CommonMark with pipe tables, task lists, strikethrough and bare links. HTML is shown as it was typed; footnotes,
/// smart punctuation and emoji are off, because [1], -- and :) mean themselves in a kernel developer's text.
/// </summary>
internal static class Dialect
{
    public static readonly MarkdownPipeline Pipeline = Build();

    /// <returns>A sentence for the author where the text cannot be read, else null.</returns>
    public static string? TryParse(string source, out MarkdownDocument? document)
    {
        document = null;

        try
        {
            var parsed = MarkdownParser.Parse(source, Pipeline);
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

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder()
            .DisableHtml()
            .UsePipeTables()
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough);

        builder.InlineParsers.InsertBefore<LinkInlineParser>(new TaskListInlineParser { ListClass = null!, ListItemClass = "task" });
        builder.InlineParsers.Insert(0, new BareLinkParser());
        builder.Extensions.Add(new Writers());

        return builder.Build();
    }

    private sealed class Writers : IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline)
        {
        }

        public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
        {
            renderer.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new TableWriter());
            renderer.ObjectRenderers.FindExact<CodeBlockRenderer>()!.OutputAttributesOnPre = true;
        }
    }
}
