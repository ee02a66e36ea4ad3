using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace LpcSite.Pages.Shared;

/// <summary>
/// What is wrong with what a form sent, as the page says it: all of it below the heading, and each part beside its
/// field.
/// </summary>
internal static class Problems
{
    private const string Unsaid = "This does not fit here. Check it, then send the form again.";

    /// <summary>Every sentence once, whatever field it is about, and also what is about none.</summary>
    public static IReadOnlyList<string> All(ModelStateDictionary state) =>
        [.. state.Values.SelectMany(entry => entry.Errors).Select(Sentence).Distinct(StringComparer.Ordinal)];

    /// <summary>What is wrong with one field; nothing where it is right, or was not sent.</summary>
    public static IReadOnlyList<string> Of(ModelStateDictionary state, string field) =>
        state.TryGetValue(field, out var entry)
            ? [.. entry.Errors.Select(Sentence).Distinct(StringComparer.Ordinal)]
            : [];

    /// <summary>Whether the field of that name said it already in this form; from now on it did.</summary>
    /// <remarks>
    /// A form may have several fields of one name, such as radio buttons, of which the first one says it.
    /// </remarks>
    public static bool IsSaid(ViewContext view, string field) =>
        !view.FormContext.FormData.TryAdd($"said {field}", field);

    /// <summary>An id that no other element of the page has: several forms may have a field of that name.</summary>
    public static string IdOf(ViewContext view, string field)
    {
        var id = $"{TagBuilder.CreateSanitizedId(field, "_")}_problem";
        var number = 1;
        while (!view.HttpContext.Items.TryAdd((typeof(Problems), id, number), null))
        {
            number++;
        }

        return number == 1 ? id : FormattableString.Invariant($"{id}_{number}");
    }

    /// <summary>The value of an attribute as text, whether it was written in the page or put together in it.</summary>
    public static string? Text(object? value)
    {
        if (value is not IHtmlContent html)
        {
            return value?.ToString();
        }

        using var text = new StringWriter();
        html.WriteTo(text, HtmlEncoder.Default);
        return System.Net.WebUtility.HtmlDecode(text.ToString());
    }

    private static string Sentence(ModelError error) => error.ErrorMessage.Length == 0 ? Unsaid : error.ErrorMessage;
}
