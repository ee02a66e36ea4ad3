using System.Data.Common;
using System.Net;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LpcSite.Tests.Accounts.SignIn;

/// <summary>
/// Who has an account is told by no answer and by no work that is done for it: passwords hashed, statements sent to the
/// database and emails written are counted, as time would depend on the machine.
/// </summary>
public sealed class SameWorkTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/account/forgot")]
    [InlineData("/account/register")]
    [InlineData("/account/sign-in")]
    public async Task Post_OfAnyAddress_TakesTheSameWorkAndSaysTheSame(string page)
    {
        var known = await site.Given.AccountAsync(await site.Given.PersonAsync($"Known {page[9..]}"));
        var work = new Work();
        await using var counting = Counting(work);

        // The first request of a page pays for what is remembered afterwards.
        await WorkOfAsync(counting, work, page, $"first-{page[9..]}@example.org");
        var ofKnown = await WorkOfAsync(counting, work, page, known);
        var ofStranger = await WorkOfAsync(counting, work, page, $"stranger-{page[9..]}@example.org");

        Assert.Equal(ofKnown.Counted, ofStranger.Counted);
        Assert.Equal(
            ofKnown.Said.Replace(known, "X", StringComparison.Ordinal),
            ofStranger.Said.Replace($"stranger-{page[9..]}@example.org", "X", StringComparison.Ordinal)
        );
        Assert.Equal(page is "/account/sign-in" ? (1, 0) : (0, 1), (ofKnown.Counted.Hashes, ofKnown.Counted.Emails));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("four other quiet words")]
    public async Task Reset_WithATokenThatIsWrong_SaysTheSameForEveryAccountAndPassword(string password)
    {
        await site.Given.AccountAsync(await site.Given.PersonAsync("Rita Reset"));
        await using var db = site.OpenDatabase();
        var known = await db.Users.Where(a => a.Email == "rita-reset@example.org").Select(a => a.Id).SingleAsync(Stop);
        var work = new Work();
        await using var counting = Counting(work);
        var answers = new List<(string? Said, (int, int, int) Counted)>();
        foreach (var id in new[] { 999_999, known, 999_998 })
        {
            using var browsing = Browse(counting);
            var page = await browsing.ReadAsync($"/account/reset?id={id}&token=bm9uZQ");
            work.Clear();
            using var answer = await browsing.SubmitAsync(page, new() { ["Input.Password"] = password });
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            answers.Add(
                (
                    (await Browsing.ParseAsync(answer)).QuerySelector("main")?.TextContent,
                    (work.Hashes, work.Statements, 0)
                )
            );
        }

        Assert.Equal(answers[1].Said, answers[2].Said);
        Assert.Equal(answers[1].Counted, answers[2].Counted);
        Assert.Contains("This link does not work any more.", answers[1].Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("known")]
    [InlineData("unknown")]
    public async Task AddressLink_ThatIsWrong_AsksForNoAddressOfOthers(string which)
    {
        var other = await site.Given.AccountAsync(await site.Given.PersonAsync("Other Owner"));
        using var browsing = await site.AsAsync(await site.Given.PersonAsync($"Curious {which}"));
        var mail = which is "known" ? other : "nobody-has-it@example.org";
        site.Statements.Clear();

        using var answer = await browsing.SubmitAsync(
            $"/account/address/confirm?to={Uri.EscapeDataString(mail)}&token=bm9uZQ",
            []
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(site.Statements.Texts, s => s.Contains("normalized_email = ", StringComparison.Ordinal));
    }

    private async Task<((int Hashes, int Statements, int Emails) Counted, string Said)> WorkOfAsync(
        WebApplicationFactory<Program> factory,
        Work work,
        string page,
        string mail
    )
    {
        using var browsing = Browse(factory);
        var form = await browsing.ReadAsync(page);
        var fields = new Dictionary<string, string> { ["Input.Mail"] = mail };
        if (page is "/account/sign-in")
        {
            fields["Input.Password"] = "not the password at all";
        }

        await using var db = site.OpenDatabase();
        var before = await db.Letters.CountAsync(Stop);
        work.Clear();
        using var answer = await browsing.SubmitAsync(form, fields);
        var counted = (work.Hashes, work.Statements, await db.Letters.CountAsync(Stop) - before);
        return (
            counted,
            (await Browsing.ParseAsync(answer))
                .QuerySelector("main h1, main .said, main .problem li")!
                .ParentElement!.TextContent
        );
    }

    private WebApplicationFactory<Program> Counting(Work work) =>
        site.WithWebHostBuilder(builder =>
            builder.ConfigureTestServices(services =>
                services
                    .AddSingleton(work)
                    .AddScoped<IPasswordHasher<Account>, CountingHasher>()
                    .ConfigureDbContext<LpcDbContext>(options => options.AddInterceptors(work))
            )
        );

    private static Browsing Browse(WebApplicationFactory<Program> factory) =>
        new(factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));

    private sealed class Work : DbCommandInterceptor
    {
        private int _statements;

        public int Hashes { get; set; }
        public int Statements => _statements;

        public void Clear() => (Hashes, _statements) = (0, 0);

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        ) => Count(result);

        public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<object> result,
            CancellationToken cancellationToken = default
        ) => Count(result);

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        ) => Count(result);

        // What the site looks after by itself is not done for the one who asks.
        private ValueTask<T> Count<T>(T result)
        {
            if (!SqlStatements.GoesOnByItself)
            {
                Interlocked.Increment(ref _statements);
            }

            return new(result);
        }
    }

    private sealed class CountingHasher(Work work, IOptions<PasswordHasherOptions> options)
        : PasswordHasher<Account>(options)
    {
        public override string HashPassword(Account user, string password)
        {
            work.Hashes++;
            return base.HashPassword(user, password);
        }

        public override PasswordVerificationResult VerifyHashedPassword(
            Account user,
            string hashedPassword,
            string providedPassword
        )
        {
            work.Hashes++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
