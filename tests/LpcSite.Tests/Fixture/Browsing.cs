using System.Net;
using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace LpcSite.Tests.Fixture;

/// <summary>
/// One person's browser: it opens pages, fills in the forms that are there and submits them, hidden fields and cookies
/// included.
/// </summary>
public sealed partial class Browsing(HttpClient client) : IDisposable
{
    /// <summary>Between the values of several fields that share one name.</summary>
    public const char SameName = '\u0003';

    public HttpClient Client => client;

    public async Task SignInAsync(string mail, string password)
    {
        var answer = await SubmitAsync(
            "/account/sign-in",
            new() { ["Input.Mail"] = mail, ["Input.Password"] = password }
        );
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(path);

    /// <summary>Opens a page, which has to be there.</summary>
    public async Task<IDocument> ReadAsync(string path)
    {
        using var answer = await client.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path} answers {(int)answer.StatusCode}.");
        return await ParseAsync(answer);
    }

    /// <summary>Opens the page, fills in its form and submits it.</summary>
    /// <param name="fields">By name; a field that the form does not have fails the test.</param>
    /// <param name="button">
    /// The name of the button's value or its text, where the form has several, or the page several forms.
    /// </param>
    public async Task<HttpResponseMessage> SubmitAsync(
        string path,
        Dictionary<string, string> fields,
        string? button = null
    ) => await SubmitAsync(await ReadAsync(path), fields, button);

    public async Task<HttpResponseMessage> SubmitAsync(
        IDocument page,
        Dictionary<string, string> fields,
        string? button = null
    )
    {
        var path = new Uri(page.DocumentUri).PathAndQuery;
        var pressed = button is null
            ? null
            : page.QuerySelectorAll("main button")
                .OfType<IHtmlButtonElement>()
                .FirstOrDefault(b =>
                    b.Value == button
                    || string.Join(" ", b.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                        == button
                );
        Assert.True(button is null || pressed is not null, $"{path} has no button '{button}'.");
        var form =
            pressed?.Form
            ?? page.QuerySelectorAll("main form")
                .OfType<IHtmlFormElement>()
                .FirstOrDefault(f => fields.Keys.All(name => f.Elements.Any(e => e.GetAttribute("name") == name)));
        Assert.True(form is not null, $"{path} has no form with {string.Join(", ", fields.Keys)}.");
        return await SubmitAsync(page, form, pressed, fields);
    }

    /// <summary>Submits this form as a browser does when this button is pressed.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(
        IDocument page,
        IHtmlFormElement form,
        IHtmlButtonElement? pressed,
        Dictionary<string, string> fields
    )
    {
        var values = Filled(form).Where(pair => !fields.ContainsKey(pair.Key)).Concat(fields).ToList();
        if (pressed?.Name is { Length: > 0 } name)
        {
            values.Add(new(name, pressed.Value));
        }

        // The values of checkboxes or rows that share a name come one by one.
        values =
        [
            .. values.SelectMany(pair =>
                (pair.Value ?? "").Split(SameName).Select(value => KeyValuePair.Create(pair.Key, Sent(value)))
            ),
        ];
        var action = pressed?.GetAttribute("formaction") ?? form.GetAttribute("action");
        var to = action is { Length: > 0 } ? action : new Uri(page.DocumentUri).PathAndQuery;
        using var content =
            form.Enctype == "multipart/form-data" ? (HttpContent)Multipart(values) : new FormUrlEncodedContent(values);
        return await client.PostAsync(to, content);
    }

    /// <summary>Submits the form in which a file is chosen, as multipart.</summary>
    public async Task<HttpResponseMessage> UploadAsync(
        string path,
        Dictionary<string, string> fields,
        string file,
        string name,
        byte[] bytes
    )
    {
        var page = await ReadAsync(path);
        var form = Assert.IsType<IHtmlFormElement>(
            page.QuerySelector($"main form:has(input[type=file][name='{file}'])"),
            exactMatch: false
        );
        using var content = new MultipartFormDataContent { { new ByteArrayContent(bytes), file, name } };
        foreach (
            var (key, value) in Filled(form)
                .Where(pair => !fields.ContainsKey(pair.Key))
                .Concat(fields)
                .SelectMany(pair => pair.Value.Split(SameName).Select(value => (pair.Key, value)))
        )
        {
            content.Add(new StringContent(Sent(value)), key);
        }

        return await client.PostAsync(path, content);
    }

    public static async Task<IDocument> ParseAsync(HttpResponseMessage answer)
    {
        var html = await answer.Content.ReadAsStringAsync();
        return await BrowsingContext
            .New()
            .OpenAsync(response => response.Content(html).Address(answer.RequestMessage!.RequestUri!));
    }

    public void Dispose() => client.Dispose();

    private static MultipartFormDataContent Multipart(IEnumerable<KeyValuePair<string, string>> values)
    {
        var content = new MultipartFormDataContent();
        foreach (var (key, value) in values)
        {
            content.Add(new StringContent(value), key);
        }

        return content;
    }

    // However a line ends on the page, it leaves with CR LF (HTML, section 4.10.22.4).
    private static string Sent(string value) => LineEnd().Replace(value, "\r\n");

    [GeneratedRegex("\r\n|\r|\n", RegexOptions.None, 1000)]
    private static partial Regex LineEnd();

    // What a browser sends of an untouched form (HTML, section 4.10.22.4).
    internal static IEnumerable<KeyValuePair<string, string>> Filled(IHtmlFormElement form) =>
        from element in form.Elements
        let name = element.GetAttribute("name")
        where name is { Length: > 0 } && !element.HasAttribute("disabled")
        let value = element switch
        {
            IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } => null,
            IHtmlInputElement { Type: "submit" or "button" or "file" } => null,
            IHtmlInputElement input => input.Value,
            IHtmlTextAreaElement area => area.Value,
            IHtmlSelectElement choice => choice.Value,
            _ => null,
        }
        where value is not null
        select new KeyValuePair<string, string>(name, value);
}
