using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace LpcSite.Tests.Pages;

/// <summary>One field of a form as a page shows it, and what somebody may type into it by mistake.</summary>
internal sealed record FormField(string Name, string Type, IElement Element)
{
    /// <summary>Typed where a field does not say how much fits: more than any text of the site has.</summary>
    private const int TooMuch = 300_000;

    private static readonly string[] OneLine = ["text", "search", "url", "email", "password", "tel"];
    private static readonly string[] NotTyped = ["hidden", "submit", "button", "reset", "image", "file"];

    /// <summary>How much fits; null where the page does not say.</summary>
    public int? Most => Number("maxlength") ?? Number("data-limit");

    public bool IsText => Type == "textarea" || OneLine.Contains(Type);

    /// <summary>What is typed is shown again; passwords are not, and what was chosen is no text.</summary>
    public bool IsShownAgain => IsText && Type != "password";

    public static IReadOnlyList<FormField> Of(IHtmlFormElement form) =>
        [
            .. form
                .Elements.Where(e =>
                    e.GetAttribute("name") is { Length: > 0 }
                    && !e.HasAttribute("disabled")
                    && e is not IHtmlButtonElement
                )
                .Select(e => new FormField(e.GetAttribute("name")!, TypeOf(e), e))
                .Where(f => !NotTyped.Contains(f.Type))
                .DistinctBy(f => f.Name),
        ];

    /// <summary>What does not fit, by what is wrong with it.</summary>
    public IEnumerable<(string What, string Value)> Broken()
    {
        if (IsText)
        {
            yield return ("too long", new string('x', Most + 1 ?? TooMuch));
        }

        if (Element.HasAttribute("required") && Type is not ("radio" or "checkbox"))
        {
            yield return ("empty", "");
        }

        foreach (var value in Wrong())
        {
            yield return value;
        }
    }

    private IEnumerable<(string What, string Value)> Wrong() =>
        Type switch
        {
            "number" =>
            [
                ("no number", "many"),
                ("below", Beside("min", -1)),
                ("above", Beside("max", 1)),
                ("no whole number", "1e400"),
            ],
            "url" => [("no address", "not an address"), ("an address that runs", "javascript:alert(1)")],
            "email" => [("no mail address", "nobody at nowhere")],
            "date" => [("no date", "31.12.2034"), ("a day that is not", "2034-02-30"), ("far away", "9999-12-31")],
            "time" => [("no time", "25:99")],
            "datetime-local" =>
            [
                ("no moment", "tomorrow"),
                ("a day that is not", "2034-02-30T10:00"),
                ("far away", "9999-12-31T23:59"),
            ],
            "select" or "radio" => [("nothing to choose", "nonsense")],
            "checkbox" => [("neither ticked nor not", "perhaps")],
            _ => [],
        };

    private string Beside(string limit, int step) =>
        ((Number(limit) ?? (step < 0 ? -1 : 2_000_000_000)) + step).ToString(CultureInfo.InvariantCulture);

    private int? Number(string attribute) =>
        int.TryParse(Element.GetAttribute(attribute), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string TypeOf(IElement element) =>
        element switch
        {
            IHtmlTextAreaElement => "textarea",
            IHtmlSelectElement => "select",
            _ => element.GetAttribute("type")?.ToLowerInvariant() ?? "text",
        };
}
