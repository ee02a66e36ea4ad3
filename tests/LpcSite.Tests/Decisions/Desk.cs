using System.Net;
using AngleSharp.Dom;
using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.Decisions;

/// <summary>What a lead does on their desk, as their browser does it.</summary>
internal static class Desk
{
    /// <summary>Plans one topic; the other rows are left as they are shown.</summary>
    public static async Task<HttpResponseMessage> PlanAsync(
        Browsing lead,
        string mc,
        string title,
        string verdict,
        string note = "",
        int? minutes = null,
        string into = "",
        string button = "Save the plan"
    )
    {
        var page = await lead.ReadAsync($"{mc}/lead/topics");
        return await lead.SubmitAsync(page, Row(page, title, verdict, note, minutes, into), button);
    }

    /// <summary>The fields of one row.</summary>
    public static Dictionary<string, string> Row(
        IDocument page,
        string title,
        string verdict,
        string note = "",
        int? minutes = null,
        string into = ""
    )
    {
        var name = page.QuerySelectorAll("main select")
            .Single(s => s.GetAttribute("aria-label") == $"Plan for {title}")
            .GetAttribute("name")!
            .Replace("Choice", "", StringComparison.Ordinal);
        return new(StringComparer.Ordinal)
        {
            [$"{name}Choice"] = verdict,
            [$"{name}Note"] = note,
            [$"{name}Minutes"] = FormattableString.Invariant($"{minutes}"),
            [$"{name}Into"] = into,
        };
    }

    /// <summary>Plans it, writes the letters and releases them.</summary>
    public static async Task DecideAsync(
        Browsing lead,
        string mc,
        string title,
        string verdict,
        string note = "",
        int? minutes = null,
        string into = ""
    )
    {
        using var written = await PlanAsync(lead, mc, title, verdict, note, minutes, into, "Write the letters");
        Assert.Equal($"{mc}/lead/letters", written.Headers.Location?.OriginalString);
        await ReleaseAsync(lead, mc);
    }

    public static async Task ReleaseAsync(Browsing lead, string mc)
    {
        var outbox = await lead.ReadAsync($"{mc}/lead/letters");
        var button = outbox
            .QuerySelectorAll("main button")
            .Select(b => b.TextContent.Trim())
            .First(b => b.StartsWith("Release", StringComparison.Ordinal));
        using var released = await lead.SubmitAsync(outbox, [], button);
        Assert.Equal(HttpStatusCode.Redirect, released.StatusCode);
    }
}
