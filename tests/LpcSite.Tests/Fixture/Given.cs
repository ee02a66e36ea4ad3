using LpcSite.Accounts;
using LpcSite.Calls;
using LpcSite.Conferences;
using LpcSite.Conferences.Pages;
using LpcSite.Data;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Sponsors;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace LpcSite.Tests.Fixture;

/// <summary>What is there before a test begins, made with the site's own entities.</summary>
public sealed class Given(SiteFixture site)
{
    public const string Password = "correct horse battery staple";

    private static readonly MarkdownRenderer Renderer = new();

    public async Task<Person> PersonAsync(string name)
    {
        await using var db = site.OpenDatabase();
        var person = (await PeopleAsync(db, [name]))[0];
        await SaveAsync(db);
        return person;
    }

    /// <returns>The address with which they sign in, confirmed.</returns>
    public async Task<string> AccountAsync(Person person)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LpcDbContext>();
        if (await db.Users.FirstOrDefaultAsync(a => a.PersonId == person.Id) is { } known)
        {
            return known.Email!;
        }

        var account = Account.For(
            await db.People.SingleAsync(p => p.Id == person.Id),
            $"{person.Slug}@example.org",
            site.Clock.GetCurrentInstant()
        );
        account.EmailConfirmed = true;
        Assert.Equal(
            IdentityResult.Success,
            await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(account, Password)
        );
        return account.Email!;
    }

    public async Task<Person> OrganizerAsync(string name)
    {
        var person = await PersonAsync(name);
        await using var db = site.OpenDatabase();
        if (!await db.Organizers.AnyAsync(o => o.PersonId == person.Id))
        {
            db.Add(new Organizer(await db.People.SingleAsync(p => p.Id == person.Id), site.Clock.GetCurrentInstant()));
            await db.SaveChangesAsync();
        }

        return person;
    }

    public async Task<Person> ReviewerAsync(string name, string conference = "2022")
    {
        var person = await PersonAsync(name);
        var conferenceId = (await ConferenceAsync(conference)).Id;
        await using var db = site.OpenDatabase();
        if (!await db.Reviewers.AnyAsync(r => r.PersonId == person.Id && r.ConferenceId == conferenceId))
        {
            db.Add(
                new Reviewer(
                    await db.Conferences.SingleAsync(c => c.Id == conferenceId),
                    await db.People.SingleAsync(p => p.Id == person.Id),
                    site.Clock.GetCurrentInstant()
                )
            );
            await db.SaveChangesAsync();
        }

        return person;
    }

    public async Task<Conference> ConferenceAsync(
        string slug = "2022",
        string zone = "Europe/Dublin",
        LocalDate? startsOn = null,
        params (string Title, int Places)[] tiers
    )
    {
        var first = startsOn ?? new LocalDate(2022, 9, 12);
        await using var db = site.OpenDatabase();
        if (await db.Conferences.FirstOrDefaultAsync(c => c.Slug == slug) is { } known)
        {
            return known;
        }

        var conference = new Conference(
            slug,
            $"Plumbing {slug}",
            $"P {slug}",
            first,
            first.PlusDays(2),
            DateTimeZoneProviders.Tzdb[zone],
            "Dublin"
        );
        conference.Publish();
        conference.Thank(tiers);
        db.Add(conference);
        await SaveAsync(db);
        return conference;
    }

    /// <summary>
    /// A microconference of the conference <paramref name="conference"/>, which is made if it is not there.
    /// </summary>
    public async Task<Microconference> MicroconferenceAsync(
        string title,
        MicroconferenceStatus status = MicroconferenceStatus.Proposed,
        string conference = "2022",
        string description = "What there is to discuss.",
        string results = "",
        string[]? leads = null,
        string[]? keyAttendees = null,
        string[]? topics = null,
        string[]? speakers = null,
        Microconference? mergedInto = null,
        SessionForm? form = null
    )
    {
        await ConferenceAsync(conference);
        await using var db = site.OpenDatabase();
        if (
            await db
                .Microconferences.Include(m => m.Conference)
                .FirstOrDefaultAsync(m => m.Conference.Slug == conference && m.Title == title) is
            { } known
        )
        {
            return known;
        }

        var now = site.Clock.GetCurrentInstant();
        var microconference = new Microconference(
            await db.Conferences.SingleAsync(c => c.Slug == conference),
            Slug.From(title, "untitled"),
            title,
            now
        );
        microconference.Revise(
            Renderer.Render(description, microconference.Slug),
            Renderer.Render(results, $"{microconference.Slug}--results"),
            0,
            null,
            "First text",
            now
        );
        microconference.LedBy(await PeopleAsync(db, leads ?? ["Lena Lead"]));
        microconference.NeedsToHave(await PeopleAsync(db, keyAttendees ?? []));
        foreach (var topic in topics ?? [])
        {
            var suggested = microconference.Suggest(topic);
            suggested.Describe(null, null, Renderer.Render("", $"{microconference.Slug}--topic"), [], []);
            suggested.SpokenBy(await PeopleAsync(db, speakers ?? []), 0, null);
        }

        microconference.Record(
            status,
            form,
            mergedInto is null ? null : await db.Microconferences.SingleAsync(m => m.Id == mergedInto.Id)
        );
        db.Add(microconference);
        await SaveAsync(db);
        return microconference;
    }

    public async Task CallAsync(
        Instant opens,
        Instant closes,
        string zone,
        Microconference? microconference = null,
        string conference = "2022"
    )
    {
        var id = (await ConferenceAsync(conference)).Id;
        await using var db = site.OpenDatabase();
        var call = new Call(id, microconference?.Id);
        call.Announce(opens, closes, DateTimeZoneProviders.Tzdb[zone], site.Clock.GetCurrentInstant());
        db.Add(call);
        await SaveAsync(db);
    }

    public async Task<ConferencePage> PageAsync(
        string slug,
        string title,
        string text = "What there is to know.",
        bool isPublished = true,
        string conference = "2022"
    )
    {
        var id = (await ConferenceAsync(conference)).Id;
        await using var db = site.OpenDatabase();
        var page = new ConferencePage(id, slug, await db.ConferencePages.CountAsync(p => p.ConferenceId == id));
        page.Write(title, Renderer.Render(text, AnchorPrefix.OfPage(slug), isPage: true), isPublished);
        db.Add(page);
        await SaveAsync(db);
        return page;
    }

    public async Task SponsorAsync(string name, string url, byte[] logo, string conferenceSlug, params string[] tiers)
    {
        await using var db = site.OpenDatabase();
        var conference = await db
            .Conferences.Include(c => c.SponsorTiers)
                .ThenInclude(t => t.Sponsorships)
            .SingleAsync(c => c.Slug == conferenceSlug);
        var sponsor = new Sponsor(conference.Id, name);
        sponsor.Describe(url, SponsorLogo.Read(logo));
        foreach (var tier in conference.SponsorTiers.Where(t => tiers.Contains(t.Title)))
        {
            tier.Fill([sponsor]);
        }

        await SaveAsync(db);
    }

    private static async Task<IReadOnlyList<Person>> PeopleAsync(LpcDbContext db, string[] names)
    {
        var people = new List<Person>();
        foreach (var name in names)
        {
            var person =
                db.People.Local.FirstOrDefault(p => p.Name == name)
                ?? await db.People.FirstOrDefaultAsync(p => p.Name == name);
            if (person is null)
            {
                db.Add(person = new Person(name, Slug.From(name, "person"), isVouchedFor: true));
            }

            people.Add(person);
        }

        return people;
    }

    // Written past the site, as another instance would: its pages of before are dropped by hand where the test does not
    // wait for the notice.
    private async Task SaveAsync(LpcDbContext db)
    {
        await db.SaveChangesAsync();
        site.ForgetPages();
    }
}
