using System.Net;
using LpcSite.People;
using LpcSite.People.Merging;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.People.Merging;

/// <summary>Which names are close enough to be asked about, and what an organizer answers.</summary>
public sealed class PossibleDuplicatesTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Paul McKenney", "Paul E. McKenney", true)]
    [InlineData("Kroah-Hartman Greg", "Greg Kroah-Hartman", true)]
    [InlineData("Josef Bačík", "Josef Bacik", true)]
    [InlineData("Søren Ærø", "Soren Aero", true)]
    [InlineData("Jon Corbet", "Jonathan Corbet", true)]
    [InlineData("Ada Lovelace", "Ada Love\u200Blace", true)]
    [InlineData("O'Brien", "O\u2019Brien", true)]
    [InlineData("David Howells", "David Howard", false)]
    [InlineData("Anna Adams", "Zoe Young", false)]
    public async Task Names_InTwoSpellings_AreFoundOrNot(string one, string other, bool similar)
    {
        await using var fixture = new SiteFixture();
        await fixture.InitializeAsync();
        await using var db = fixture.OpenDatabase();
        db.AddRange(new Person(one, "one"), new Person(other, "other"));
        await db.SaveChangesAsync(Stop);

        var pairs = await PossibleDuplicates.ReadAsync(db, Stop);

        Assert.Equal(similar ? [(one, other)] : [], pairs.Select(p => (p.One.Name, p.Other.Name)));
    }

    [Fact]
    public async Task They_AreOne_AsAnOrganizerSaysTwice()
    {
        await site.Given.MicroconferenceAsync("One of theirs", leads: ["Ulf Hansson"], keyAttendees: ["Hansson Ulf"]);
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        var page = await olga.ReadAsync("/organize/people");
        var link = page.QuerySelectorAll("main a.act")
            .Single(a => a.TextContent == "They are one: keep this name, Ulf Hansson (ulf-hansson)")
            .GetAttribute("href")!;

        var asked = await olga.ReadAsync(link);
        using var joined = await olga.SubmitAsync(asked, [], "Join them for good");

        Assert.Contains(
            "leads One of theirs, P 2022",
            page.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains("This cannot be undone.", asked.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/organize/people", joined.Headers.Location?.OriginalString);
        Assert.DoesNotContain(
            "Hansson",
            (await olga.ReadAsync("/organize/people")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.NotFound, (await olga.GetAsync(link)).StatusCode);
        await using var db = site.OpenDatabase();
        Assert.Equal(
            ("Olga Organizer", "organize/people"),
            await db
                .AuditEntries.Where(e => e.Verb == "merged")
                .Select(e => new ValueTuple<string, string>(e.By!.Name, e.Via))
                .SingleAsync(Stop)
        );
        Assert.Equal(["Ulf Hansson"], await db.KeyAttendees.Select(k => k.Person.Name).ToListAsync(Stop));
    }

    [Fact]
    public async Task Names_OfAWordThatManyHave_AreComparedByTheirOtherWords()
    {
        await using var fixture = new SiteFixture();
        await fixture.InitializeAsync();
        await using var db = fixture.OpenDatabase();
        db.AddRange(
            Enumerable.Range(0, 60).Select(i => new Person($"Wang N{i:00}x{(char)('a' + (i % 26))}", $"wang-{i}"))
        );
        db.AddRange(new Person("Wang Xiaoming", "one"), new Person("Xiaoming Wang", "other"));
        await db.SaveChangesAsync(Stop);

        var pairs = await PossibleDuplicates.ReadAsync(db, Stop);

        Assert.Equal([("Wang Xiaoming", "Xiaoming Wang")], pairs.Select(p => (p.One.Name, p.Other.Name)));
    }

    [Fact]
    public async Task They_AreTwo_AndNobodyIsAskedAgain()
    {
        await using var fixture = new SiteFixture();
        await fixture.InitializeAsync();
        await fixture.Given.PersonAsync("John Smith");
        await fixture.Given.PersonAsync("John M. Smith");
        using var olga = await fixture.AsAsync(await fixture.Given.OrganizerAsync("Olga Organizer"));
        var page = await olga.ReadAsync("/organize/people");

        var answers = await Task.WhenAll(olga.SubmitAsync(page, [], "two"), olga.SubmitAsync(page, [], "two"));
        var after = await olga.ReadAsync("/organize/people");
        using var nobody = await olga.SubmitAsync(page, new() { ["other"] = "999999" }, "two");

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        Assert.Empty(after.QuerySelectorAll("main section"));
        Assert.Equal(HttpStatusCode.BadRequest, nobody.StatusCode);
        await using var db = fixture.OpenDatabase();
        Assert.Equal("Olga Organizer", (await db.Distinctions.Include(d => d.By).SingleAsync(Stop)).By.Name);
    }

    [Fact]
    public async Task Merge_OfTwoWithAccounts_IsRefusedInASentence()
    {
        await site.Given.AccountAsync(await site.Given.PersonAsync("Both Accounts"));
        await site.Given.AccountAsync(await site.Given.PersonAsync("Accounts Both"));
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));

        using var refused = await olga.SubmitAsync(
            "/organize/people/merge?kept=both-accounts&other=accounts-both",
            [],
            "Join them for good"
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(
            "have an account",
            (await Browsing.ParseAsync(refused)).QuerySelector("[role=alert]")?.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Page_WithFiveThousandPeople_AsksAFixedNumberOfStatements()
    {
        await using var fixture = new SiteFixture();
        await fixture.InitializeAsync();
        using var olga = await fixture.AsAsync(await fixture.Given.OrganizerAsync("Olga Organizer"));
        var few = await StatementsAsync(fixture, olga);
        await AddAsync(fixture, 5000);

        var many = await StatementsAsync(fixture, olga);
        var page = await olga.ReadAsync("/organize/people");

        Assert.Equal(few, many);
        Assert.Equal(PossibleDuplicates.Most, page.QuerySelectorAll("main section").Length);
    }

    // Names of two words from lists that are long enough for most of them to differ.
    private static async Task AddAsync(SiteFixture fixture, int count)
    {
        await using var db = fixture.OpenDatabase();
        string[] parts =
        [
            "ka",
            "lo",
            "mi",
            "ne",
            "ru",
            "ta",
            "vi",
            "zo",
            "be",
            "du",
            "fa",
            "gi",
            "ho",
            "ju",
            "pe",
            "sa",
        ];
        string Word(int number) => $"{parts[number % 16]}{parts[number / 16 % 16]}{parts[number / 256 % 16]}";
        db.AddRange(
            Enumerable.Range(0, count).Select(i => new Person($"{Word(i * 7919)} {Word(i * 104729 + 31)}", $"many-{i}"))
        );
        await db.SaveChangesAsync(Stop);
        await db.Database.ExecuteSqlAsync($"ANALYZE people", Stop);
    }

    private static async Task<int> StatementsAsync(SiteFixture fixture, Browsing browsing)
    {
        return await fixture.StatementsOfAsync(() => browsing.ReadAsync("/organize/people"));
    }
}
