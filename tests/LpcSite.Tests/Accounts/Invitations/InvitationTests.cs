using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Accounts.Invitations;

/// <summary>Who becomes whom by the link of an invitation, and who does not.</summary>
public sealed partial class InvitationTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accept_ByTheLetterOfALead_MakesNobodyTheLeadOfElsewhere()
    {
        await site.Given.MicroconferenceAsync("Not hers", leads: ["Vic Known"]);
        await site.Given.MicroconferenceAsync("Bait", MicroconferenceStatus.Draft, leads: ["Mal Lory"]);
        using var mal = await site.AsAsync(await site.Given.PersonAsync("Mal Lory"));
        using var invited = await mal.SubmitAsync(
            "/2022/mc/bait/lead/people",
            new() { ["Input.Name"] = "Vic Known <vic-known>", ["Input.Mail"] = "second@example.org" }
        );
        var link = await LinkAsync("second@example.org");
        using var second = site.Browse();
        var page = await second.ReadAsync(link);

        using var claimed = await PostAsync(second, page, link, new() { ["Password"] = Given.Password });
        var signIn = await second.ReadAsync(claimed.Headers.Location!.PathAndQuery);
        using var registered = await second.SubmitAsync(
            signIn.QuerySelectorAll("main a").Single(a => a.TextContent == "Register").GetAttribute("href")!,
            new() { ["Input.Mail"] = "second@example.org" }
        );
        using var confirmed = await second.SubmitAsync(
            await LinkAsync("second@example.org"),
            new() { ["Input.Name"] = "Vic Known", ["Input.Password"] = Given.Password }
        );
        using var accepted = await second.SubmitAsync(confirmed.Headers.Location!.OriginalString, [], "Accept");

        Assert.Null(page.QuerySelector("[name=Password]"));
        Assert.Equal(link, confirmed.Headers.Location.OriginalString);
        Assert.Equal("/2022/mc/bait", accepted.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync("/2022/mc/bait/edit")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await second.GetAsync("/2022/mc/not-hers/edit")).StatusCode);
        await using var db = site.OpenDatabase();
        Assert.False(await db.Users.AnyAsync(a => a.Person.Slug == "vic-known", Stop));
    }

    [Fact]
    public async Task Accept_ByTheLetterOfAnOrganizer_GivesTheImportedPersonHisAccount()
    {
        await site.Given.MicroconferenceAsync("Imported", leads: ["Imre Imported"]);
        using var organizer = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        var invite = (await organizer.ReadAsync("/2022/people/imre-imported"))
            .QuerySelector(".meta a")!
            .GetAttribute("href")!;
        using var invited = await organizer.SubmitAsync(invite, new() { ["Input.Mail"] = "imre@example.org" });
        using var imre = site.Browse();

        using var accepted = await imre.SubmitAsync(
            await LinkAsync("imre@example.org"),
            new() { ["Password"] = Given.Password },
            "Accept"
        );

        Assert.Equal("/my", accepted.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await imre.GetAsync("/2022/mc/imported/edit")).StatusCode);
        Assert.Equal(
            "Imre Imported has an account already.",
            (await organizer.ReadAsync(invite)).QuerySelector(".note")?.TextContent
        );
        await using var db = site.OpenDatabase();
        Assert.Equal(
            ["accepted the invitation", "invited"],
            await db
                .AuditEntries.Where(e => e.Subject == "/people/imre-imported")
                .OrderBy(e => e.Verb)
                .Select(e => e.Verb)
                .ToListAsync(Stop)
        );
    }

    [Fact]
    public async Task Accept_OfAnotherPersonsAccount_IsRefusedWhileSignedInAsOneself()
    {
        await site.Given.MicroconferenceAsync("Elsewhere", leads: ["Ida Imported"]);
        using var organizer = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        using var invited = await organizer.SubmitAsync(
            "/2022/organize/people/ida-imported/invite",
            new() { ["Input.Mail"] = "ida@example.org" }
        );
        var link = await LinkAsync("ida@example.org");
        using var other = await site.AsAsync(await site.Given.PersonAsync("Some Other"));

        var page = await other.ReadAsync(link);
        using var forced = await PostAsync(other, await other.ReadAsync("/account/sign-out"), link, []);

        Assert.Empty(page.QuerySelectorAll("main form"));
        Assert.Equal(HttpStatusCode.BadRequest, forced.StatusCode);
        await using var db = site.OpenDatabase();
        Assert.Null(
            await db.Invitations.Where(i => i.Mail == "ida@example.org").Select(i => i.AcceptedAt).SingleAsync(Stop)
        );
    }

    [Fact]
    public async Task Accept_WithAnAddressThatHasAnAccount_AsksToSignInAndLeadsAsThatPerson()
    {
        await site.Given.MicroconferenceAsync("Shared", leads: ["Lena Lead"]);
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Otto Spelled"));
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        using var invited = await lena.SubmitAsync(
            "/2022/mc/shared/lead/people",
            new() { ["Input.Name"] = "O. Spelled", ["Input.Mail"] = mail }
        );
        var link = await LinkAsync(mail);
        using var otto = site.Browse();

        using var asked = await otto.SubmitAsync(link, [], "Accept");
        using var signedIn = await otto.SubmitAsync(
            asked.Headers.Location!.PathAndQuery,
            new() { ["Input.Mail"] = mail, ["Input.Password"] = Given.Password }
        );
        using var accepted = await otto.SubmitAsync(signedIn.Headers.Location!.OriginalString, [], "Accept");

        Assert.Equal("/2022/mc/shared", accepted.Headers.Location?.OriginalString);
        await using var db = site.OpenDatabase();
        Assert.Equal(
            ["Lena Lead", "Otto Spelled"],
            await db
                .Leads.Where(l => db.Microconferences.Any(m => m.Id == l.MicroconferenceId && m.Slug == "shared"))
                .OrderBy(l => l.Position)
                .Select(l => l.Person.Name)
                .ToListAsync(Stop)
        );
    }

    [Fact]
    public async Task TakeBack_ByAnOrganizer_EndsTheLink()
    {
        await site.Given.MicroconferenceAsync("Taken", leads: ["Tea Taken"]);
        using var organizer = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        using var invited = await organizer.SubmitAsync(
            "/2022/organize/people/tea-taken/invite",
            new() { ["Input.Mail"] = "tea@example.org" }
        );
        var link = await LinkAsync("tea@example.org");
        using var tea = site.Browse();
        var page = await tea.ReadAsync(link);

        using var taken = await organizer.SubmitAsync(
            "/2022/organize/people/tea-taken/invite",
            [],
            "Take the invitation back"
        );
        using var late = await tea.SubmitAsync(page, new() { ["Password"] = Given.Password }, "Accept");
        using var again = await organizer.SubmitAsync(
            "/2022/organize/people/tea-taken/invite",
            new() { ["Input.Mail"] = "tea@example.org" }
        );

        Assert.Equal(
            (HttpStatusCode.Redirect, HttpStatusCode.BadRequest, HttpStatusCode.Redirect),
            (taken.StatusCode, late.StatusCode, again.StatusCode)
        );
    }

    [Fact]
    public async Task Accept_TwiceAtOnce_MakesOneLead()
    {
        await site.Given.MicroconferenceAsync("Raced", leads: ["Lena Lead"]);
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        var mail = await site.Given.AccountAsync(await site.Given.PersonAsync("Rae Ced"));
        using var invited = await lena.SubmitAsync(
            "/2022/mc/raced/lead/people",
            new() { ["Input.Name"] = "Rae Ced <rae-ced>", ["Input.Mail"] = mail }
        );
        using var rae = await site.AsAsync(await site.Given.PersonAsync("Rae Ced"));
        var page = await rae.ReadAsync(await LinkAsync(mail));

        var answers = await Task.WhenAll(rae.SubmitAsync(page, [], "Accept"), rae.SubmitAsync(page, [], "Accept"));

        Assert.Single(answers, a => a.StatusCode is HttpStatusCode.Redirect);
        Assert.Single(answers, a => a.StatusCode is HttpStatusCode.BadRequest);
    }

    // As somebody sends it who does not keep to the form that is shown.
    private static Task<HttpResponseMessage> PostAsync(
        Browsing browsing,
        IDocument tokenFrom,
        string path,
        Dictionary<string, string> fields
    )
    {
        const string Token = "__RequestVerificationToken";
        var token = tokenFrom.QuerySelector($"input[name={Token}]")!.GetAttribute("value")!;
        return browsing.Client.PostAsync(path, new FormUrlEncodedContent([.. fields, new(Token, token)]));
    }

    private async Task<string> LinkAsync(string mail)
    {
        await using var db = site.OpenDatabase();
        return new Uri(
            Address()
                .Match(
                    await db
                        .Letters.Where(l => l.ToAddress == mail)
                        .OrderByDescending(l => l.Id)
                        .Select(l => l.Text)
                        .FirstAsync(Stop)
                )
                .Value
        ).PathAndQuery;
    }

    [GeneratedRegex(@"http://localhost\S+", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
