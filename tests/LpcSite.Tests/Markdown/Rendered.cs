using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using LpcSite.Markdown;

namespace LpcSite.Tests.Markdown;

/// <summary>What a browser makes of a rendered text: tests ask the parsed document, not the string.</summary>
internal static class Rendered
{
    private static readonly MarkdownRenderer Renderer = new();

    public static string Html(string source, string anchorPrefix = "rust") =>
        Renderer.Render(source, anchorPrefix).Html;

    public static IElement Body(string source, string anchorPrefix = "rust") => Parse(Html(source, anchorPrefix));

    public static IElement Parse(string html) => new HtmlParser().ParseDocument($"<!doctype html><body>{html}").Body!;

    public static string Text(string source) => Body(source).TextContent;

    public static string?[] Links(string source) =>
        [.. Body(source).QuerySelectorAll("a").Select(link => link.GetAttribute("href"))];
}
