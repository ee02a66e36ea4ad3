using System.Text.RegularExpressions;
using LpcSite.Browser.Fixture;
using LpcSite.Data;
using LpcSite.Microconferences;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Browser.Checkers;

/// <summary>That somebody in a terminal reads the same page: w3m knows neither style nor script.</summary>
public sealed partial class TextBrowserTests(BrowserFixture browser)
{
    [Theory, MemberData(nameof(PublicPages.Full), MemberType = typeof(PublicPages))]
    public async Task AllMicroconferences_InATextBrowser_StandInPageOrderWithTheirLeadsAndTopics(string page)
    {
        var conference = page.Split('/')[1];
        await using var scope = browser.Site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LpcDbContext>();
        var microconferences = await db
            .Microconferences.Where(m => m.Conference.Slug == conference)
            .Listed()
            .ToDocumentsAsync(db, CancellationToken.None);

        var text = Folded(
            await Checker.RunAsync("w3m", ["-dump", "-cols", "80", "-O", "UTF-8", browser.Address + page])
        );

        Assert.Equal(17, microconferences.Count);
        // The contents list names them all before the first article does.
        var at = text.IndexOf(Folded(microconferences[^1].Title), StringComparison.Ordinal);
        Assert.True(at > 0);
        foreach (var microconference in microconferences)
        {
            Reach(text, microconference.Title, ref at);
            Reach(text, microconference.StatusWord, ref at);
            var end = at;
            foreach (var topic in microconference.TopicsInline ? [] : microconference.Topics)
            {
                Reach(text, topic.Title, ref end);
            }

            foreach (var person in microconference.Leads.Concat(microconference.KeyAttendees))
            {
                var anywhere = at;
                Reach(text, person.FullName, ref anywhere);
            }
        }
    }

    [Theory, MemberData(nameof(PublicPages.Full), MemberType = typeof(PublicPages))]
    public async Task AllMicroconferences_InATextBrowser_ShowNoMarkup(string page)
    {
        var text = await Checker.RunAsync("w3m", ["-dump", "-cols", "80", "-O", "UTF-8", browser.Address + page]);

        Assert.True(text.Length > 10_000);
        Findings.None([.. Markup().Matches(text).Select(match => match.Value)]);
    }

    private static void Reach(string text, string words, ref int at)
    {
        var found = text.IndexOf(Folded(words), at, StringComparison.Ordinal);
        Assert.True(
            found >= 0,
            $"\"{words}\" does not stand where it should, which is after \"…{text[Math.Max(0, at - 80)..at]}\"."
        );
        at = found + Folded(words).Length;
    }

    // Lines are broken wherever they end, also inside long words: without blanks both sides read alike.
    private static string Folded(string text) => Blanks().Replace(text, "");

    [GeneratedRegex(@"\s+", RegexOptions.None, 5000)]
    private static partial Regex Blanks();

    // Tags, character references, Markdown's emphasis, links and headings.
    [GeneratedRegex(
        @"</?(p|a|li|ul|ol|div|span|h\d|code|pre|em|strong|table|t[rdh])\b[^>]*>"
            + @"|&(amp|lt|gt|quot|nbsp|#\d+);|\*\*\w|\]\(http|^\s*#{1,6} ",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        5000
    )]
    private static partial Regex Markup();
}
