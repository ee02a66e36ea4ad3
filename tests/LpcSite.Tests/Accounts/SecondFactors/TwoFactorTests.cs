using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using LpcSite.People;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Accounts.SecondFactors;

/// <summary>The code after the password.</summary>
public sealed class TwoFactorTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string Page = "/account/two-factor";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_WithTheStepOn_AsksForTheCodeOfThePhoneAndGoesOn()
    {
        var (person, key, _, browsing) = await TurnedOnAsync("Theo Totp");
        using var _browsing = browsing;
        using var again = site.Browse();

        using var half = await EnterPasswordAsync(again, person, "/account/sign-in?to=%2Faccount");
        using var shut = await again.GetAsync("/account");
        using var wrong = await again.SubmitAsync(
            half.Headers.Location!.OriginalString,
            new() { ["Input.Code"] = "000 000" }
        );
        site.Clock.Advance(NodaTime.Duration.FromSeconds(30));
        using var right = await again.SubmitAsync(
            half.Headers.Location!.OriginalString,
            new() { ["Input.Code"] = Phone.CodeOf(key, site.Clock.GetCurrentInstant()).Insert(3, " ") }
        );

        Assert.Equal("/account/sign-in/code?to=%2Faccount", half.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, shut.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal("/account", right.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task SignIn_WithARecoveryCode_WorksOnce()
    {
        var (person, _, codes, browsing) = await TurnedOnAsync("Rosa Recovery");
        using var _browsing = browsing;
        Assert.Equal(10, codes.Count);
        using var first = site.Browse();
        using var second = site.Browse();

        using var firstHalf = await EnterPasswordAsync(first, person);
        using var used = await first.SubmitAsync(
            firstHalf.Headers.Location!.OriginalString,
            new() { ["Input.Code"] = codes[0].ToLowerInvariant() }
        );
        using var secondHalf = await EnterPasswordAsync(second, person);
        using var again = await second.SubmitAsync(
            secondHalf.Headers.Location!.OriginalString,
            new() { ["Input.Code"] = codes[0] }
        );

        Assert.Equal("/my", used.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Contains(
            "9 recovery codes",
            (await first.ReadAsync(Page)).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("/account/two-factor", (await first.GetAsync($"{Page}/codes")).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Code_UsedOnce_WorksForNobodyElse()
    {
        var (person, key, _, browsing) = await TurnedOnAsync("Olli Once");
        using var _browsing = browsing;
        site.Clock.Advance(NodaTime.Duration.FromSeconds(30));
        var code = Phone.CodeOf(key, site.Clock.GetCurrentInstant());
        using var first = site.Browse();
        using var onlooker = site.Browse();

        using var firstHalf = await EnterPasswordAsync(first, person);
        using var secondHalf = await EnterPasswordAsync(onlooker, person);
        using var used = await first.SubmitAsync(
            firstHalf.Headers.Location!.OriginalString,
            new() { ["Input.Code"] = code }
        );
        using var replayed = await onlooker.SubmitAsync(
            secondHalf.Headers.Location!.OriginalString,
            new() { ["Input.Code"] = code }
        );

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.BadRequest), (used.StatusCode, replayed.StatusCode));
    }

    [Theory]
    [InlineData(-120)]
    [InlineData(120)]
    public async Task Code_OfAnotherTime_IsRefused(int seconds)
    {
        var (person, key, _, browsing) = await TurnedOnAsync(seconds < 0 ? "Ada Early" : "Ada Late");
        using var _browsing = browsing;
        site.Clock.Advance(NodaTime.Duration.FromMinutes(5));
        using var late = site.Browse();
        using var half = await EnterPasswordAsync(late, person);
        var code = Phone.CodeOf(key, site.Clock.GetCurrentInstant() + NodaTime.Duration.FromSeconds(seconds));

        using var refused = await late.SubmitAsync(
            half.Headers.Location!.OriginalString,
            new() { ["Input.Code"] = code }
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Code_SentTwiceAtOnce_LetsOneIn()
    {
        var (person, key, _, browsing) = await TurnedOnAsync("Tom Twice");
        using var _browsing = browsing;
        site.Clock.Advance(NodaTime.Duration.FromSeconds(60));
        var halves = new List<(Browsing Browsing, string Page)>();
        for (var i = 0; i < 4; i++)
        {
            var one = site.Browse();
            using var half = await EnterPasswordAsync(one, person);
            halves.Add((one, half.Headers.Location!.OriginalString));
        }

        var code = Phone.CodeOf(key, site.Clock.GetCurrentInstant());
        var answers = await Task.WhenAll(
            halves.Select(h => h.Browsing.SubmitAsync(h.Page, new() { ["Input.Code"] = code }))
        );

        Assert.Single(answers, a => a.StatusCode is HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Reset_ByMail_StillAsksForTheCode()
    {
        var (person, _, _, browsing) = await TurnedOnAsync("Resi Reset");
        using var _browsing = browsing;
        using var thief = site.Browse();
        using var asked = await thief.SubmitAsync(
            "/account/forgot",
            new() { ["Input.Mail"] = "resi-reset@example.org" }
        );
        await using var db = site.OpenDatabase();
        var text = await db
            .Letters.Where(l => l.PersonId == person.Id && l.Subject == "Set your password")
            .Select(l => l.Text)
            .SingleAsync(Stop);
        var link = text.Split('\n').Single(line => line.StartsWith("http://localhost", StringComparison.Ordinal));
        using var reset = await thief.SubmitAsync(
            new Uri(link).PathAndQuery,
            new() { ["Input.Password"] = "four other quiet words" }
        );

        using var half = await thief.SubmitAsync(
            "/account/sign-in",
            new() { ["Input.Mail"] = "resi-reset@example.org", ["Input.Password"] = "four other quiet words" }
        );

        Assert.StartsWith("/account/sign-in/code", half.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Code_ThatTurnedTheStepOn_SignsNobodyIn()
    {
        var (person, key, _, browsing) = await TurnedOnAsync("Tina Turned");
        using var _browsing = browsing;
        using var onlooker = site.Browse();
        using var half = await EnterPasswordAsync(onlooker, person);

        using var replayed = await onlooker.SubmitAsync(
            half.Headers.Location!.OriginalString,
            new() { ["Input.Code"] = Phone.CodeOf(key, site.Clock.GetCurrentInstant()) }
        );

        Assert.Equal(HttpStatusCode.BadRequest, replayed.StatusCode);
    }

    [Fact]
    public async Task RecoveryCodes_InTheDatabase_AreReadByNobody()
    {
        var (person, _, codes, browsing) = await TurnedOnAsync("Hanna Hashed");
        using var _browsing = browsing;

        await using var db = site.OpenDatabase();
        Assert.Equal(
            codes.Count,
            await db.RecoveryCodes.CountAsync(
                c => db.Users.Any(a => a.Id == c.AccountId && a.PersonId == person.Id),
                Stop
            )
        );
        var stored = await db
            .UserTokens.Where(t => db.Users.Any(a => a.Id == t.UserId && a.PersonId == person.Id))
            .Select(t => t.Value)
            .ToListAsync(Stop);
        Assert.NotEmpty(stored);
        Assert.DoesNotContain(
            stored,
            value => codes.Any(code => value!.Contains(code, StringComparison.OrdinalIgnoreCase))
        );

        // Nothing of a code is in its row, and what is there takes as many rounds to guess as a password does.
        var account = await db.Users.SingleAsync(a => a.PersonId == person.Id, Stop);
        var rows = await db.RecoveryCodes.AsNoTracking().Where(c => c.AccountId == account.Id).ToListAsync(Stop);
        var plain = codes
            .Select(code => code.Replace("-", "", StringComparison.Ordinal))
            .Select(Encoding.ASCII.GetBytes)
            .ToList();
        var rounds = BinaryPrimitives.ReadInt32BigEndian(Convert.FromBase64String(account.PasswordHash!).AsSpan(5));
        Assert.All(
            rows,
            row =>
            {
                Assert.DoesNotContain(plain, code => row.Digest.AsSpan().IndexOf(code) >= 0);
                Assert.Equal(rounds, row.Rounds);
                Assert.Single(
                    plain,
                    code =>
                        row.Digest.AsSpan()
                            .SequenceEqual(
                                Rfc2898DeriveBytes.Pbkdf2(
                                    code,
                                    row.Salt,
                                    rounds,
                                    HashAlgorithmName.SHA512,
                                    row.Digest.Length
                                )
                            )
                );
            }
        );
    }

    [Fact]
    public async Task Change_OfTheSecondStep_IsToldToItsOwner()
    {
        var (person, _, codes, browsing) = await TurnedOnAsync("Nora Noticed");
        using var _browsing = browsing;
        using var other = site.Browse();
        using var half = await EnterPasswordAsync(other, person);

        using var used = await other.SubmitAsync(
            half.Headers.Location!.OriginalString,
            new() { ["Input.Code"] = codes[0] }
        );
        using var made = await browsing.SubmitAsync(
            Page,
            new() { ["Password"] = Given.Password },
            "Make new recovery codes"
        );

        await using var db = site.OpenDatabase();
        Assert.Equal(
            ["A recovery code was used", "A second step was turned on", "New recovery codes were made"],
            await db
                .Letters.Where(l => l.PersonId == person.Id)
                .OrderBy(l => l.Subject)
                .Select(l => l.Subject)
                .ToListAsync(Stop)
        );
    }

    [Fact]
    public async Task Code_GuessedTenTimes_LocksTheAccount()
    {
        var (person, key, _, browsing) = await TurnedOnAsync("Gus Guessed");
        using var _browsing = browsing;
        using var thief = site.Browse();
        using var half = await EnterPasswordAsync(thief, person);
        for (var guess = 0; guess < 10; guess++)
        {
            using var wrong = await thief.SubmitAsync(
                half.Headers.Location!.OriginalString,
                new() { ["Input.Code"] = "guess-guess" }
            );
        }

        using var right = await thief.SubmitAsync(
            half.Headers.Location!.OriginalString,
            new() { ["Input.Code"] = Phone.CodeOf(key, site.Clock.GetCurrentInstant()) }
        );

        Assert.Equal(HttpStatusCode.BadRequest, right.StatusCode);
    }

    [Fact]
    public async Task Enable_WithAWrongCode_LeavesItOffAndTheKeyOnThePage()
    {
        using var wim = await site.AsAsync(await site.Given.PersonAsync("Wim Wrong"));
        using var begun = await wim.SubmitAsync(Page, new() { ["Password"] = Given.Password }, "Begin");
        var page = await wim.ReadAsync(Page);

        using var answer = await wim.SubmitAsync(page, new() { ["Code"] = "123" }, "Turn it on");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            page.QuerySelector("main code")?.TextContent,
            (await Browsing.ParseAsync(answer)).QuerySelector("main code")?.TextContent
        );
        await site.Browse().SignInAsync("wim-wrong@example.org", Given.Password);
    }

    [Fact]
    public async Task Disable_NeedsThePassword()
    {
        var (person, _, _, browsing) = await TurnedOnAsync("Dora Disable");
        using var _browsing = browsing;

        using var refused = await browsing.SubmitAsync(
            Page,
            new() { ["Password"] = "not it, not at all" },
            "Turn it off"
        );
        using var off = await browsing.SubmitAsync(Page, new() { ["Password"] = Given.Password }, "Turn it off");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(Page, off.Headers.Location?.OriginalString);
        await site.Browse().SignInAsync("dora-disable@example.org", Given.Password);
        await using var db = site.OpenDatabase();
        Assert.False(
            await db.UserTokens.AnyAsync(t => db.Users.Any(a => a.Id == t.UserId && a.PersonId == person.Id), Stop)
        );
        Assert.Equal(
            ["made a key for a second step", "turned the second step on", "turned the second step off"],
            await db
                .AuditEntries.Where(a => a.PersonId == person.Id)
                .OrderBy(a => a.Id)
                .Select(a => a.Verb)
                .ToListAsync(Stop)
        );
    }

    [Fact]
    public async Task Picture_BeforeTheStepIsOn_IsShownToItsOwnerAlone()
    {
        using var quirin = await site.AsAsync(await site.Given.PersonAsync("Quirin Qr"));
        using var begun = await quirin.SubmitAsync(Page, new() { ["Password"] = Given.Password }, "Begin");

        using var picture = await quirin.GetAsync($"{Page}/qr.svg");
        using var strangers = await site.Browse().GetAsync($"{Page}/qr.svg");

        Assert.Equal("image/svg+xml", picture.Content.Headers.ContentType?.MediaType);
        Assert.True(picture.Headers.CacheControl?.NoStore);
        Assert.Contains("<svg", await picture.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, strangers.StatusCode);
    }

    private async Task<(Person Person, string Key, IReadOnlyList<string> Codes, Browsing Browsing)> TurnedOnAsync(
        string name
    )
    {
        var person = await site.Given.PersonAsync(name);
        var browsing = await site.AsAsync(person);
        using var begun = await browsing.SubmitAsync(Page, new() { ["Password"] = Given.Password }, "Begin");
        var page = await browsing.ReadAsync(Page);
        var key = page.QuerySelector("main code")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        using var on = await browsing.SubmitAsync(
            page,
            new() { ["Code"] = Phone.CodeOf(key, site.Clock.GetCurrentInstant()) },
            "Turn it on"
        );
        Assert.Equal($"{Page}/codes", on.Headers.Location?.OriginalString);
        var codes = await browsing.ReadAsync(on.Headers.Location!.OriginalString);
        return (person, key, [.. codes.QuerySelectorAll(".codes code").Select(c => c.TextContent)], browsing);
    }

    private async Task<HttpResponseMessage> EnterPasswordAsync(
        Browsing browsing,
        Person person,
        string path = "/account/sign-in"
    ) =>
        await browsing.SubmitAsync(
            path,
            new() { ["Input.Mail"] = await site.Given.AccountAsync(person), ["Input.Password"] = Given.Password }
        );
}
