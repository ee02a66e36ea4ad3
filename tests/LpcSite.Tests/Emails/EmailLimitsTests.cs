using System.Net;
using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace LpcSite.Tests.Emails;

/// <summary>
/// How often the site writes to addresses that somebody typed, and what it says there. The clock stands still.
/// </summary>
public sealed class EmailLimitsTests : IAsyncLifetime
{
    private readonly SiteFixture _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Invite_OfOneStrangerAgainAndAgain_WritesFewLettersAndTellsTheInviter()
    {
        using var mal = await LeadAsync("Relay");
        for (var asked = 0; asked < EmailLimits.ToOneAddress; asked++)
        {
            using var invited = await InviteAsync(mal, "relay", $"Name {asked}", Cased("stranger@example.com", asked));
            Assert.Equal(HttpStatusCode.Redirect, invited.StatusCode);
        }

        using var refused = await InviteAsync(mal, "relay", "One More", "stranger@example.com");
        using var another = await InviteAsync(mal, "relay", "Somebody Else", "friend@example.com");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (refused.StatusCode, another.StatusCode));
        Assert.Contains(
            "several emails",
            (await Browsing.ParseAsync(refused)).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(EmailLimits.ToOneAddress, await LettersAsync("stranger@example.com"));
        await using var db = _site.OpenDatabase();
        Assert.False(await db.People.AnyAsync(p => p.Name == "One More", Stop));
    }

    // Whoever asks thirty times at once is counted as often as who asks one time after another.
    [Fact]
    public async Task Invite_OfOneStrangerManyTimesAtOnce_WritesNoMoreLetters()
    {
        using var mal = await LeadAsync("Rushed");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(n => InviteAsync(mal, "rushed", $"Rush {n}", "rushed@example.com"))
        );

