using System.Diagnostics;
using System.Net;
using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Pages.Dev;

/// <summary>Development without a mail server: letters become files, and the site shows them.</summary>
public sealed class MailTests(SiteFixture site) : IClassFixture<SiteFixture>, IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("lpcsite-mail-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public async Task Get_AfterALetterWasWritten_ShowsItWithItsLinks()
    {
        await using var sending = site.WithWebHostBuilder(host =>
            host.UseSetting("Mail:Send", "true").UseSetting("LPCSITE_HOME", _home.FullName)
        );
        using var browsing = new Browsing(
            sending.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false })
        );
        Assert.Equal(
            "No letter was sent yet.",
            (await browsing.ReadAsync("/dev/mail")).QuerySelector("main p")?.TextContent[..23]
        );
        await using var scope = sending.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LpcDbContext>();
        var email = new Email(
            null,
            "Łucja",
            "lucja@example.org",
            "Confirm <now>",
            EmailText.Write("Łucja", "Open https://pipes.example.org/?a=1&b=2 please."),
            site.Clock.GetCurrentInstant()
        ).WithCalendar("BEGIN:VCALENDAR\r\nNAME:łódź\r\nEND:VCALENDAR\r\n");
        db.Add(email);
        await db.SaveChangesAsync(Stop);
        await UntilSentAsync(email.Id);

        var list = await browsing.ReadAsync("/dev/mail");
        var link = list.QuerySelector("main .index a");
        var page = await browsing.ReadAsync(link!.GetAttribute("href")!);

        Assert.Equal("Confirm <now>", link.TextContent);
        Assert.Equal("Confirm <now>", page.QuerySelector("h1")?.TextContent);
        Assert.Equal("https://pipes.example.org/?a=1&b=2", page.QuerySelector("main pre a")?.GetAttribute("href"));
        Assert.Contains("NAME:łódź", page.QuerySelector("main details pre")?.TextContent, StringComparison.Ordinal);
        using var file = await browsing.GetAsync(
            link.GetAttribute("href")
                + page.QuerySelectorAll("main a")
                    .Single(a => a.TextContent == "Download schedule.ics")
                    .GetAttribute("href")
        );
        Assert.Equal(
            ("text/calendar", email.Calendar),
            (file.Content.Headers.ContentType?.MediaType, await file.Content.ReadAsStringAsync(Stop))
        );
        Assert.Single(Directory.GetFiles(Path.Combine(_home.FullName, "mail"), "*.eml"));
    }

    [Theory]
    [InlineData("/dev/mail/..%2f..%2fpostgres")]
    [InlineData("/dev/mail/00000000000000000000000000000000")]
    public async Task Get_OfALetterThatIsNot_Answers404(string path)
    {
        using var answer = await site.Browse().GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Get_InProduction_Answers404()
    {
        await using var production = site.WithWebHostBuilder(static host =>
            host.UseEnvironment("Production").UseSetting("Site:Url", "https://lpc.example.org")
        );
        using var client = production.CreateClient();

        using var answer = await client.GetAsync("/dev/mail", Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task UntilSentAsync(long id)
    {
        var patience = Stopwatch.StartNew();
        await using var db = site.OpenDatabase();
        while (await db.Letters.Where(l => l.Id == id).Select(l => l.State).SingleAsync(Stop) is not EmailState.Sent)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(2), "The letter was not sent.");
            await Task.Delay(20, Stop);
        }
    }
}
