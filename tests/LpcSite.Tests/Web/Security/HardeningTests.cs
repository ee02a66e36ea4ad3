using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LpcSite.Rules;
using LpcSite.Tests.Fixture;
using LpcSite.Web.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Tests.Web.Security;

/// <summary>
/// What browsers are told of cookies and of keeping, what researchers find, and how keys lie in the database.
/// </summary>
public sealed class HardeningTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // The proxy speaks https to readers, and http or https to the site.
    [Theory]
    [InlineData("https://localhost")]
    [InlineData("http://localhost")]
    public async Task Cookies_OfASiteOnHttps_AreOfThisHostAlone(string lastHop)
    {
        await using var secure = new SiteFixture
        {
            Configure = host => host.UseEnvironment("Production").UseSetting("Site:Url", "https://pipes.example.org"),
        };
        await secure.InitializeAsync();
        using var client = secure.CreateClient(
            new WebApplicationFactoryClientOptions
            {
                BaseAddress = new Uri(lastHop),
                AllowAutoRedirect = false,
                HandleCookies = false,
            }
        );

        using var form = await client.GetAsync("/account/sign-in", Stop);

        var cookies = form.Headers.GetValues("Set-Cookie").ToList();
        Assert.Contains(cookies, cookie => cookie.StartsWith("__Host-lpcsite-form=", StringComparison.Ordinal));
        Assert.All(cookies, IsOfThisHost);
    }

    [Fact]
    public async Task Cookies_OfWhoSignsInOnHttps_AreOfThisHostAlone()
    {
        await using var secure = new SiteFixture
        {
            Configure = host => host.UseEnvironment("Production").UseSetting("Site:Url", "https://pipes.example.org"),
        };
        await secure.InitializeAsync();
        var mail = await secure.Given.AccountAsync(await secure.Given.PersonAsync("Sandra Secure"));
        using var browsing = new Browsing(
            secure.CreateClient(
                new WebApplicationFactoryClientOptions
                {
                    BaseAddress = new Uri("https://localhost"),
                    AllowAutoRedirect = false,
                }
            )
        );

        using var signedIn = await browsing.SubmitAsync(
            "/account/sign-in",
            new() { ["Input.Mail"] = mail, ["Input.Password"] = Given.Password }
        );
        using var mine = await browsing.GetAsync("/my");

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.OK), (signedIn.StatusCode, mine.StatusCode));
        var cookies = signedIn.Headers.GetValues("Set-Cookie").ToList();
        Assert.Contains(cookies, cookie => cookie.StartsWith("__Host-lpcsite=", StringComparison.Ordinal));
        Assert.All(cookies, IsOfThisHost);
    }

    [Fact]
    public async Task Cookies_OfDevelopmentOnHttp_CarryNoPrefixThatBrowsersWouldRefuse()
    {
        using var client = site.CreateClient(new WebApplicationFactoryClientOptions { HandleCookies = false });

        using var form = await client.GetAsync("/account/sign-in", Stop);

        var cookie = Assert.Single(form.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("lpcsite-form=", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/my")]
    [InlineData("/account")]
    [InlineData("/account/profile")]
    [InlineData("/2022/mc/kept-nowhere")]
    [InlineData("/2022/mc/kept-nowhere/edit")]
    [InlineData("/2022/mc/kept-nowhere/lead/people")]
    [InlineData("/2022/organize")]
    [InlineData("/2022/nothing-here")]
    public async Task Page_OfSomebodyWhoIsSignedIn_IsKeptNowhere(string path)
    {
        await site.Given.MicroconferenceAsync("Kept nowhere", leads: ["Lena Lead"]);
        using var organizer = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));

        using var page = await organizer.GetAsync(path);

        Assert.Equal("no-store", page.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Files_OfTheSite_AreKeptByWhoIsSignedInToo()
    {
        using var reader = await site.AsAsync(await site.Given.PersonAsync("Rea Der"));

        using var style = await reader.GetAsync("/site.css");

        Assert.Equal(HttpStatusCode.OK, style.StatusCode);
        Assert.False(style.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Page_OfAReader_IsKeptAfterAsking()
    {
        await site.Given.MicroconferenceAsync("Kept by readers", leads: ["Lena Lead"]);
        using var reader = site.Anonymous();

        using var page = await reader.GetAsync("/2022/mc/kept-by-readers", Stop);

        Assert.Equal((true, false), (page.Headers.CacheControl!.NoCache, page.Headers.CacheControl.NoStore));
    }

    // RFC 9116: Contact and Expires, in less than a year.
    [Theory]
    [InlineData(null, "mailto:security@pipes.example.org")]
    [InlineData("https://pipes.example.org/report", "https://pipes.example.org/report")]
    [InlineData("cert@pipes.example.org", "mailto:cert@pipes.example.org")]
    public async Task SecurityText_OfASite_SaysWhomToTell(string? contact, string told)
    {
        await using var own = new SiteFixture
        {
            Configure = host =>
                host.UseSetting("Site:Url", "https://pipes.example.org")
                    .UseSetting("Mail:ReplyTo", "security@pipes.example.org")
                    .UseSetting("Site:SecurityContact", contact),
        };
        await own.InitializeAsync();
        using var reader = own.Anonymous();

        using var answer = await reader.GetAsync("/.well-known/security.txt", Stop);

        var lines = (await answer.Content.ReadAsStringAsync(Stop))
            .TrimEnd('\n')
            .Split('\n')
            .Select(line => line.Split(": ", 2))
            .ToDictionary(line => line[0], line => line[1]);
        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(told, lines["Contact"]);
        Assert.Equal("https://pipes.example.org/.well-known/security.txt", lines["Canonical"]);
        Assert.InRange(
            InstantPattern.General.Parse(lines["Expires"]).Value - own.Clock.GetCurrentInstant(),
            Duration.FromDays(90),
            Duration.FromDays(364)
        );
    }

    [Fact]
    public async Task Keys_WhereACertificateIsConfigured_AreReadByItsOwnerAlone()
    {
        using var folder = FolderOnDisk.Small();
        var file = Path.Combine(folder.Path, "keys.p12");
        await File.WriteAllBytesAsync(file, Certificate("words"), Stop);
        await using var first = Encrypting(file, "words", null);
        await first.InitializeAsync();
        var account = await first.Given.AccountAsync(await first.Given.PersonAsync("Kay Keys"));
        using var browsing = new Browsing(first.Anonymous());
        await browsing.SignInAsync(account, Given.Password);
        await using var second = Encrypting(file, "words", first.ConnectionString);
        await second.InitializeAsync();
        using var elsewhere = new Browsing(second.Anonymous());
        await elsewhere.SignInAsync(account, Given.Password);

        await using var db = first.OpenDatabase();
        var keys = await db.DataProtectionKeys.Select(k => k.Xml!).ToListAsync(Stop);
        Assert.NotEmpty(keys);
        Assert.All(
            keys,
            xml =>
            {
                Assert.Contains("EncryptedData", xml, StringComparison.Ordinal);
                Assert.DoesNotContain("<masterKey", xml, StringComparison.OrdinalIgnoreCase);
            }
        );
    }

    [Fact]
    public async Task Keys_WithACertificateThatCannotBeRead_AreNotUsedInTheOpenInstead()
    {
        using var folder = FolderOnDisk.Small();
        var file = Path.Combine(folder.Path, "keys.p12");
        await File.WriteAllBytesAsync(file, Certificate("words"), Stop);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["DataProtection:Certificate"] = file,
                    ["DataProtection:Password"] = "other words",
                }
            )
            .Build();

        var refused = Assert.Throws<OperatorException>(() =>
            new ServiceCollection().AddDataProtection().EncryptKeysAtRest(configuration)
        );

        Assert.Contains("DataProtection__Certificate", refused.Message, StringComparison.Ordinal);
    }

    private static void IsOfThisHost(string cookie)
    {
        // What is for some paths alone cannot have the first prefix; the second says all but the path.
        var isOfAllPaths = cookie.StartsWith("__Host-", StringComparison.Ordinal);
        Assert.True(isOfAllPaths || cookie.StartsWith("__Secure-", StringComparison.Ordinal), cookie);
        var marks = cookie.Split("; ").Select(mark => mark.ToLowerInvariant()).ToList();
        Assert.Contains("secure", marks);
        Assert.Contains("httponly", marks);
        Assert.Contains(isOfAllPaths ? "path=/" : "path=/account", marks);
        Assert.Contains(marks, mark => mark is "samesite=lax" or "samesite=strict");
        Assert.DoesNotContain(marks, mark => mark.StartsWith("domain=", StringComparison.Ordinal));
    }

    private static SiteFixture Encrypting(string file, string password, string? database) =>
        new()
        {
            Configure = host =>
                host.UseSetting("DataProtection:Certificate", file).UseSetting("DataProtection:Password", password),
            SharedDatabase = database,
        };

    private static byte[] Certificate(string password)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=keys of pipes.example.org",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        using var certificate = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2090, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
        return certificate.Export(X509ContentType.Pkcs12, password);
    }
}
