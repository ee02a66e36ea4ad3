using System.Net;
using LpcSite.Imports;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.People;

/// <summary>
/// A name that people give themselves proves nothing: whoever takes the name of somebody else gets nothing of theirs,
/// whether or not they give it back.
/// </summary>
public sealed class TakenNamesTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Invitation_OfANameThatAnAccountTookAndGaveBack_WaitsForNobodyElse()
    {
        using var lead = await LeadAsync("Bait one", "Lea One");
        using var mal = await TakeAsync("Mal One", "Vera One", givesBack: true);
        using var invited = await lead.SubmitAsync(
            "/2022/mc/bait-one/lead/people",
            new() { ["Input.Name"] = "Vera One", ["Input.Mail"] = "vera-one@example.org" }
        );
        await using var db = site.OpenDatabase();
        var invitation = await db
            .Invitations.Include(i => i.Person)
            .SingleAsync(i => i.Mail == "vera-one@example.org", Stop);

        using var page = await mal.GetAsync(FormattableString.Invariant($"/my/invitations/{invitation.Id}"));

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(("Vera One", "vera-one"), (invitation.Person.Name, invitation.Person.Slug));
        Assert.DoesNotContain(
            "Bait one",
            (await mal.ReadAsync("/my")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Nora New", "nora.new@example.org", false)]
    [InlineData("Nell New", "NELL-NEW@example.org", true)]
    public async Task Invitation_ToOneWhoWasMeantByNumber_IsAnsweredWithoutTheLetterOnlyFromItsAddress(
        string name,
        string mail,
        bool isTheirs
    )
    {
        await site.Given.MicroconferenceAsync("Reached", leads: ["Lea Two"]);
        var person = await site.Given.PersonAsync(name);
        using var named = await site.AsAsync(person);
        var id = await InviteAsync("Reached", person, mail);

        using var page = await named.GetAsync(FormattableString.Invariant($"/my/invitations/{id}"));

        Assert.Equal(isTheirs ? HttpStatusCode.OK : HttpStatusCode.NotFound, page.StatusCode);
    }

    [Theory]
    [InlineData("kept-name", "Mal Three", "Vera Three", "Vera Three", false)]
    [InlineData("returned-name", "Mal Four", "Vera Four", "Vera Four", true)]
    [InlineData("other-case", "Mal Five", "VERA  five", "Vera Five", false)]
    public async Task Import_OfANameThatAnAccountTook_MakesThatAccountNoLead(
        string slug,
        string mine,
        string taken,
        string named,
        bool givesBack
    )
    {
        using var mal = await TakeAsync(mine, taken, givesBack);
        using var folder = Folder(slug).Replace("bends.md", "Ann Arbor", named);

        await ImportAsync(folder);

        Assert.Equal(HttpStatusCode.Forbidden, (await mal.GetAsync($"/{slug}/mc/bends/edit")).StatusCode);
        Assert.DoesNotContain(
            "Bends",
            (await mal.ReadAsync("/my")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Import_OfTheNameWithWhichSomebodyRegistered_IsAnotherPerson()
    {
        using var mal = site.Browse();
        using var registered = await mal.SubmitAsync(
            "/account/register",
            new() { ["Input.Mail"] = "mal-six@example.org" }
        );
        using var confirmed = await mal.SubmitAsync(
            await LinkAsync("mal-six@example.org"),
            new() { ["Input.Name"] = "Vera Six", ["Input.Password"] = Given.Password },
            "Confirm and sign in"
        );
        Assert.Equal(HttpStatusCode.Redirect, confirmed.StatusCode);
        using var folder = Folder("registered").Replace("bends.md", "Ann Arbor", "Vera Six");

        await ImportAsync(folder);

        await using var db = site.OpenDatabase();
        var lead = await db
            .Leads.Where(l =>
                db.Microconferences.Any(m => m.Id == l.MicroconferenceId && m.Conference.Slug == "registered")
            )
            .Select(l => l.Person)
            .SingleAsync(Stop);
        Assert.Equal("Vera Six", lead.Name);
        Assert.False(await db.Users.AnyAsync(a => a.PersonId == lead.Id, Stop));
    }

    [Fact]
    public async Task Import_OfTwoPeopleOfOneName_KeepsThemTwoHoweverOften()
    {
        using var folder = Folder("homonyms")
            .Replace("bends.md", "- Ann Arbor", "- Jane Roe\nkey_attendees:\n- Jane Roe <jane-roe-2>");

        await ImportAsync(folder);
        var first = await SlugsAsync("homonyms");
        var again = await ImportAsync(folder);

        var second = await SlugsAsync("homonyms");
        Assert.Equal(["jane-roe", "jane-roe-2"], first.Leads.Concat(first.KeyAttendees));
        Assert.Equal(["jane-roe", "jane-roe-2"], second.Leads.Concat(second.KeyAttendees));
        Assert.Equal((0, 0), (again.People, again.Updated));
    }

    [Fact]
    public async Task Import_OfSomebodyWithAnAccount_TellsHowTheyWereMeant()
    {
        using var folder = Folder("told")
            .Replace("bends.md", "- Ann Arbor", "- Tess Told\nkey_attendees:\n- Tim Typed <tim-typed>");
        using var tim = await site.AsAsync(await site.Given.PersonAsync("Tim Typed"));
        await ImportAsync(folder);
        using var tess = await site.AsAsync(await site.Given.PersonAsync("Tess Told"));

        var summary = await ImportAsync(folder);

        Assert.Equal(
            ["Tess Told <tess-told>: by a name of an earlier import", "Tim Typed <tim-typed>: by its address"],
            summary.Accounts
        );
        Assert.Equal((0, 0), (summary.People, summary.Updated));
    }

    [Fact]
    public async Task Import_OfANameThatSomebodyHasWhoIsNotMeant_TellsOfBoth()
    {
        using var nan = await TakeAsync("Nan Namesake", "Nina Namesake", givesBack: false);
        using var folder = Folder("namesakes").Replace("bends.md", "Ann Arbor", "Nina Namesake");

        var summary = await ImportAsync(folder);
        var again = await ImportAsync(folder);

        Assert.Equal(["Nina Namesake <nina-namesake> is new, and not Nina Namesake <nan-namesake>"], summary.Namesakes);
        Assert.Equal((0, 0, 0), (again.People, again.Updated, again.Namesakes.Count));
    }

    // Whoever leads the microconference that needs somebody can ask them at an address of their own.
    [Fact]
    public async Task Import_OfSomebodyWhoseAccountCameByTheWordOfALead_GivesItNothingNew()
    {
        using var folder = Folder("claimed")
            .Replace("bends.md", "status: proposed", "status: accepted\nform: full")
            .Replace("bends.md", "- Ann Arbor", "- Mal Claims\nkey_attendees:\n- Lin Claims");
        await ImportAsync(folder);
        using var mal = await site.AsAsync(await site.Given.PersonAsync("Mal Claims"));
        using var asked = await mal.SubmitAsync(
            "/claimed/mc/bends/lead/attendees",
            new() { ["mail"] = "mal-too@example.org" },
            "Ask"
        );
        using var claimer = site.Browse();
        using var claimed = await claimer.SubmitAsync(
            await LinkAsync("mal-too@example.org"),
            new() { ["Password"] = Given.Password },
            "InPerson"
        );
        folder
            .Replace("conference.yaml", "- bends", "- bends\n- taps")
            .With(
                "taps.md",
                FolderOnDisk
                    .Bends.Replace("Bends", "Taps", StringComparison.Ordinal)
                    .Replace("bends", "taps", StringComparison.Ordinal)
                    .Replace("Ann Arbor", "Lin Claims", StringComparison.Ordinal)
            );

        await ImportAsync(folder);

        Assert.Equal("/my", claimed.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Forbidden, (await claimer.GetAsync("/claimed/mc/taps/edit")).StatusCode);
        Assert.Equal(["lin-claims"], (await SlugsAsync("claimed", "bends")).KeyAttendees);
        Assert.Equal(["lin-claims-2"], (await SlugsAsync("claimed", "taps")).Leads);
    }

    [Fact]
    public async Task Merge_OfAnAccountIntoSomebodyWithRoles_AsksForMoreThanTheName()
    {
        await site.Given.MicroconferenceAsync("Merged into", leads: ["Mia Merged"]);
        using var mal = await TakeAsync("Mal Merged", "Mia  Merged", givesBack: false);
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        const string Page = "/organize/people/merge?kept=mia-merged&other=mal-merged";

        var listed = await olga.ReadAsync("/organize/people");
        using var unchecked_ = await olga.SubmitAsync(Page, [], "Join them for good");
        using var checked_ = await olga.SubmitAsync(Page, new() { ["IsChecked"] = "true" }, "Join them for good");

        Assert.NotNull(listed.QuerySelector("a[href='/organize/people/merge?kept=mia-merged&other=mal-merged']"));
        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.Redirect),
            (unchecked_.StatusCode, checked_.StatusCode)
        );
        Assert.Contains(
            "Check first whose account it is",
            (await Browsing.ParseAsync(unchecked_)).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
    }

    private static FolderOnDisk Folder(string slug) =>
        FolderOnDisk.Small().Replace("conference.yaml", "slug: pipes", $"slug: {slug}");

    private async Task<ImportSummary> ImportAsync(FolderOnDisk folder)
    {
        await using var db = site.OpenDatabase();
        return await new ConferenceImport(db, new MarkdownRenderer(), site.Clock).ImportAsync(folder.Path, null, Stop);
    }

    private async Task<string> LinkAsync(string mail)
    {
        await using var db = site.OpenDatabase();
        var text = await db
            .Letters.Where(l => l.ToAddress == mail)
            .OrderByDescending(l => l.Id)
            .Select(l => l.Text)
            .FirstAsync(Stop);
        return new Uri(
            text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .First(word => word.StartsWith("http://localhost", StringComparison.Ordinal))
        ).PathAndQuery;
    }

    private async Task<(string[] Leads, string[] KeyAttendees)> SlugsAsync(string conference, string slug = "bends")
    {
        await using var db = site.OpenDatabase();
        var bends = await db
            .Microconferences.Include(m => m.Leads)
                .ThenInclude(l => l.Person)
            .Include(m => m.KeyAttendees)
                .ThenInclude(k => k.Person)
            .SingleAsync(m => m.Conference.Slug == conference && m.Slug == slug, Stop);
        return ([.. bends.Leads.Select(l => l.Person.Slug)], [.. bends.KeyAttendees.Select(k => k.Person.Slug)]);
    }

    private async Task<Browsing> LeadAsync(string microconference, string name)
    {
        await site.Given.MicroconferenceAsync(microconference, MicroconferenceStatus.Accepted, leads: [name]);
        return await site.AsAsync(await site.Given.PersonAsync(name));
    }

    // Somebody signed in who calls themselves by the name of another, at least for a while.
    private async Task<Browsing> TakeAsync(string mine, string theirs, bool givesBack)
    {
        var mal = await site.AsAsync(await site.Given.PersonAsync(mine));
        using var taken = await mal.SubmitAsync("/account/profile", new() { ["Input.Name"] = theirs });
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        if (givesBack)
        {
            using var given = await mal.SubmitAsync("/account/profile", new() { ["Input.Name"] = mine });
            Assert.Equal(HttpStatusCode.Redirect, given.StatusCode);
        }

        return mal;
    }

    private async Task<int> InviteAsync(string microconference, Person person, string mail)
    {
        await using var db = site.OpenDatabase();
        var led = await db
            .Microconferences.Include(m => m.Leads)
                .ThenInclude(l => l.Person)
            .SingleAsync(m => m.Title == microconference, Stop);
        var invitation = new LpcSite.Accounts.Invitations.Invitation(
            await db.People.SingleAsync(p => p.Id == person.Id, Stop),
            mail,
            LpcSite.Accounts.Invitations.InvitationPurpose.ToLead(led),
            led.Leads[0].Person,
            site.Clock.GetCurrentInstant(),
            out _
        );
        db.Add(invitation);
        await db.SaveChangesAsync(Stop);
        return invitation.Id;
    }
}
