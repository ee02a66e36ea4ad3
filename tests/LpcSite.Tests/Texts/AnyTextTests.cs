using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using FsCheck;
using FsCheck.Fluent;
using LpcSite.Tests.Fixture;
using LpcSite.Tests.Rights;
using LpcSite.Tests.Scheduling.Releases;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Texts;

/// <summary>
/// Anything at all, typed into every field of every form that the site's own list of addresses leads to: nothing fails,
/// and every public format can be read afterwards. The seed is fixed, so that every run types the same.
/// </summary>
public sealed class AnyTextTests(SiteFixture site, ITestOutputHelper output) : IClassFixture<SiteFixture>
{
    private const ulong Seed = 20_260_113;
    private const int Rounds = 2;

    // Far below what is there: a walk that finds no forms proves nothing.
    private const int FewestFields = 80;

    // Whoever fills these in is signed out, or somebody else; they hold no text that is shown.
    private static readonly string[] Leaving =
    [
        "/account/erase",
        "/account/sign-out",
        "/account/sign-out-everywhere",
        "/account/password",
        "/account/two-factor",
        "/account/sign-in",
    ];

    private static readonly string[] Typed = ["text", "search", "email", "url", "tel", ""];

    private readonly List<string> _wrong = [];
    private readonly HashSet<string> _fields = new(StringComparer.Ordinal);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forms_FilledWithAnything_LeaveEveryFormatReadable()
    {
        var somebody = await GivenAsync();
        var (texts, at) = (AnyText.Forty.Sample(Rounds, new Rnd(Seed), Rounds), 0);
        foreach (var forty in texts)
        {
            foreach (var address in Addresses("GET", somebody.Topic))
            {
                await FillAsync(somebody.Browser, address, () => forty[at++ % forty.Count]);
            }

            await ReadAsync(somebody.Browser, forty);
        }

        await RequireCleanDatabaseAsync();
        output.WriteLine($"{_fields.Count} fields: {string.Join(", ", _fields.Order(StringComparer.Ordinal))}");
        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong.Distinct()));
        Assert.True(_fields.Count >= FewestFields, $"Only {_fields.Count} fields were found.");
    }

    /// <summary>One person who may do everything, so that every form is shown to them.</summary>
    private async Task<(Browsing Browser, int Topic)> GivenAsync()
    {
        var given = new GivenReleases(site, "2022");
        var all = await site.Given.OrganizerAsync("Ada Any");
        await site.Given.ReviewerAsync("Ada Any");
        await site.Given.PageAsync("attend", "How to attend");
        await given.PlaceAsync(
            "Anything",
            "Ada Any",
            "Herbert",
            0,
            ("Any topic", "Ada Any", 0),
            ("Another", "Bo Both", null)
        );
        await site.Given.MicroconferenceAsync(
            "Proposed too",
            leads: ["Ada Any"],
            topics: ["Open"],
            speakers: ["Ada Any"]
        );
        var (opens, closes) = (
            site.Clock.GetCurrentInstant() - Duration.FromDays(1),
            site.Clock.GetCurrentInstant() + Duration.FromDays(30)
        );
        await site.Given.CallAsync(opens, closes, "Europe/Dublin");
        await site.Given.CallAsync(opens, closes, "Europe/Dublin", await site.Given.MicroconferenceAsync("Anything"));
        await given.ReleaseAsync("First");
        await using var db = site.OpenDatabase();
        var topic = await db.Topics.Where(t => t.Title == "Any topic").Select(t => t.Id).SingleAsync(Stop);
        return (await site.AsAsync(all), topic);
    }

    private static readonly string[] Slugs = ["anything", "proposed-too"];

    // What takes something away comes last: it would leave nothing to fill in.
    private IEnumerable<string> Addresses(string method, int topic) =>
        RightsTests
            .EndpointsOf(site)
            .Where(endpoint => endpoint.Value.Method == method)
            .SelectMany(endpoint => Slugs.Select(slug => Address(endpoint.Value.Pattern, slug, topic)))
            .Distinct()
            .Where(address => !Leaving.Contains(address))
            .OrderBy(address =>
                address.Contains("withdraw", StringComparison.Ordinal)
                || address.Contains("address", StringComparison.Ordinal)
            );

    private static string Address(string pattern, string slug, int topic) =>
        "/"
        + RightsTests
            .Parameter()
            .Replace(
                pattern.TrimStart('/'),
                parameter =>
                    parameter.Groups["name"].Value switch
                    {
                        "conference" => "2022",
                        "slug" when pattern.Contains("/people/", StringComparison.Ordinal) => "ada-any",
                        "slug" => slug,
                        "name" when pattern.Contains("conference", StringComparison.Ordinal) => "attend",
                        "topic"
                        or "id"
                            when pattern.Contains("topic", StringComparison.Ordinal)
                                || pattern.Contains("submit", StringComparison.Ordinal) => FormattableString.Invariant(
                            $"{topic}"
                        ),
                        "id" when pattern.Contains("/organize/", StringComparison.Ordinal) => "0",
                        var name => Matrix.Values.GetValueOrDefault(name, "1"),
                    }
            );

    private async Task FillAsync(Browsing browser, string address, Func<string> next)
    {
        using var answer = await browser.GetAsync(address);
        if (answer.Content.Headers.ContentType?.MediaType != "text/html" || !answer.IsSuccessStatusCode)
        {
            return;
        }

        var page = await Browsing.ParseAsync(answer);
        foreach (
            var form in page.QuerySelectorAll("main form")
                .OfType<IHtmlFormElement>()
                .Where(form => form.Method == "post")
        )
        {
            var fields = form.Elements.Where(IsTyped).Select(field => field.GetAttribute("name")!).Distinct().ToList();
            var action =
                form.QuerySelector("button[formaction]:not([type=button])")?.GetAttribute("formaction")
                ?? form.GetAttribute("action");
            foreach (
                var chosen in fields
                    .Select(field => (IReadOnlyList<string>)[field])
                    .Append(fields)
                    .Where(chosen => chosen.Count > 0)
            )
            {
                var values = Browsing
                    .Filled(form)
                    .Select(pair => chosen.Contains(pair.Key) ? KeyValuePair.Create(pair.Key, next()) : pair)
                    .ToList();
                using var sent = await browser.Client.PostAsync(
                    action is { Length: > 0 } ? action : address,
                    new FormUrlEncodedContent(values),
                    Stop
                );
                _fields.UnionWith(chosen.Select(field => $"{form.BaseUrl?.PathName ?? address} {field}"));
                if (sent.StatusCode >= HttpStatusCode.InternalServerError)
                {
                    _wrong.Add($"POST {address} {string.Join(", ", chosen)}: {(int)sent.StatusCode}");
                }

                await JudgeAsync(sent, $"POST {address} {string.Join(", ", chosen)}");
            }
        }
    }

    private static bool IsTyped(IElement field) =>
        field switch
        {
            IHtmlTextAreaElement => true,
            IHtmlInputElement input => Typed.Contains(input.GetAttribute("type") ?? "")
                && input.Name is { Length: > 0 },
            _ => false,
        };

    // As anybody reads it, and what the organizers download; whatever is asked of it.
    private async Task ReadAsync(Browsing organizer, IReadOnlyList<string> texts)
    {
        await using var db = site.OpenDatabase();
        var slugs = await db
            .Microconferences.Where(m => m.Conference.Slug == "2022")
            .Select(m => m.Slug)
            .ToListAsync(Stop);
        var topics = await db.Topics.OrderBy(t => t.Id).Select(t => t.Id).ToListAsync(Stop);
        var addresses = RightsTests
            .EndpointsOf(site)
            .Where(endpoint => endpoint.Value.Method == "GET")
            .SelectMany(endpoint =>
                slugs.SelectMany(slug => topics.Take(2).Select(topic => Address(endpoint.Value.Pattern, slug, topic)))
            )
            .Distinct()
            .Where(address => !Leaving.Contains(address))
            .ToList();
        using var anybody = site.Anonymous();
        var turn = 0;
        foreach (var address in addresses)
        {
            var text = Uri.EscapeDataString(texts[turn++ % texts.Count]);
            string[] asked =
            [
                address,
                $"{address}?q={text}&room={text}&mc={text}&person={text}&of={text}&status={text}"
                    + $"&sort={text}&who={text}&what={text}&to={text}&a={text}",
            ];
            foreach (
                var (client, path) in asked.SelectMany(path => new[] { (anybody, path), (organizer.Client, path) })
            )
            {
                using var answer = await client.GetAsync(path, Stop);
                if (
                    answer.StatusCode >= HttpStatusCode.InternalServerError
                    && answer.StatusCode is not HttpStatusCode.ServiceUnavailable
                )
                {
                    _wrong.Add($"GET {path}: {(int)answer.StatusCode}");
                }

                await JudgeAsync(answer, $"GET {address}");
            }
        }
    }

    private async Task JudgeAsync(HttpResponseMessage answer, string what)
    {
        var mediaType = answer.Content.Headers.ContentType?.MediaType ?? "";
        if (
            mediaType.StartsWith("text/", StringComparison.Ordinal)
            || mediaType.EndsWith("xml", StringComparison.Ordinal)
            || mediaType.EndsWith("json", StringComparison.Ordinal)
        )
        {
            var text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(Stop)).TrimStart('\uFEFF');
            if (text.Length > 0 && PublicFormats.Problem(mediaType, text) is { } problem)
            {
                _wrong.Add($"{what} ({mediaType}): {problem}");
            }
        }
    }

    // Whatever way a text came in, it is stored as the gate lets it through. What is made of it is read above; a
    // calendar has lines of its own.
    private async Task RequireCleanDatabaseAsync()
    {
        await using var db = site.OpenDatabase();
        var columns = await db
            .Database.SqlQuery<string>(
                $"""
                SELECT quote_ident(table_name) || '.' || quote_ident(column_name) AS "Value"
                FROM information_schema.columns
                WHERE table_schema = 'public' AND data_type IN ('text', 'character varying')
                  AND table_name NOT LIKE '\_\_%' AND column_name NOT LIKE '%html'
                  AND (table_name, column_name) <> ('letters', 'calendar')
                """
            )
            .ToListAsync(Stop);
        foreach (var (table, column) in columns.Select(name => name.Split('.')).Select(name => (name[0], name[1])))
        {
            var sql = $$"""
                SELECT count(*)::int AS "Value" FROM {{table}}
                WHERE {{column}} ~ '[\u0001-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]'
                   OR {{column}} IS NOT NFC NORMALIZED
                """;
            if (await db.Database.SqlQueryRaw<int>(sql).SingleAsync(Stop) > 0)
            {
                _wrong.Add($"{table}.{column} holds what the gate should have kept out.");
            }
        }
    }
}
