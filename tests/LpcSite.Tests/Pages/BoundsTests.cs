using System.Globalization;
using System.Net;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;
using LpcSite.Tests.Scheduling.Board;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Pages;

/// <summary>A digit too many in a year, or rows by the thousand, cost a sentence and no page without an end.</summary>
public sealed class BoundsTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2034-05-01", "2934-05-02", "Input.EndsOn", "Check the year")]
    [InlineData("2034-05-01", "9999-12-31", "Input.EndsOn", "Check the year")]
    [InlineData("0001-01-01", "2034-05-02", "Input.StartsOn", "Check the year")]
    [InlineData("2034-05-01", "2034-06-01", "Input.EndsOn", "at most 31 days")]
    [InlineData("2034-05-01", "2134-05-01", "Input.EndsOn", "at most 31 days")]
    public async Task Conference_WithAYearThatWasMistyped_IsNotMade(
        string first,
        string last,
        string field,
        string sentence
    )
    {
        using var organizer = await Boards.OrganizerAsync(site);

        using var answer = await organizer.SubmitAsync(
            "/organize/conferences/new",
            new()
            {
                ["Input.Slug"] = "mistyped",
                ["Input.Name"] = "Mistyped",
                ["Input.ShortName"] = "M",
                ["Input.City"] = "Prague",
                ["Input.StartsOn"] = first,
                ["Input.EndsOn"] = last,
                ["Input.Zone"] = "Europe/Prague",
            }
        );
        var page = await Browsing.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            sentence,
            page.QuerySelector($"[data-valmsg-for='{field}']")?.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(sentence, page.QuerySelector("main [role=alert]")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(last, page.QuerySelector("[name='Input.EndsOn']")?.GetAttribute("value"));
        await using var db = site.OpenDatabase();
        Assert.False(await db.Conferences.AnyAsync(c => c.Slug == "mistyped", Stop));
    }

    // Such a conference may have been made before there was a bound.
    [Fact]
    public async Task Page_OfAConferenceOfAThousandYears_HasAnEnd()
    {
        await Boards.BoardAsync(site, "endless");
        await using (var db = site.OpenDatabase())
        {
            await db
                .Conferences.Where(c => c.Slug == "endless")
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.EndsOn, new LocalDate(9999, 12, 31)), Stop);
        }

        site.ForgetPages();
        using var organizer = await Boards.OrganizerAsync(site);
        foreach (
            var path in new[]
            {
                "/my/times/endless",
                "/endless/organize/absences",
                "/endless/organize/schedule",
                "/endless/schedule",
                "/endless",
            }
        )
        {
            using var answer = await organizer.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
            Assert.InRange((await answer.Content.ReadAsByteArrayAsync(Stop)).Length, 1, 500_000);
        }
    }

    [Theory]
    [InlineData("/2022/mc/rows/edit", "Input.References[{0}].Url", 61, "Use at most 60 references.")]
    [InlineData("/2022/mc/rows/edit", "Input.KeyAttendees[{0}].Name", 61, "Use at most 60 key attendees.")]
    [InlineData("/2022/mc/rows/edit", "Input.Topics[{0}].Title", 61, "Use at most 60 topics.")]
    [InlineData("/2022/organize/tiers", "Input.Tiers[{0}].Title", 41, "Use at most 40 tiers.")]
    [InlineData("/2022/organize/setup", "Input.Rooms[{0}].Name", 101, "Use at most 100 rooms.")]
    [InlineData("/2022/organize/grid", "Input.HalfDays[{0}].Name", 7, "Use at most 6 half-days.")]
    public async Task Form_WithMoreRowsThanItTakes_SaysHowMany(string path, string name, int rows, string sentence)
    {
        await site.Given.MicroconferenceAsync("Rows", MicroconferenceStatus.Accepted, form: SessionForm.Full);
        using var organizer = await Boards.OrganizerAsync(site);

        // What a row holds is right; there are only too many of them.
        using var answer = await SendAsync(
            organizer,
            path,
            name,
            name.EndsWith("Url", StringComparison.Ordinal) ? "" : "1",
            rows
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            sentence,
            (await Browsing.ParseAsync(answer)).QuerySelector("main [role=alert]")?.TextContent,
            StringComparison.Ordinal
        );
    }

    // More than the framework would put into a list by itself, for which it has no sentence.
    [Fact]
    public async Task Form_WithRowsByTheThousand_IsRefusedAndBreaksNothing()
    {
        await site.Given.MicroconferenceAsync("Rows", MicroconferenceStatus.Accepted, form: SessionForm.Full);
        using var organizer = await Boards.OrganizerAsync(site);

        using var answer = await SendAsync(
            organizer,
            "/2022/mc/rows/lead/session",
            "Input.Rows[{0}].Minutes",
            "1",
            1500
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        Browsing organizer,
        string path,
        string name,
        string value,
        int rows
    )
    {
        const string Token = "__RequestVerificationToken";
        var token = (await organizer.ReadAsync("/account/sign-out"))
            .QuerySelector($"input[name={Token}]")!
            .GetAttribute("value")!;
        var sent = Enumerable
            .Range(0, rows)
            .Select(i => KeyValuePair.Create(string.Format(CultureInfo.InvariantCulture, name, i), value));
        return await organizer.Client.PostAsync(path, new FormUrlEncodedContent(sent.Append(new(Token, token))), Stop);
    }
}
