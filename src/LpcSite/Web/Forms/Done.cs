using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Web.Forms;

/// <summary>What a page says once something is done, and where it leads then.</summary>
public sealed record Done
{
    private Done(string? sentence) => Sentence = sentence;

    /// <summary>Shown once, on the page that comes next; null where that page shows by itself what was done.</summary>
    public string? Sentence { get; }

    /// <summary>The address within the site that comes next; null for the same page.</summary>
    public string? Path { get; private init; }

    /// <summary>Given instead of leading on; null where it leads on.</summary>
    public IActionResult? Answer { get; private init; }

    /// <summary>For what the next page shows anyway.</summary>
    public static Done Silently { get; } = new((string?)null);

    /// <summary>
    /// Answered with this page instead of leading on: a preview, say, or both texts of two who saved.
    /// </summary>
    public static Done With(IActionResult answer) => new((string?)null) { Answer = answer };

    public static Done Say(string sentence) => new(sentence);

    public Done GoTo(string path) => this with { Path = path };
}
