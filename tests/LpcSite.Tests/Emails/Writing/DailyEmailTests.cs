using LpcSite.Conferences;
using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.People;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Tests.Emails.Writing;

/// <summary>What happened in a day, in one letter: when it goes out, what is in it, and that it is one.</summary>
public sealed class DailyEmailTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2022-06-01T04:59:59Z", "Europe/Warsaw", "2022-06-01T05:00:00Z")]
    [InlineData("2022-06-01T05:00:00Z", "Europe/Warsaw", "2022-06-02T05:00:00Z")]
    [InlineData("2022-10-29T12:00:00Z", "Europe/Warsaw", "2022-10-30T06:00:00Z")]
    [InlineData("2022-03-26T12:00:00Z", "Europe/Warsaw", "2022-03-27T05:00:00Z")]
    [InlineData("2022-06-01T12:00:00Z", "Asia/Tokyo", "2022-06-01T22:00:00Z")]
    [InlineData("2011-12-29T18:00:00Z", "Pacific/Apia", "2011-12-30T10:00:00Z")]
    public void HourAfter_AMoment_IsSevenWhereTheReaderLives(string moment, string zone, string hour) =>
        Assert.Equal(
            hour,
            InstantPattern.General.Format(
                DailyEmail.HourAfter(InstantPattern.General.Parse(moment).Value, DateTimeZoneProviders.Tzdb[zone])
            )
        );

    [Fact]
    public void Compose_OfTwoLetters_HasBothWithoutTheirFrames()
    {
        var text = DailyEmail.Compose(
            "Ann",
            [
                ("First", EmailText.Write("Ann", "One.", "https://example.org/one")),
                ("Second", EmailText.Write("Ann", "> Quoted", "Two.")),
            ]
        );

        Assert.Equal(
            "Hello Ann,\n\n2 things happened since your last daily letter.\n\n1. "
                + "First\n\nOne.\n\nhttps://example.org/one\n\n2. Second\n\n> Quoted\n\nTwo.\n\nYou get one letter "
                + "a day, as your profile says.\n\n"
                + EmailText.Footer,
            text
        );
    }

    [Fact]
    public void Compose_OfALongLetter_KeepsItsLink()
    {
        var text = DailyEmail.Compose(
            "Ann",
            [
                (
                    "Long",
                    EmailText.Write("Ann", string.Join(' ', Enumerable.Repeat("word", 400)), "https://example.org/all")
                ),
            ]
        );

        Assert.Contains(" …\n\nhttps://example.org/all\n", text, StringComparison.Ordinal);
        Assert.True(text.Length < 1100);
    }

    [Fact]
    public async Task Day_OfThreeLetters_BecomesOneForItsReader()
    {
        var reader = await ReaderAsync("Dora Daily", "dora@example.org", 3);
        var other = await ReaderAsync("Emil Daily", "emil@example.org", 1);
        var written = site.Clock.GetCurrentInstant();
        var hour = DailyEmail.HourAfter(written, DateTimeZone.Utc);

        await DailyEmail.WriteDueAsync(site.OpenDatabase, hour - Duration.FromSeconds(1), Stop);
        Assert.Equal(0, await WaitingAsync(reader, other));
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => Task.Run(() => DailyEmail.WriteDueAsync(site.OpenDatabase, hour, Stop), Stop))
        );

        Assert.Equal(2, await WaitingAsync(reader, other));
        await using var db = site.OpenDatabase();
        var daily = await db.Letters.SingleAsync(l => l.PersonId == reader && l.State == EmailState.Waiting, Stop);
        Assert.Equal(("3 things since your last daily letter", "dora@example.org"), (daily.Subject, daily.ToAddress));
        Assert.Equal(3, await db.Letters.CountAsync(l => l.PersonId == reader && l.State == EmailState.Bundled, Stop));
        Assert.Equal(
            "Letter 0",
            (await db.Letters.SingleAsync(l => l.PersonId == other && l.State == EmailState.Waiting, Stop)).Subject
        );
        await DailyEmail.WriteDueAsync(site.OpenDatabase, hour + Duration.FromDays(9), Stop);
        Assert.Equal(2, await WaitingAsync(reader, other));
    }

    [Fact]
    public async Task Remark_ForWhoWantsADailyLetter_IsGathered()
    {
        await site.Given.MicroconferenceAsync("Pipes", conference: "daily", leads: ["Lena Lead"]);
        var lead = await site.Given.PersonAsync("Lena Lead");
        await site.Given.AccountAsync(lead);
        using var lena = await site.AsAsync(lead);
        await lena.SubmitAsync(
            "/account/profile",
            new() { ["Input.Mail"] = nameof(MailPreference.DailyDigest), ["Input.Zone"] = "Asia/Tokyo" }
        );
        using var rita = await site.AsAsync(await site.Given.ReviewerAsync("Rita Reviewer", "daily"));

        await rita.SubmitAsync(
            "/daily/review/pipes",
            new() { ["Input.Text"] = "Which pipes?", ["Input.Audience"] = "Leads" }
        );
        await rita.SubmitAsync(
            "/daily/review/pipes",
            new() { ["Input.Text"] = "Name them.", ["Input.Audience"] = "Leads" },
            "Ask for changes with it"
        );

        await using var db = site.OpenDatabase();
        var letters = await db
            .Letters.Where(l => l.PersonId == lead.Id && l.MicroconferenceId != null)
            .OrderBy(l => l.Id)
            .Select(l => new
            {
                l.State,
                l.DueAt,
                l.CreatedAt,
            })
            .ToListAsync(Stop);
        Assert.Equal([EmailState.Gathered, EmailState.Waiting], letters.Select(l => l.State));
        Assert.Equal(
            DailyEmail.HourAfter(letters[0].CreatedAt, DateTimeZoneProviders.Tzdb["Asia/Tokyo"]),
            letters[0].DueAt
        );
    }

    private async Task<int> WaitingAsync(params int[] readers)
    {
        await using var db = site.OpenDatabase();
        return await db.Letters.CountAsync(
            l => readers.Contains(l.PersonId!.Value) && l.State == EmailState.Waiting,
            Stop
        );
    }

    private async Task<int> ReaderAsync(string name, string mail, int letters)
    {
        await using var db = site.OpenDatabase();
        var person = new Person(name, Slug.From(name, "person"));
        db.Add(person);
        await db.SaveChangesAsync(Stop);
        db.AddRange(
            Enumerable
                .Range(0, letters)
                .Select(i =>
                    new Email(
                        person.Id,
                        name,
                        mail,
                        $"Letter {i}",
                        EmailText.Write(name, $"Thing {i}."),
                        site.Clock.GetCurrentInstant()
                    ).AsPreferred(MailPreference.DailyDigest, DateTimeZone.Utc)
                )
        );
        await db.SaveChangesAsync(Stop);
        return person.Id;
    }
}
