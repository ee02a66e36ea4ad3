using System.Net;
using LpcSite.Emails;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Pages.Organize;

/// <summary>The organizers' delivery log, and what they do about letters that did not go out.</summary>
public sealed class EmailsTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_AsAnybodyElse_IsRefused()
    {
        var id = await WriteAsync("log-a", "Refused");
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena"));

        using var log = await lena.GetAsync("/log-a/organize/letters");
        using var letter = await lena.GetAsync($"/log-a/organize/letters/{id}");
        using var anonymous = await site.Browse().GetAsync("/log-a/organize/letters");

        Assert.Equal(
            (HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Redirect),
            (log.StatusCode, letter.StatusCode, anonymous.StatusCode)
        );
    }

    [Fact]
    public async Task Get_ShowsLettersOfThisConferenceAndOfNone()
    {
        await WriteAsync("log-b", "Of this one");
        await WriteAsync("log-c", "Of another one");
        await WriteAsync(null, "Of none");
        using var olga = await OrganizerAsync();

        var page = await olga.ReadAsync("/log-b/organize/letters?q=of+one");

        Assert.Equal(["Of none", "Of this one"], page.QuerySelectorAll("tbody a").Select(a => a.TextContent));
    }

    [Theory]
    [InlineData("?q=first", "First")]
    [InlineData("?q=SECOND+EXAMPLE.ORG", "Second")]
    [InlineData("?q=%25", "")]
    [InlineData("?q=_", "")]
    [InlineData("?state=stopped", "Second")]
    [InlineData("?state=stopped&q=first", "")]
    public async Task Get_WithAFilter_ShowsWhatMatches(string query, string subjects)
    {
        await WriteAsync("log-d", "First");
        await WriteAsync("log-d", "Second", EmailState.Stopped);
        using var olga = await OrganizerAsync();

        var page = await olga.ReadAsync($"/log-d/organize/letters{query}");

        var own = page.QuerySelectorAll("tbody a")
            .Select(a => a.TextContent)
            .Where(s => s is "First" or "Second")
            .Distinct(StringComparer.Ordinal);
        Assert.Equal(subjects, string.Join(' ', own));
    }

    [Fact]
    public async Task Get_WithAStateThatIsNone_Answers400WithASentence()
    {
        await site.Given.ConferenceAsync("log-e");
        using var olga = await OrganizerAsync();

        using var answer = await olga.GetAsync("/log-e/organize/letters?state=lost");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            "There is no such state of a letter, or no such page.",
            (await Browsing.ParseAsync(answer)).QuerySelector("main .problem")?.TextContent
        );
    }

    [Fact]
    public async Task Get_WithOneOr300Letters_AsksTheDatabaseAsOftenAndPagesThroughAll()
    {
        await WriteAsync("log-f", "Many 0");
        using var olga = await OrganizerAsync();
        await olga.ReadAsync("/log-f/organize/letters");
        site.Statements.Clear();
        await olga.ReadAsync("/log-f/organize/letters?q=many");
        var withOne = site.Statements.Texts.Count;
        var conference = await site.Given.ConferenceAsync("log-f");
        await using (var db = site.OpenDatabase())
        {
            db.AddRange(Enumerable.Range(1, 299).Select(i => New($"Many {i}").About(conference.Id, null, "log")));
            await db.SaveChangesAsync(Stop);
        }

        List<string> seen = [];
        for (var next = "/log-f/organize/letters?q=many"; next is not null; )
        {
            site.Statements.Clear();
            var page = await olga.ReadAsync(next);
            Assert.Equal(withOne, site.Statements.Texts.Count);
            seen.AddRange(page.QuerySelectorAll("tbody a").Select(a => a.TextContent));
            next = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal(Enumerable.Range(0, 300).Reverse().Select(i => $"Many {i}"), seen);
    }

    [Fact]
    public async Task Stop_OfAWaitingLetter_StopsItAndIsWrittenDown()
    {
        var id = await WriteAsync("log-g", "Stop me");
        using var olga = await OrganizerAsync();

        using var answer = await olga.SubmitAsync($"/log-g/organize/letters/{id}", [], "Stop");

        Assert.Equal($"/log-g/organize/letters/{id}", answer.Headers.Location?.OriginalString);
        await using var db = site.OpenDatabase();
        Assert.Equal(EmailState.Stopped, (await db.Letters.SingleAsync(l => l.Id == id, Stop)).State);
        var audit = await db
            .AuditEntries.Include(a => a.By)
            .SingleAsync(a => a.Subject.EndsWith($"/organize/letters/{id}"), Stop);
        Assert.Equal(("Olga Organizer", "stop"), (audit.By?.Name, audit.Verb));
        Assert.Contains("Waiting", audit.Before, StringComparison.Ordinal);
        Assert.Contains("Stopped", audit.After, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EmailState.Failed)]
    [InlineData(EmailState.Unclear)]
    [InlineData(EmailState.Stopped)]
    public async Task SendAgain_OfALetterThatDidNotGo_LetsItWaitAgain(EmailState state)
    {
        var id = await WriteAsync("log-h", "Again", state);
        using var olga = await OrganizerAsync();

        using var answer = await olga.SubmitAsync($"/log-h/organize/letters/{id}", [], "Send again");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await using var db = site.OpenDatabase();
        var email = await db.Letters.SingleAsync(l => l.Id == id, Stop);
        Assert.Equal(
            (EmailState.Waiting, site.Clock.GetCurrentInstant(), 0),
            (email.State, email.DueAt, email.Attempts)
        );
        Assert.Equal(
            "send again",
            (await db.AuditEntries.SingleAsync(a => a.Subject.EndsWith($"/organize/letters/{id}"), Stop)).Verb
        );
    }

    [Fact]
    public async Task Stop_OfALetterThatWentMeanwhile_SaysSoAndChangesNothing()
    {
        var id = await WriteAsync("log-i", "Too late");
        using var olga = await OrganizerAsync();
        var page = await olga.ReadAsync($"/log-i/organize/letters/{id}");
        await SetAsync(id, EmailState.Sending);

        using var answer = await olga.SubmitAsync(page, [], "Stop");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            "This letter is being sent at this moment.",
            (await Browsing.ParseAsync(answer)).QuerySelector("main [role=alert]")?.TextContent
        );
        await using var db = site.OpenDatabase();
        Assert.Equal(EmailState.Sending, (await db.Letters.SingleAsync(l => l.Id == id, Stop)).State);
        Assert.False(await db.AuditEntries.AnyAsync(a => a.Subject.EndsWith($"/organize/letters/{id}"), Stop));
    }

    [Fact]
    public async Task Letter_OfAnotherConference_IsNotThere()
    {
        var id = await WriteAsync("log-j", "Elsewhere");
        await site.Given.ConferenceAsync("log-k");
        using var olga = await OrganizerAsync();

        using var answer = await olga.GetAsync($"/log-k/organize/letters/{id}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Letter_ThatIsSecret_ShowsItsTextToNobody()
    {
        await using var db = site.OpenDatabase();
        var conference = await site.Given.ConferenceAsync("log-l");
        var email = New("Confirm", "https://pipes.example.org/?key=secret-key")
            .About(conference.Id, null, "log")
            .Secret();
        db.Add(email);
        await db.SaveChangesAsync(Stop);
        using var olga = await OrganizerAsync();

        var page = await olga.ReadAsync($"/log-l/organize/letters/{email.Id}");

        Assert.DoesNotContain("secret-key", page.DocumentElement.InnerHtml, StringComparison.Ordinal);
        Assert.Contains("shown to nobody else", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    private Email New(string subject, string text = "Hello.\n") =>
        new(null, "Ann Arbor", "ann@example.org", subject, text, site.Clock.GetCurrentInstant());

    private async Task<Browsing> OrganizerAsync() =>
        await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));

    private async Task<long> WriteAsync(string? conference, string subject, EmailState state = EmailState.Waiting)
    {
        var email = New(subject);
        await using var db = site.OpenDatabase();
        db.Add(
            conference is null ? email : email.About((await site.Given.ConferenceAsync(conference)).Id, null, "log")
        );
        await db.SaveChangesAsync(Stop);
        await SetAsync(email.Id, state);
        return email.Id;
    }

    private async Task SetAsync(long id, EmailState state)
    {
        await using var db = site.OpenDatabase();
        await db
            .Letters.Where(l => l.Id == id)
            .ExecuteUpdateAsync(
                l =>
                    l.SetProperty(x => x.State, state)
                        .SetProperty(x => x.Attempts, state is EmailState.Waiting ? 0 : 1),
                Stop
            );
    }
}
