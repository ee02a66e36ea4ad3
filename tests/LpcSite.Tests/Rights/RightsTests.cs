using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Rights;

/// <summary>
/// Every address of the site for every kind of person, read from the running site's own list: an address without a row
/// here fails, so that none is forgotten. What <see cref="Matrix"/> says is what the site answers.
/// </summary>
public sealed partial class RightsTests(SiteFixture site, ITestOutputHelper output) : IClassFixture<SiteFixture>
{
    private static readonly string[] Roles =
    [
        "anonymous",
        "attendee",
        "submitter",
        "lead",
        "lead of another",
        "reviewer",
        "organizer",
    ];

    [Fact]
    public void Matrix_NamesEveryEndpointAndNoOther()
    {
        var endpoints = Endpoints().Select(e => e.Key).Order(StringComparer.Ordinal).ToList();

        var wrong = endpoints
            .Except(Matrix.Rows.Keys)
            .Select(missing => $"{missing} has no row")
            .Concat(Matrix.Rows.Keys.Except(endpoints).Select(stale => $"{stale} is no endpoint"))
            .ToList();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Endpoint_ForEveryRole_AnswersAsDeclared()
    {
        await site.Given.MicroconferenceAsync("Other", leads: ["Otto Other"]);
        await site.Given.PageAsync("attend", "How to attend");
        IReadOnlyList<Browsing> readers = [];
        var wrong = new List<string>();
        var asked = 0;
        foreach (
            var (key, (method, pattern)) in Endpoints()
                .OrderBy(e => e.Key.StartsWith("POST /account", StringComparison.Ordinal))
        )
        {
            if (!Matrix.Rows.TryGetValue(key, out var row))
            {
                continue;
            }

            // Signing out is one of the things that one may do.
            readers =
                key.StartsWith("POST /account", StringComparison.Ordinal) || readers.Count == 0
                    ? await ReadersAsync()
                    : readers;

            // Of their own for each address: writing requests change what they are sent to.
            var rust = await site.Given.MicroconferenceAsync(
                $"Rust {asked}",
                leads: ["Lena Lead"],
                topics: ["Pin"],
                speakers: ["Suse Speaker"]
            );
            var secret = await site.Given.MicroconferenceAsync(
                $"Secret {asked}",
                MicroconferenceStatus.Draft,
                leads: ["Lena Lead"],
                topics: ["Hidden"]
            );
            foreach (
                var (slug, expected) in new[] { (rust.Slug, row.Public), (secret.Slug, row.Draft) }.Where(e =>
                    e.Item2 is not null
                )
            )
            {
                var declared = expected!.Split(' ');
                for (var role = 0; role < Roles.Length; role++)
                {
                    asked++;
                    var answer = await AskAsync(readers[role], method, await AddressAsync(pattern, slug));
                    if (answer != declared[declared.Length == 1 ? 0 : role])
                    {
                        wrong.Add(
                            $"{key} ({slug}) as {Roles[role]}: {answer}, declared "
                                + $"{declared[declared.Length == 1 ? 0 : role]}"
                        );
                    }
                }
            }
        }

        output.WriteLine($"{Endpoints().Count} endpoints, {Roles.Length} roles, {asked} answers.");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Crawl_AsEveryRole_FindsNothingOfDecisionsAndReviewsThatAreNotForIt()
    {
        // What must not be seen, and by whom it may be: the last role is the organizer, the one before it the reviewer.
        var secrets = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["zebrafish"] = Roles.Length - 1,
            ["walrus"] = Roles.Length - 1,
            ["narwhal"] = Roles.Length - 1,
            ["ocelot"] = Roles.Length - 2,
            ["marmot"] = Roles.Length - 2,
        };
        var readers = await ReadersAsync();
        var microconferences = new[]
        {
            await site.Given.MicroconferenceAsync("Tentative", leads: ["Lena Lead"], topics: ["Pin"]),
            await site.Given.MicroconferenceAsync("Held", leads: ["Lena Lead"], topics: ["Pin"]),
        };
        var reviewer = readers[Roles.Length - 2];
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await reviewer.SubmitAsync(
                    "/2022/review/tentative",
                    new() { ["Input.Text"] = "An ocelot." },
                    "Save your review"
                )
            ).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await reviewer.SubmitAsync(
                    "/2022/review/tentative",
                    new() { ["Input.Text"] = "A marmot, @lena-lead.", ["Input.Audience"] = "Reviewers" }
                )
            ).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await reviewer.SubmitAsync(
                    "/2022/review/tentative/remarks?paragraph=0",
                    new() { ["Input.Text"] = "A marmot here.", ["Input.Audience"] = "Reviewers" }
                )
            ).StatusCode
        );
        await DecideAsync(readers[^1], microconferences[1], "Not yet: walrus", "Write the letters");
        await DecideAsync(readers[^1], microconferences[0], "Not yet: zebrafish", "Save the tentative decisions");
        Assert.Contains(
            "walrus",
            await (await readers[^1].GetAsync("/2022/organize/release")).Content.ReadAsStringAsync(
                TestContext.Current.CancellationToken
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "ocelot",
            await (await readers[^1].GetAsync("/2022/review/tentative")).Content.ReadAsStringAsync(
                TestContext.Current.CancellationToken
            ),
            StringComparison.Ordinal
        );
        using var written = await readers[^1]
            .SubmitAsync(
                "/2022/organize/news/0",
                new() { ["Input.Title"] = "Not yet: narwhal", ["Input.Text"] = "The narwhal." },
                "Save"
            );
        var draft = written.Headers.Location!.OriginalString;
        Assert.Contains(
            "narwhal",
            await (await readers[^1].GetAsync(draft)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        var addresses = new HashSet<string>(StringComparer.Ordinal)
        {
            draft,
            draft.Replace("/organize", "", StringComparison.Ordinal),
            $"{draft.Replace("/organize", "", StringComparison.Ordinal)}-not-yet-narwhal",
            "/account/export?handler=File",
            "/2022/organize/reviews?handler=Csv",
        };
        foreach (var (_, (_, pattern)) in Endpoints().Where(e => e.Key.StartsWith("GET ", StringComparison.Ordinal)))
        {
            addresses.UnionWith([
                await AddressAsync(pattern, microconferences[0].Slug),
                await AddressAsync(pattern, microconferences[1].Slug),
            ]);
        }

        var leaks = new List<string>();
        foreach (
            var (address, role) in addresses.SelectMany(address =>
                Enumerable.Range(0, Roles.Length - 1).Select(role => (address, role))
            )
        )
        {
            using var answer = await readers[role].Client.GetAsync(address);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            leaks.AddRange(
                secrets
                    .Where(secret =>
                        role < secret.Value && text.Contains(secret.Key, StringComparison.OrdinalIgnoreCase)
                    )
                    .Select(secret => $"{address} shows the {secret.Key} to the {Roles[role]}")
            );
        }

        await using var db = site.OpenDatabase();
        leaks.AddRange(
            db.Letters.Where(l => l.ToName == "Lena Lead" && l.Text.Contains("marmot")).Select(l => l.Subject)
        );
        Assert.True(leaks.Count == 0, string.Join('\n', leaks));
    }

    private static async Task DecideAsync(
        Browsing organizer,
        Microconference microconference,
        string note,
        string button
    )
    {
        var page = await organizer.ReadAsync("/2022/organize/decisions");
        var choice = page.QuerySelectorAll("select")
            .Single(s => s.GetAttribute("aria-label") == $"Verdict on {microconference.Title}")
            .GetAttribute("name")!;
        var answer = await organizer.SubmitAsync(
            page,
            new() { [choice] = "Decline", [choice.Replace("Choice", "Note", StringComparison.Ordinal)] = note },
            button
        );
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private async Task<IReadOnlyList<Browsing>> ReadersAsync() =>
        [
            site.Browse(),
            await site.AsAsync(await site.Given.PersonAsync("Anna Attendee")),
            await site.AsAsync(await site.Given.PersonAsync("Suse Speaker")),
            await site.AsAsync(await site.Given.PersonAsync("Lena Lead")),
            await site.AsAsync(await site.Given.PersonAsync("Otto Other")),
            await site.AsAsync(await site.Given.ReviewerAsync("Rita Reviewer")),
            await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer")),
        ];

    // Writing requests come with a valid token and nothing else: whoever may send them is told what is missing, the
    // others are turned away first.
    private static async Task<string> AskAsync(Browsing reader, string method, string address, bool json = false)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (method != "GET")
        {
            var form = await reader.ReadAsync("/account/sign-out");
            var token = form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            request.Headers.Add("RequestVerificationToken", token);
            request.Content = json
                ? new StringContent("{}", System.Text.Encoding.UTF8, "application/json")
                : new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        }

        using var answer = await reader.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (answer.StatusCode is HttpStatusCode.UnsupportedMediaType && !json)
        {
            return await AskAsync(reader, method, address, json: true);
        }

        return answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized => "login",
            HttpStatusCode.Redirect
                when answer.Headers.Location?.OriginalString.Contains("/account/sign-in?to=", StringComparison.Ordinal)
                    is true => "login",
            HttpStatusCode.NotFound => "none",
            HttpStatusCode.Forbidden => "refused",
            >= HttpStatusCode.InternalServerError and var broken => $"error {(int)broken}",
            _ => "open",
        };
    }

    private async Task<string> AddressAsync(string pattern, string slug)
    {
        await using var db = site.OpenDatabase();
        var topic = db
            .Topics.First(t => db.Microconferences.Any(m => m.Id == t.MicroconferenceId && m.Slug == slug))
            .Id;
        return "/"
            + Parameter()
                .Replace(
                    pattern.Trim('/'),
                    parameter =>
                        parameter.Groups["name"].Value switch
                        {
                            "conference" => "2022",
                            "slug" when pattern.Contains("/people/", StringComparison.Ordinal) => "lena-lead",
                            "slug" => slug,
                            "name" when pattern.Contains("conference", StringComparison.Ordinal) => "attend",
                            "topic" or "id" when pattern.Contains("/topics/", StringComparison.Ordinal) => $"{topic}",
                            var name when Matrix.Values.TryGetValue(name, out var value) => value,
                            var name => throw new InvalidOperationException($"What stands for {name} in {pattern}?"),
                        }
                );
    }

    private List<KeyValuePair<string, (string Method, string Pattern)>> Endpoints() => EndpointsOf(site);

    /// <summary>Everything that the running site answers to, by method and pattern.</summary>
    internal static List<KeyValuePair<string, (string Method, string Pattern)>> EndpointsOf(SiteFixture site) =>
        [
            .. from endpoint in site
                .Services.GetServices<EndpointDataSource>()
                .SelectMany(s => s.Endpoints)
                .OfType<RouteEndpoint>()
            where endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
            let pattern = endpoint.RoutePattern.RawText ?? ""
            where !pattern.StartsWith("error/", StringComparison.Ordinal) && pattern != "{**path:file}"
            from method in Methods(endpoint)
            group (method, pattern) by $"{method} {Bare(pattern)}" into same
            select KeyValuePair.Create(same.Key, (same.First().method, same.First().pattern)),
        ];

    private static IEnumerable<string> Methods(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page)
        {
            return endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Where(m => m != "HEAD") ?? ["GET"];
        }

        // A page's model stands in the namespace of its folder, as everything here does.
        var model = typeof(Program).Assembly.GetType($"LpcSite.Pages{page.ViewEnginePath.Replace('/', '.')}Model");
        return
            model is not null
            && Array.Exists(
                model.GetMethods(BindingFlags.Public | BindingFlags.Instance),
                m => m.Name.StartsWith("OnPost", StringComparison.Ordinal)
            )
            ? ["GET", "POST"]
            : ["GET"];
    }

    private static string Bare(string pattern) =>
        "/" + Parameter().Replace(pattern.TrimStart('/'), parameter => $"{{{parameter.Groups["name"].Value}}}");

    [GeneratedRegex(
        @"\{(?<stars>\**)(?<name>\w+)(?:[:?][^{}]*(?:\{\{.*?\}\}[^{}]*)*)?\}",
        RegexOptions.ExplicitCapture,
        1000
    )]
    internal static partial Regex Parameter();
}
