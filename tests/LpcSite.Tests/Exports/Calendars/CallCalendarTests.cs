using System.Net;
using System.Text;
using LpcSite.Calls;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Exports.Calendars;

/// <summary>
/// The deadlines as a calendar, read as RFC 5545 says: by lines, folds and escapes, and not by the library that wrote
/// it.
/// </summary>
public sealed class CallCalendarTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly Instant Opens = Instant.FromUtc(2022, 5, 1, 0, 0);
    private static readonly Instant Closes = Instant.FromUtc(2022, 7, 1, 11, 59, 0);

    private static readonly string[] Head =
    [
        "BEGIN:VCALENDAR",
        "END:VCALENDAR",
        "NAME:P 2030: deadlines",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "VERSION:2.0",
        "X-PUBLISHED-TTL:PT6H",
        "X-WR-CALNAME:P 2030: deadlines",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calendar_HoldsEachDeadlineOnceInUtcWithoutAnEnd()
    {
        await CallAsync("2030", null);
        await CallAsync("2030", "Rust");

        var (calendar, events) = await ReadAsync("/2030/calls.ics");

        Assert.Equal(
            Head,
            calendar.Where(line => !line.StartsWith("PRODID", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ["P 2030: call for microconferences closes", "Rust: call for topics closes"],
            events.Select(e => e["SUMMARY"])
        );
        Assert.All(
            events,
            e =>
                Assert.Equal(
                    ("20220701T115900Z", "20220603T120000Z", "20220603T120000Z", "0", "CONFIRMED"),
                    (e["DTSTART"], e["DTSTAMP"], e["LAST-MODIFIED"], e["SEQUENCE"], e["STATUS"])
                )
        );
        Assert.All(events, e => Assert.False(e.ContainsKey("DTEND") || e.ContainsKey("DURATION")));
        Assert.Equal(
            ["http://localhost/2030/mc/propose", "http://localhost/2030/mc/rust/submit"],
            events.Select(e => e["URL"])
        );
        Assert.Equal(
            "The call for topics of Rust closes Thursday 30 June 2022, 23:59 "
                + "AoE.\nhttp://localhost/2030/mc/rust/submit",
            events[1]["DESCRIPTION"]
        );
        Assert.Equal(events.Count, events.Select(e => e["UID"]).Distinct().Count());
    }

    [Fact]
    public async Task Calendar_WithLettersThatMeanSomething_EscapesAndFoldsThem()
    {
        const string title =
            "Łódź, and; a \\ back\\nslash 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀";
        await CallAsync("2031", title);

        var bytes = await site.Anonymous().GetByteArrayAsync("/2031/calls.ics", Stop);
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        var (_, events) = await ReadAsync("/2031/calls.ics");

        Assert.EndsWith("END:VCALENDAR\r\n", text, StringComparison.Ordinal);
        Assert.Equal(text.Count(c => c == '\n'), text.Split("\r\n").Length - 1);
        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain('\uFFFD', text);
        Assert.Equal(title, events[0]["CATEGORIES"]);
        Assert.Equal($"{title}: call for topics closes", events[0]["SUMMARY"]);
    }

    [Fact]
    public async Task Extension_RaisesTheSequenceAndKeepsTheUid()
    {
        var rust = await CallAsync("2022", "Extended");
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        var (_, before) = await ReadAsync("/2022/calls.ics");
        site.Clock.AdvanceMinutes(10);

        await lead.SubmitAsync($"{rust!.Path}/lead/call", [], "by 3 days");
        var (_, extended) = await ReadAsync("/2022/calls.ics");
        site.Clock.AdvanceMinutes(10);
        await lead.SubmitAsync($"{rust.Path}/lead/call", new() { ["Input.Guidance"] = "Only words." }, "Save the call");
        var (_, guided) = await ReadAsync("/2022/calls.ics");
        site.Clock.AdvanceMinutes(-20);

        var (one, two, three) = (Of(before, "Extended"), Of(extended, "Extended"), Of(guided, "Extended"));
        Assert.Equal(
            (one["UID"], "20220704T115900Z", "1", "20220603T121000Z"),
            (two["UID"], two["DTSTART"], two["SEQUENCE"], two["DTSTAMP"])
        );
        Assert.Equal(two, three);
    }

    [Fact]
    public async Task Withdrawal_StaysInTheCalendarAsCancelledAndDeclinedOnesAreGone()
    {
        var gone = await CallAsync("2032", "Gone");
        await CallAsync("2032", "Refused");
        await CallAsync("2032", "Staying");
        using var lead = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));
        site.Clock.AdvanceMinutes(5);

        await lead.SubmitAsync($"{gone!.Path}/lead/withdraw", [], "Withdraw Gone");
        site.Clock.AdvanceMinutes(-5);
        await SetStatusAsync("Refused", MicroconferenceStatus.Declined);
        var (_, events) = await ReadAsync("/2032/calls.ics");

        Assert.Equal(
            ["Gone: call for topics closes", "Staying: call for topics closes"],
            events.Select(e => e["SUMMARY"])
        );
        Assert.Equal(
            ("CANCELLED", "1", "20220603T120500Z"),
            (events[0]["STATUS"], events[0]["SEQUENCE"], events[0]["DTSTAMP"])
        );
        Assert.Equal(("CONFIRMED", "0"), (events[1]["STATUS"], events[1]["SEQUENCE"]));
    }

    [Fact]
    public async Task Calendar_AskedAgain_IsAnsweredByTagAndByDate()
    {
        await CallAsync("2033", "Tagged");
        using var reader = site.Anonymous();
        using var first = await reader.GetAsync("/2033/calls.ics", Stop);

        using var byTag = await AskAsync(reader, "If-None-Match", first.Headers.ETag!.ToString());
        using var byDate = await AskAsync(reader, "If-Modified-Since", "Fri, 03 Jun 2022 12:00:00 GMT");
        using var before = await AskAsync(reader, "If-Modified-Since", "Fri, 03 Jun 2022 11:59:59 GMT");

        Assert.Equal("text/calendar; charset=utf-8", first.Content.Headers.ContentType?.ToString());
        Assert.Equal("*", Assert.Single(first.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("Fri, 03 Jun 2022 12:00:00 GMT", Assert.Single(first.Content.Headers.GetValues("Last-Modified")));
        Assert.Equal(
            [HttpStatusCode.NotModified, HttpStatusCode.NotModified, HttpStatusCode.OK],
            [byTag.StatusCode, byDate.StatusCode, before.StatusCode]
        );
    }

    [Fact]
    public async Task Calendar_OfAConferenceWithoutCalls_IsEmptyAndOfNoneIsNotFound()
    {
        await site.Given.ConferenceAsync("2034");

        var (calendar, events) = await ReadAsync("/2034/calls.ics");
        using var nothing = await site.Anonymous().GetAsync("/1999/calls.ics", Stop);

        Assert.Contains("END:VCALENDAR", calendar);
        Assert.Contains("BEGIN:VTIMEZONE", calendar);
        Assert.Contains("DESCRIPTION:No call is open yet.", calendar);
        Assert.Empty(events);
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    [Fact]
    public async Task Calendar_WithOneAndWith30Calls_AsksTheSameNumberOfStatements()
    {
        await CallAsync("2035", "One");
        for (var i = 0; i < 30; i++)
        {
            await CallAsync("2036", $"Mc {i}");
        }

        Assert.Equal(await StatementsAsync("/2035/calls.ics"), await StatementsAsync("/2036/calls.ics"));
    }

    [Fact]
    public async Task CallsPage_LeadsToTheCalendar()
    {
        await site.Given.ConferenceAsync("2037");

        var links = (await site.ReadAsync("/2037/calls"))
            .QuerySelectorAll("main a[href$='calls.ics']")
            .Select(a => a.GetAttribute("href"));

        Assert.Equal(["webcal://localhost/2037/calls.ics", "/2037/calls.ics"], links);
    }

    [Fact]
    public void Announce_OfTheSameTimes_ChangesNothing()
    {
        var call = new Call(1, null);
        var (first, later) = (Instant.FromUtc(2022, 4, 1, 0, 0), Instant.FromUtc(2022, 4, 2, 0, 0));
        call.Announce(Opens, Closes, DateTimeZoneProviders.Tzdb["Etc/GMT+12"], first);

        call.Announce(Opens, Closes, DateTimeZoneProviders.Tzdb["Etc/GMT+12"], later);
        Assert.Equal((0, first), (call.Sequence, call.ChangedAt));

        call.Announce(Opens + Duration.FromDays(1), Closes, DateTimeZoneProviders.Tzdb["Etc/GMT+12"], later);
        Assert.Equal((0, later), (call.Sequence, call.ChangedAt));
    }

    private async Task<Microconference?> CallAsync(string conference, string? title)
    {
        var mc = title is null
            ? null
            : await site.Given.MicroconferenceAsync(
                title,
                MicroconferenceStatus.Accepted,
                conference,
                leads: ["Lena Lead"],
                form: SessionForm.Full
            );
        await site.Given.CallAsync(Opens, Closes, "Etc/GMT+12", mc, conference);
        return mc;
    }

    private async Task SetStatusAsync(string title, MicroconferenceStatus status)
    {
        await using var db = site.OpenDatabase();
        (await db.Microconferences.SingleAsync(m => m.Title == title, Stop)).Record(status, null, null);
        await db.SaveChangesAsync(Stop);
        site.ForgetPages();
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient reader, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/2033/calls.ics");
        request.Headers.TryAddWithoutValidation(header, value);
        return await reader.SendAsync(request, Stop);
    }

    private async Task<string> TextAsync(string path)
    {
        using var reader = site.Anonymous();
        return await reader.GetStringAsync(path, Stop);
    }

    private async Task<int> StatementsAsync(string path)
    {
        site.ForgetPages();
        await TextAsync(path);
        site.ForgetPages();
        site.Statements.Clear();
        await TextAsync(path);
        return site.Statements.Texts.Count;
    }

    private static IReadOnlyDictionary<string, string> Of(
        IEnumerable<IReadOnlyDictionary<string, string>> events,
        string title
    ) => events.Single(e => e["SUMMARY"].StartsWith(title, StringComparison.Ordinal));

    // Folds undone (section 3.1), then lines of the calendar itself and the properties of each event with their escapes
    // undone (section 3.3.11).
    private async Task<(
        IReadOnlyList<string> Calendar,
        IReadOnlyList<IReadOnlyDictionary<string, string>> Events
    )> ReadAsync(string path)
    {
        var lines = (await TextAsync(path))
            .Replace("\r\n ", "", StringComparison.Ordinal)
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var (calendar, events) = (new List<string>(), new List<IReadOnlyDictionary<string, string>>());
        Dictionary<string, string>? current = null;
        foreach (var line in lines)
        {
            if (line == "BEGIN:VEVENT")
            {
                events.Add(current = new(StringComparer.Ordinal));
            }
            else if (line == "END:VEVENT")
            {
                current = null;
            }
            else if (current is null)
            {
                calendar.Add(line);
            }
            else
            {
                current.Add(
                    line[..line.IndexOf(':', StringComparison.Ordinal)],
                    Unescaped(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..])
                );
            }
        }

        return (calendar, events);
    }

    private static string Unescaped(string value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            text.Append(
                value[i] != '\\' ? value[i]
                : value[++i] is 'n' or 'N' ? '\n'
                : value[i]
            );
        }

        return text.ToString();
    }
}
