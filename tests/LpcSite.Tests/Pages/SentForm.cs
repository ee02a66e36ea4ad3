using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.Pages;

/// <summary>
/// A form as it stands on a page, to be sent with one field filled in wrongly and all others as they are.
/// </summary>
/// <param name="Pattern">The route of its page.</param>
internal sealed record SentForm(string Pattern, IDocument Document, IHtmlFormElement Form, Browsing Reader)
{
    private const int Shown = 40;

    public string Page => new Uri(Document.DocumentUri).PathAndQuery;
    public IReadOnlyList<FormField> Fields { get; } = FormField.Of(Form);

    /// <returns>What the answer lacks; nothing if it is as it should be.</returns>
    public async Task<IReadOnlyList<string>> ProblemsAsync(FormField field, string what, string value)
    {
        using var answer = await SendAsync(field, value);
        var tried = $"{Page}: {field.Name} {what} ({(value.Length > Shown ? $"{value.Length} characters" : value)})";
        if (answer.StatusCode is not HttpStatusCode.BadRequest)
        {
            return [$"{tried} answers {(int)answer.StatusCode}"];
        }

        var page = await Browsing.ParseAsync(answer);
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(page.QuerySelector("main [role=alert]")?.TextContent))
        {
            problems.Add($"{tried} says nothing at the top");
        }

        if (
            page.QuerySelectorAll("main [data-valmsg-for]")
                .All(p => p.GetAttribute("data-valmsg-for") != field.Name || string.IsNullOrWhiteSpace(p.TextContent))
        )
        {
            problems.Add(
                $"{tried} says nothing beside the field, but at the top "
                    + $"“{page.QuerySelector("main [role=alert]")?.TextContent.Trim()}”"
            );
        }

        if (
            field.IsShownAgain
            && page.QuerySelectorAll($"main [name='{field.Name}']").All(again => TextOf(again) != value)
        )
        {
            problems.Add($"{tried} loses what was typed");
        }

        return problems;
    }

    private async Task<HttpResponseMessage> SendAsync(FormField field, string value)
    {
        var button = Form
            .Elements.OfType<IHtmlButtonElement>()
            .FirstOrDefault(b => b.Type == "submit" && b.Name != "change" && !b.HasAttribute("formnovalidate"));
        Dictionary<string, string> fields = new(StringComparer.Ordinal) { [field.Name] = value };
        return await Reader.SubmitAsync(Document, Form, button, fields);
    }

    private static string? TextOf(IElement element) =>
        element switch
        {
            IHtmlTextAreaElement area => area.Value,
            _ => element.GetAttribute("value") ?? "",
        };
}
