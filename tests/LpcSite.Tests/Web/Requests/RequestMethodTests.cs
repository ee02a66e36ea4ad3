using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using LpcSite.Tests.Fixture;
using LpcSite.Web.Requests;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Web.Requests;

/// <summary>Every address answers the methods that it knows, and refuses the others as RFC 9110 says.</summary>
public sealed class RequestMethodTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "TRACE"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // From the list of all of them: what an address does not know is 405 with what it knows, and nothing is ever an
    // error of ours.
    [Fact]
    public async Task Endpoint_ForEveryMethod_AnswersOrSaysWhichItKnows()
    {
        await site.Given.MicroconferenceAsync("Some", conference: "some");
        using var reader = site.Anonymous();
        var wrong = new List<string>();
        foreach (var (address, known) in Known())
        {
            // Where nothing but a form is sent to, a page with a name in its address may be found for reading.
            using var asked = new HttpRequestMessage(HttpMethod.Options, address);
            using var options = await reader.SendAsync(asked, Stop);
            var allowed = Allow(options);
            var expected = known.Contains("GET")
                ? [.. known, "OPTIONS"]
                : allowed.Intersect(["GET", "HEAD"]).Concat([.. known, "OPTIONS"]).ToHashSet();
            if (options.StatusCode is not HttpStatusCode.NoContent || !allowed.SetEquals(expected))
            {
                wrong.Add(
                    $"OPTIONS {address}: {(int)options.StatusCode}, Allow: {string.Join(", ", allowed)}; it knows "
                        + $"{string.Join(", ", expected)}"
                );
            }

            foreach (var method in Methods)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), address);
                using var answer = await reader.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
                var isRight = allowed.Contains(method)
                    ? answer.StatusCode is not HttpStatusCode.MethodNotAllowed and < HttpStatusCode.InternalServerError
                    : answer.StatusCode is HttpStatusCode.MethodNotAllowed && Allow(answer).SetEquals(allowed);
                if (!isRight)
                {
                    wrong.Add(
                        $"{method} {address}: {(int)answer.StatusCode}, Allow: {string.Join(", ", Allow(answer))}; "
                            + $"it knows {string.Join(", ", allowed)}"
                    );
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("FOO", "/some/mc")]
    [InlineData("FOO", "/healthz")]
    [InlineData("FOO", "/some/organize")]
    [InlineData("PROPFIND", "/some")]
    [InlineData("get", "/some/mc")]
    [InlineData("Post", "/account/sign-in")]
    [InlineData("FOO", "/favicon.svg")]
    public async Task Method_ThatIsNone_IsNotImplemented(string method, string path)
    {
        await site.Given.MicroconferenceAsync("Some", conference: "some");
        var answer = await RawAsync($"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 501 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host: a b")]
    [InlineData("Host: a/b")]
    [InlineData("Host: user@example.org")]
    [InlineData("Host: [::1")]
    [InlineData("Host: example.org:99999")]
    [InlineData("Host: example.org:port")]
    [InlineData("Host: exa%00mple.org")]
    [InlineData("Host:")]
    [InlineData("Host: one\r\nHost: two")]
    [InlineData("Accept: */*")]
    public async Task Host_ThatIsNone_IsABadRequest(string header)
    {
        await site.Given.ConferenceAsync("some");
        foreach (var path in new[] { "/some/calls", "/some/calls.ics", "/robots.txt", "/account/sign-in" })
        {
            Assert.StartsWith(
                "HTTP/1.1 400 ",
                await RawAsync($"GET {path} HTTP/1.1\r\n{header}\r\nConnection: close\r\n\r\n"),
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LPC.example.org:8080")]
    [InlineData("[::1]:5080")]
    [InlineData("127.0.0.1")]
    public async Task Host_ThatIsOne_IsAnswered(string host)
    {
        await site.Given.ConferenceAsync("some");
        Assert.StartsWith(
            "HTTP/1.1 200 ",
            await RawAsync($"GET /some/calls HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Health_AskedForByAnOldProgram_IsAnswered() =>
        Assert.StartsWith("HTTP/1.1 200 ", await RawAsync("GET /healthz HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("/some/mc/a%00b")]
    [InlineData("/some/search?q=%00")]
    [InlineData("/some/mc?status=a%00b")]
    [InlineData("/some/stars?of=%00")]
    [InlineData("/account/invitation/%00")]
    [InlineData("/account/confirm?id=1&token=%00")]
    [InlineData("/%00")]
    public async Task Address_WithANul_IsABadRequest(string path)
    {
        await site.Given.ConferenceAsync("some");

        Assert.StartsWith(
            "HTTP/1.1 400 ",
            await RawAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/some/mc/some/edit?handler=Nothing")]
    [InlineData("/account/sign-in?handler=Nothing")]
    public async Task Form_SentToAHandlerThatIsNot_IsABadRequestOrRefused(string path)
    {
        await site.Given.MicroconferenceAsync("Some", conference: "some");
        using var reader = site.Browse();
        var token = (await reader.ReadAsync("/account/sign-in"))
            .QuerySelector("input[name=__RequestVerificationToken]")!
            .GetAttribute("value")!;
        using var answer = await reader.Client.PostAsync(
            path,
            new FormUrlEncodedContent([new("__RequestVerificationToken", token)]),
            Stop
        );

        Assert.InRange((int)answer.StatusCode, 200, 499);
    }

    /// <summary>Of each address the methods that its page and its twins know.</summary>
    private Dictionary<string, HashSet<string>> Known()
    {
        var known = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (
            var endpoint in site
                .Services.GetServices<EndpointDataSource>()
                .SelectMany(source => source.Endpoints)
                .OfType<RouteEndpoint>()
        )
        {
            if (
                endpoint.RoutePattern.Parameters.Any(parameter => parameter.IsCatchAll)
                || endpoint.RoutePattern.RawText!.StartsWith("error/", StringComparison.Ordinal)
            )
            {
                continue;
            }

            var address = AddressOf(endpoint.RoutePattern);
            known.TryAdd(address, []);
            known[address].UnionWith(MethodsOf(endpoint));
        }

        return known;
    }

    // A page's model stands in the namespace of its folder, as everything here does.
    private static IEnumerable<string> MethodsOf(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page)
        {
            return endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods;
        }

        var model = typeof(Program).Assembly.GetType($"LpcSite.Pages{page.ViewEnginePath.Replace('/', '.')}Model");
        var posts =
            model is not null
            && Array.Exists(
                model.GetMethods(BindingFlags.Public | BindingFlags.Instance),
                m => m.Name.StartsWith("OnPost", StringComparison.Ordinal)
            );
        return posts ? ["GET", "HEAD", "POST"] : ["GET", "HEAD"];
    }

    private static string AddressOf(RoutePattern pattern) =>
        CanonicalAddresses.Of(
            pattern,
            new RouteValueDictionary(
                pattern.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, (object?)Sample(parameter)))
            )
        )!;

    private static string Sample(RoutePatternParameterPart parameter) =>
        parameter.Name == "which" ? "new"
        : parameter.ParameterPolicies.Any(policy =>
            policy.Content?.StartsWith("regex", StringComparison.Ordinal) is true
        )
            ? new string('0', 64)
        : parameter.ParameterPolicies.Any(policy =>
            policy.Content is "int" or "long" || policy.Content?.StartsWith("range", StringComparison.Ordinal) is true
        )
            ? "404"
        : "some";

    private static HashSet<string> Allow(HttpResponseMessage answer) => [.. answer.Content.Headers.Allow];

    private async Task<string> RawAsync(string request)
    {
        await using var served = site.SecondInstance();
        served.UseKestrel(0);
        await served.InitializeAsync();
        served.StartServer();
        using var socket = new TcpClient();
        var address = served.ClientOptions.BaseAddress;
        await socket.ConnectAsync(address.Host, address.Port, Stop);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Stop);
        using var answer = new StreamReader(stream, Encoding.UTF8);
        return await answer.ReadToEndAsync(Stop);
    }
}
