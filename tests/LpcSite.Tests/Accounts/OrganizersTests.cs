using LpcSite.Accounts;
using LpcSite.Imports;
using LpcSite.Rules;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Accounts;

/// <summary>How the first organizer comes to be, and the accounts of the example that only development has.</summary>
public sealed class OrganizersTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_OfSomebodyNew_MakesAnAccountAndALetter()
    {
        await using var scope = site.Services.CreateAsyncScope();
        var organizers = scope.ServiceProvider.GetRequiredService<Organizers>();

        var said = await organizers.AddAsync("first@example.org", "Fia First", "https://lpc.example.org", Stop);
        var again = await organizers.AddAsync("FIRST@example.org", null, "https://lpc.example.org", Stop);

        Assert.Equal(
            "Fia First <first@example.org> is an organizer now. A letter with a link to set a password is on its way.",
            said
        );
        Assert.Equal("Fia First <first@example.org> is an organizer already.", again);
        await using var db = site.OpenDatabase();
        Assert.Contains(
            "https://lpc.example.org/account/reset?id=",
            await db.Letters.Where(l => l.ToAddress == "first@example.org").Select(l => l.Text).SingleAsync(Stop),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "made an organizer",
            await db.AuditEntries.Where(e => e.Subject == "/people/fia-first").Select(e => e.Verb).SingleAsync(Stop)
        );
    }

    [Fact]
    public async Task Add_OfAnAddressThatNobodyHasProven_EndsThePasswordAndTheLinksOfWhoeverRegisteredIt()
    {
        var person = await site.Given.PersonAsync("Uwe Unproven");
        await site.Given.AccountAsync(person);
        await using (var unproving = site.OpenDatabase())
        {
            await unproving
                .Users.Where(a => a.PersonId == person.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.EmailConfirmed, false), Stop);
        }

        await using var scope = site.Services.CreateAsyncScope();
        var said = await scope
            .ServiceProvider.GetRequiredService<Organizers>()
            .AddAsync("uwe-unproven@example.org", null, "https://lpc.example.org", Stop);

        Assert.EndsWith("A letter with a link to set a password is on its way.", said, StringComparison.Ordinal);
        await using var db = site.OpenDatabase();
        Assert.Null(await db.Users.Where(a => a.PersonId == person.Id).Select(a => a.PasswordHash).SingleAsync(Stop));
        Assert.Contains(
            "/account/reset?id=",
            await db.Letters.Where(l => l.PersonId == person.Id).Select(l => l.Text).SingleAsync(Stop),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Remove_OfSomebodySignedIn_HoldsFromTheNextRequest()
    {
        await site.Given.ConferenceAsync();
        var olga = await site.Given.OrganizerAsync("Olga Organizer");
        using var browsing = await site.AsAsync(olga);
        await browsing.ReadAsync("/2022/organize");
        await using var scope = site.Services.CreateAsyncScope();

        await scope.ServiceProvider.GetRequiredService<Organizers>().RemoveAsync("olga-organizer@example.org", Stop);

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await browsing.GetAsync("/2022/organize")).StatusCode);
    }

    [Fact]
    public async Task Remove_OfNobody_SaysSo()
    {
        await using var scope = site.Services.CreateAsyncScope();
        var organizers = scope.ServiceProvider.GetRequiredService<Organizers>();

        Assert.Equal(
            "No organizer has the address nobody@example.org.",
            (
                await Assert.ThrowsAsync<OperatorException>(() => organizers.RemoveAsync("nobody@example.org", Stop))
            ).Message
        );
    }

    [Fact]
    public async Task Examples_InDevelopment_SignInAsTheirRoles()
    {
        await site.Given.ConferenceAsync(SampleConference.Slug);
        await using (var scope = site.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<ExampleAccounts>().AddAsync(SampleConference.Slug, Stop);
        }

        using var organizer = site.Browse();
        var shown = (await organizer.ReadAsync("/account/sign-in"))
            .QuerySelectorAll(".note li code")
            .Select(c => c.TextContent);
        await organizer.SignInAsync("organizer@example.org", ExampleAccounts.Password);
        using var lead = site.Browse();
        await lead.SignInAsync("lead@example.org", ExampleAccounts.Password);

        Assert.Equal(ExampleAccounts.All.Select(e => e.Mail), shown);
        Assert.Equal("Organize P 2022", (await organizer.ReadAsync("/2022/organize")).QuerySelector("h1")?.TextContent);
        Assert.Equal(
            "A draft to try",
            (await lead.ReadAsync("/2022/mc/a-draft-to-try")).QuerySelector("h1")?.TextContent
        );
        Assert.Equal(
            System.Net.HttpStatusCode.NotFound,
            (await site.Browse().GetAsync("/2022/mc/a-draft-to-try")).StatusCode
        );
    }

    [Fact]
    public async Task Examples_InProduction_AreNeitherThereNorShown()
    {
        // On a database of its own, with the example within reach.
        await using var empty = new SiteFixture();
        await empty.InitializeAsync();
        await using var production = empty.WithWebHostBuilder(builder =>
            builder
                .UseEnvironment("Production")
                .UseSetting("Site:Url", "https://lpc.example.org")
                .UseSetting("Sample:Load", "true")
        );

        using var client = production.CreateClient(
            new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://localhost") }
        );
        var page = await client.GetStringAsync("/account/sign-in", Stop);

        await using var db = empty.OpenDatabase();
        Assert.False(await db.Users.AnyAsync(Stop));
        Assert.False(await db.Conferences.AnyAsync(Stop));
        Assert.DoesNotContain(ExampleAccounts.Password, page, StringComparison.Ordinal);
    }
}
