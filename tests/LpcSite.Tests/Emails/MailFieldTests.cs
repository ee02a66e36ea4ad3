using System.Globalization;
using System.Net;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Tests.Emails;

/// <summary>
/// Every form in which a mail address is typed refuses what no server takes, and whoever invites hears when a letter
/// did not arrive.
/// </summary>
public sealed class MailFieldTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const string Wrong = "user@example";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/account/register", "Input.Mail")]
    [InlineData("/account/forgot", "Input.Mail")]
    [InlineData("/account/address", "Input.Mail")]
    [InlineData("/2022/mc/fields/lead/people", "Input.Mail")]
    [InlineData("/2022/mc/fields/lead/attendees", "mail")]
    [InlineData("/2022/mc/fields/submit", "Input.Speakers[0].Mail")]
    [InlineData("/2022/organize/people/kay-imported/invite", "Input.Mail")]
    public async Task Form_WithAnAddressThatNoServerTakes_SaysSoAndWritesNothing(string path, string field)
    {
        await site.Given.MicroconferenceAsync(
            "Fields",
            MicroconferenceStatus.Accepted,
            leads: ["Lena Lead"],
            keyAttendees: ["Kay Imported"]
        );
        var organizer = await site.Given.OrganizerAsync("Olga Organizer");
        using var browsing = path is "/account/register" or "/account/forgot"
            ? site.Browse()
            : await site.AsAsync(organizer);
        await using var db = site.OpenDatabase();
        var before = await db.Letters.CountAsync(Stop);
        var page = await browsing.ReadAsync(path);
        var fields = new Dictionary<string, string> { [field] = Wrong };
        foreach (
            var (name, value) in new[]
            {
                ("Input.Name", "Some Body"),
                ("Input.Password", Given.Password),
                ("Input.Title", "A title"),
                ("Input.Speakers[0].Name", "Some Body"),
            }
        )
        {
            if (page.QuerySelector($"main form:has([name='{field}']) [name='{name}']") is not null)
            {
                fields[name] = value;
            }
        }

        using var refused = await browsing.SubmitAsync(
            page,
            fields,
            path.EndsWith("/submit", StringComparison.Ordinal) ? "invite" : null
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(
            "not a mail address",
            (await Browsing.ParseAsync(refused)).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(before, await db.Letters.CountAsync(Stop));
    }

    [Fact]
    public async Task Invite_ThatNoServerTook_IsSeenAsFailedAndMaySentAnew()
    {
        await site.Given.MicroconferenceAsync(
            "Undelivered",
            MicroconferenceStatus.Accepted,
            leads: ["Lena Lead"],
            keyAttendees: ["Kay Attends"]
        );
        await site.Given.MicroconferenceAsync("Elsewhere", leads: ["Ida Imported"]);
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        using var organizer = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        const string People = "/2022/mc/undelivered/lead/people";
        const string Attendees = "/2022/mc/undelivered/lead/attendees";
        const string Account = "/2022/organize/people/ida-imported/invite";
        using var one = await lead.SubmitAsync(
            People,
            new() { ["Input.Name"] = "New Lead", ["Input.Mail"] = "typo@example.com" }
        );
        using var two = await lead.SubmitAsync(Attendees, new() { ["mail"] = "typo@example.com" });
        using var three = await organizer.SubmitAsync(Account, new() { ["Input.Mail"] = "typo@example.com" });
        await RefuseAsync("typo@example.com");

        foreach (var (browsing, path) in new[] { (lead, People), (lead, Attendees), (organizer, Account) })
        {
            var told = (await browsing.ReadAsync(path)).QuerySelector("main")!.TextContent;
            Assert.Contains("failed", told, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("could not be delivered", told, StringComparison.Ordinal);
        }

        await using var db = site.OpenDatabase();
        var meant = await db.People.Where(p => p.Name == "New Lead").Select(p => p.Id).SingleAsync(Stop);
        using var again = await lead.SubmitAsync(
            People,
            new()
            {
                ["Input.Name"] = "New Lead",
                ["Input.Who"] = meant.ToString(CultureInfo.InvariantCulture),
                ["Input.Mail"] = "right@example.com",
            }
        );
        using var asked = await lead.SubmitAsync(Attendees, new() { ["mail"] = "right@example.com" }, null);
        using var anew = await organizer.SubmitAsync(Account, new() { ["Input.Mail"] = "right@example.com" });

        Assert.Equal(
            (HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.Redirect),
            (again.StatusCode, asked.StatusCode, anew.StatusCode)
        );
        Assert.Equal(3, await db.Letters.CountAsync(l => l.ToAddress == "RIGHT@example.com", Stop));
    }

    private async Task RefuseAsync(string mail)
    {
        await using var db = site.OpenDatabase();
        foreach (var email in await db.Letters.Where(l => l.ToAddress == mail).ToListAsync(Stop))
        {
            email.Begin();
            email.Refuse("550 5.1.1 Nobody of that name");
        }

        await db.SaveChangesAsync(Stop);
    }
}