        Assert.Equal(EmailLimits.ToOneAddress, await LettersAsync("rushed@example.com"));
        Assert.DoesNotContain(answers, a => a.StatusCode is HttpStatusCode.InternalServerError);
        Array.ForEach(answers, a => a.Dispose());
    }

    [Fact]
    public async Task Invite_AnHourLater_WritesAgain()
    {
        using var mal = await LeadAsync("Patient");
        await FillAsync(EmailLimitKind.Recipient, "late@example.com");
        using var refused = await InviteAsync(mal, "patient", "Too Soon", "late@example.com");
        _site.Clock.Advance(Duration.FromHours(1) / EmailLimits.ToOneAddress);
        using var one = await InviteAsync(mal, "patient", "One Later", "late@example.com");
        using var two = await InviteAsync(mal, "patient", "Two Later", "late@example.com");

        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.Redirect, HttpStatusCode.BadRequest),
            (refused.StatusCode, one.StatusCode, two.StatusCode)
        );
    }

    [Fact]
    public async Task Invite_OfMoreStrangersThanOnePersonWritesToInAnHour_IsRefused()
    {
        using var mal = await LeadAsync("Many");
        await FillAsync(
            EmailLimitKind.Sender,
            (await _site.Given.PersonAsync("Mal Lory")).Id.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );

        using var refused = await InviteAsync(mal, "many", "Any One", "anyone@example.com");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(0, await LettersAsync("anyone@example.com"));
    }

    // Whether there is an account or not, and whichever form it is, the answer is the same and so is what is counted.
    [Theory]
    [InlineData("/account/forgot")]
    [InlineData("/account/register")]
    public async Task Form_FromANetworkThatAskedTooOften_IsRefusedForKnownAndUnknownAlike(string form)
    {
        var known = await _site.Given.AccountAsync(await _site.Given.PersonAsync("Kay Known"));
        using var browsing = _site.Browse();
        await browsing.ReadAsync(form);
        await FillAsync(EmailLimitKind.Network, IPAddress.None.ToString());

        foreach (var mail in new[] { known, "unknown@example.com" })
        {
            using var answer = await SubmitAsync(browsing, form, mail);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(
                "your network",
                (await Browsing.ParseAsync(answer)).QuerySelector("main")!.TextContent,
                StringComparison.Ordinal
            );
            Assert.Equal(0, await LettersAsync(mail));
        }
    }

    [Theory]
    [InlineData("/account/forgot")]
    [InlineData("/account/register")]
    public async Task Form_ForOneAddressAgainAndAgain_SaysTheSameAndWritesNoMore(string form)
    {
        using var browsing = _site.Browse();
        var told = new HashSet<string>(StringComparer.Ordinal);
        for (var asked = 0; asked < EmailLimits.ToOneAddress + 2; asked++)
        {
            using var answer = await SubmitAsync(browsing, form, Cased("again@example.com", asked));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            told.Add(
                (await Browsing.ParseAsync(answer))
                    .QuerySelector("main")!
                    .TextContent.Replace("again@example.com", "…", StringComparison.OrdinalIgnoreCase)
            );
        }

        Assert.Single(told);
        Assert.InRange(await LettersAsync("again@example.com"), 0, EmailLimits.ToOneAddress);
    }

    // Not the address of the request's connection alone: a person with IPv6 has as many as they like.
    [Fact]
    public async Task Caller_WithManyAddressesOfOneNetwork_IsCountedOnce()
    {
        await using var site = new SiteFixture
        {
            Configure = host =>
                host.ConfigureTestServices(services => services.AddSingleton<IStartupFilter>(new From6())),
        };
        await site.InitializeAsync();
        using var browsing = site.Browse();
        for (var asked = 0; asked < 3; asked++)
        {
            using var answer = await SubmitAsync(browsing, "/account/forgot", $"six-{asked}@example.com");
        }

        await using var db = site.OpenDatabase();
        Assert.Equal(
            ["2001:db8:1:2::"],
            await db.LetterLimits.Where(l => l.Kind == EmailLimitKind.Network).Select(l => l.Key).ToListAsync(Stop)
        );
    }

    [Fact]
    public async Task Letter_OfAnInvitation_HoldsTheSitesLinkAlone()
    {
        const string Title = "Win at https://evil.example/x";
        await _site.Given.MicroconferenceAsync(
            Title,
            MicroconferenceStatus.Accepted,
            leads: ["Mal Lory"],
            keyAttendees: ["Kay Attends"]
        );
        using var mal = await _site.AsAsync(await _site.Given.PersonAsync("Mal Lory"));
        var slug = "win-at-https-evil-example-x";
        using var lead = await InviteAsync(mal, slug, "New Lead", "lead@example.com");
        using var attendee = await mal.SubmitAsync(
            $"/2022/mc/{slug}/lead/attendees",
            new() { ["mail"] = "attendee@example.com" }
        );

        await using var db = _site.OpenDatabase();
        var letters = await db.Letters.OrderBy(l => l.Id).ToListAsync(Stop);
        Assert.Equal(["lead@example.com", "attendee@example.com"], letters.Select(l => l.ToAddress));
        Assert.All(
            letters,
            email =>
            {
                Assert.DoesNotContain("evil.example", email.Subject + email.Text, StringComparison.Ordinal);
                Assert.Contains("evil. example", email.Subject, StringComparison.Ordinal);
                var html = EmailHtml.Write(email.Text);
                Assert.Equal(2, html.Split("<a ").Length);
                Assert.Contains("<a href=\"http://localhost/account/invitation/", html, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public async Task Forget_OfLimitsThatAreFullAgain_LeavesTheOthers()
    {
        await FillAsync(EmailLimitKind.Recipient, "old@example.com");
        _site.Clock.Advance(Duration.FromHours(2));
        await FillAsync(EmailLimitKind.Recipient, "new@example.com");

        await EmailLimits.ForgetAsync(_site.OpenDatabase, _site.Clock.GetCurrentInstant(), Stop);

        await using var db = _site.OpenDatabase();
        Assert.Equal(["new@example.com"], await db.LetterLimits.Select(l => l.Key).ToListAsync(Stop));
    }

    private static string Cased(string mail, int turn) => turn % 2 == 0 ? mail : mail.ToUpperInvariant();

    private static Task<HttpResponseMessage> InviteAsync(Browsing lead, string slug, string name, string mail) =>
        lead.SubmitAsync($"/2022/mc/{slug}/lead/people", new() { ["Input.Name"] = name, ["Input.Mail"] = mail });

    private static async Task<HttpResponseMessage> SubmitAsync(Browsing browsing, string form, string mail)
    {
        var page = await browsing.ReadAsync(form);
        var fields = new Dictionary<string, string> { ["Input.Mail"] = mail };
        foreach (var (name, value) in new[] { ("Input.Name", "Some Body"), ("Input.Password", Given.Password) })
        {
            if (page.QuerySelector($"main [name='{name}']") is not null)
            {
                fields[name] = value;
            }
        }

        return await browsing.SubmitAsync(page, fields);
    }

    private async Task<Browsing> LeadAsync(string title)
    {
        await _site.Given.MicroconferenceAsync(title, leads: ["Mal Lory"]);
        return await _site.AsAsync(await _site.Given.PersonAsync("Mal Lory"));
    }

    private async Task<int> LettersAsync(string mail)
    {
        await using var db = _site.OpenDatabase();
        return await db.Letters.CountAsync(l => l.ToAddress == mail, Stop);
    }

    private async Task FillAsync(EmailLimitKind kind, string key)
    {
        await using var db = _site.OpenDatabase();
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO letter_limits (kind, key, full_at)
            VALUES ({kind.ToString()}, {key}, {_site.Clock.GetCurrentInstant() + Duration.FromHours(1)})
            """,
            Stop
        );
    }

    private sealed class From6 : IStartupFilter
    {
        private int _requests;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    (HttpContext context, RequestDelegate rest) =>
                    {
                        context.Connection.RemoteIpAddress = IPAddress.Parse(
                            $"2001:db8:1:2::{Interlocked.Increment(ref _requests)}"
                        );
                        return rest(context);
                    }
                );
                next(app);
            };
    }
}
