using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.People;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Microconferences.Editing;

/// <summary>Whoever has to know of a proposal has it in writing, in the transaction that proposes.</summary>
public sealed class ProposalEmailTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Propose_WritesToTheOrganizersAndConfirmsToTheLeads()
    {
        await OpenAsync("written", site.Clock.GetCurrentInstant() + Duration.FromDays(3));
        await AccountsAsync(
            await site.Given.OrganizerAsync("Olga Organizer"),
            await site.Given.OrganizerAsync("Orla Both"),
            await site.Given.PersonAsync("Lora Second")
        );
        await site.Given.MicroconferenceAsync(
            "In Writing",
            MicroconferenceStatus.Draft,
            "written",
            leads: ["Lena Lead", "Lora Second", "Orla Both", "Nora Accountless"]
        );
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));

        using var answer = await lena.SubmitAsync("/written/mc/in-writing/edit", [], "propose");

        var letters = await LettersAsync("In Writing");
        Assert.Equal(
            ["lena-lead@example.org", "lora-second@example.org", "olga-organizer@example.org", "orla-both@example.org"],
            letters.Select(l => l.ToAddress)
        );
        Assert.Equal("Proposed: In Writing", Assert.Single(letters.Select(l => l.Subject).Distinct()));
        Assert.Equal(
            EmailText.WriteToOrganizer(
                "Olga Organizer",
                "Lena Lead has proposed the microconference \"In Writing\" for Plumbing written.",
                "It is led by Lena Lead, Lora Second, Orla Both, Nora Accountless.",
                "http://localhost/written/mc/in-writing"
            ),
            letters[2].Text
        );
        Assert.All(
            [letters[0], letters[1], letters[3]],
            email =>
                Assert.Equal(
                    EmailText.Write(
                        email.ToName,
                        "Lena Lead has proposed the microconference \"In Writing\", which you lead, for Plumbing "
                            + "written. Everybody can read it now:",
                        "http://localhost/written/mc/in-writing",
                        "The call closes Monday 6 June 2022, 13:00 Europe/Dublin (Monday 6 June 2022, 12:00 UTC). "
                            + "Until then change it as often as you like:",
                        "http://localhost/written/mc/in-writing/edit"
                    ),
                    email.Text
                )
        );
    }

    [Fact]
    public async Task Propose_WhenItIsRefused_WritesNothing()
    {
        await OpenAsync("refused", site.Clock.GetCurrentInstant() - Duration.FromMinutes(1));
        await site.Given.MicroconferenceAsync("Too Late", MicroconferenceStatus.Draft, "refused");
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));

        using var answer = await lena.SubmitAsync("/refused/mc/too-late/edit", [], "propose");

        Assert.Empty(await LettersAsync("Too Late"));
    }

    [Fact]
    public async Task Propose_WhileAnOrganizerWantsNoLetters_LeavesHimInPeace()
    {
        await OpenAsync("quiet", site.Clock.GetCurrentInstant() + Duration.FromDays(3));
        var quinn = await site.Given.OrganizerAsync("Quinn Quiet");
        await AccountsAsync(quinn);
        await using (var db = site.OpenDatabase())
        {
            (await db.People.SingleAsync(p => p.Id == quinn.Id, Stop)).Prefer(null, MailPreference.None);
            await db.SaveChangesAsync(Stop);
        }

        await site.Given.MicroconferenceAsync("Silence", MicroconferenceStatus.Draft, "quiet");
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));

        using var answer = await lena.SubmitAsync("/quiet/mc/silence/edit", [], "propose");

        var letters = await LettersAsync("Silence");
        Assert.Contains("lena-lead@example.org", letters.Select(l => l.ToAddress));
        Assert.DoesNotContain("quinn-quiet@example.org", letters.Select(l => l.ToAddress));
    }

    [Fact]
    public async Task Propose_ByTwoLeadsAtOnce_WritesOnce()
    {
        await OpenAsync("twice", site.Clock.GetCurrentInstant() + Duration.FromDays(3));
        await site.Given.MicroconferenceAsync("Twice", MicroconferenceStatus.Draft, "twice");
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        await using var first = site.OpenDatabase();
        await using var second = site.OpenDatabase();
        var (one, other) = (await LoadAsync(first), await LoadAsync(second));

        await Proposing(first).ProposeAsync(one, null, one.Leads[0].Person, "https://lpc.example.org", Stop);
        var said = await Proposing(second)
            .TryAsync(other, null, other.Leads[0].Person, "https://lpc.example.org", Stop);

        Assert.StartsWith("Something changed at the same moment.", said, StringComparison.Ordinal);
        Assert.Single(await LettersAsync("Twice"), email => email.ToAddress == "lena-lead@example.org");
    }

    private static Task<Microconference> LoadAsync(LpcDbContext db) =>
        db.Microconferences.Where(m => m.Slug == "twice").WithLists().SingleAsync(Stop);

    private ProposalSubmission Proposing(LpcDbContext db) => new(db, new ProposalEmails(db), site.Clock);

    private Task OpenAsync(string conference, Instant closes) =>
        site.Given.CallAsync(
            site.Clock.GetCurrentInstant() - Duration.FromDays(10),
            closes,
            "Europe/Dublin",
            conference: conference
        );

    private async Task AccountsAsync(params Person[] people)
    {
        foreach (var person in people)
        {
            await site.Given.AccountAsync(person);
        }
    }

    private async Task<List<Email>> LettersAsync(string title)
    {
        await using var db = site.OpenDatabase();
        return await db
            .Letters.Where(l => db.Microconferences.Any(m => m.Id == l.MicroconferenceId && m.Title == title))
            .OrderBy(l => l.ToAddress)
            .ToListAsync(Stop);
    }
}
