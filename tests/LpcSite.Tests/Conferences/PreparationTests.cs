using System.Net;
using System.Text.RegularExpressions;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace LpcSite.Tests.Conferences;

/// <summary>
/// A conference in preparation does not exist for anybody but organizers, at no address and in no list.
/// </summary>
public sealed partial class PreparationTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryEndpoint_OfAConferenceInPreparation_IsNotThereForItsLeadsOrAnybodyElse()
    {
        var rust = await PrepareAsync("soon");
        Browsing[] readers =
        [
            await site.AsAsync(await site.Given.PersonAsync("Lena Lead")),
            await site.AsAsync(await site.Given.PersonAsync("Anna Attendee")),
        ];
        var (asked, wrong) = (0, new List<string>());
        foreach (var reader in readers)
        {
            var token = (await reader.ReadAsync("/account/sign-out"))
                .QuerySelector("input[name=__RequestVerificationToken]")!
                .GetAttribute("value")!;
            foreach (var (method, pattern, takesJson) in Endpoints())
            {
                var address =
                    "/"
                    + Parameter()
                        .Replace(
                            pattern.TrimStart('/'),
                            parameter =>
                                parameter.Groups["name"].Value switch
                                {
                                    "conference" => "soon",
                                    "slug" when pattern.Contains("/people/", StringComparison.Ordinal) => "lena-lead",
                                    "slug" => rust,
                                    "name" => "attend",
                                    _ => "1",
                                }
                        );
                using var answer = await AskAsync(reader, method, address, takesJson, token);
                asked++;

                // The organizers' desk, and what programs ask of it, refuses before it looks; a form that no page takes
                // is told so, whatever the address.
                var isRight =
                    answer.StatusCode is HttpStatusCode.NotFound
                    || answer.StatusCode is HttpStatusCode.Forbidden
                        && (
                            address.StartsWith("/soon/organize", StringComparison.Ordinal)
                            || address == "/api/v1/soon/clashes"
                        )
                    || answer.StatusCode is HttpStatusCode.BadRequest && method == "POST"
                    || await IsAnsweredWithoutLookingAsync(answer, reader, method, address, takesJson, token);
                if (
                    !isRight
                    || (await answer.Content.ReadAsStringAsync(Stop)).Contains("Zebrafish", StringComparison.Ordinal)
                )
                {
                    wrong.Add($"{method} {address}: {answer.StatusCode}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.InRange(asked, 100, 5000);
    }

    [Fact]
    public async Task Lists_OfTheWholeSite_DoNotNameIt()
    {
        await PrepareAsync("later");
        await site.Given.MicroconferenceAsync("Seen", conference: "seen", leads: ["Lena Lead"]);
        using var lena = await site.AsAsync(await site.Given.PersonAsync("Lena Lead"));

        foreach (
            var path in new[]
            {
                "/my",
                "/seen",
                "/seen/people/lena-lead",
                "/seen/mc",
                "/seen/search?q=zebrafish",
                "/sitemap.xml",
            }
        )
        {
            foreach (var reader in path == "/my" ? [lena] : new[] { lena, site.Browse() })
            {
                var text = await (await reader.GetAsync(path)).Content.ReadAsStringAsync(Stop);
                Assert.DoesNotContain("Zebrafish", text, StringComparison.Ordinal);
                Assert.DoesNotContain("/later", text, StringComparison.Ordinal);
            }
        }
    }

    // A method that an address does not know, and a slash too many, are answered by the pattern of the address: a
    // conference that was never there gets the same, so that nothing is told.
    private static async Task<bool> IsAnsweredWithoutLookingAsync(
        HttpResponseMessage answer,
        Browsing reader,
        string method,
        string address,
        bool takesJson,
        string token
    )
    {
        if (answer.StatusCode is not (HttpStatusCode.MethodNotAllowed or HttpStatusCode.MovedPermanently))
        {
            return false;
        }

        var elsewhere = address.Replace("soon", "never", StringComparison.Ordinal);
        using var same = await AskAsync(reader, method, elsewhere, takesJson, token);
        return same.StatusCode == answer.StatusCode
            && string.Equals(
                same.Headers.Location?.OriginalString,
                answer.Headers.Location?.OriginalString.Replace("soon", "never", StringComparison.Ordinal),
                StringComparison.Ordinal
            );
    }

    private static async Task<HttpResponseMessage> AskAsync(
        Browsing reader,
        string method,
        string address,
        bool takesJson,
        string token
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.Add("RequestVerificationToken", token);
        if (method != "GET")
        {
            request.Content = takesJson
                ? new StringContent("{}", System.Text.Encoding.UTF8, "application/json")
                : new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        }

        return await reader.Client.SendAsync(request, Stop);
    }

    private async Task<string> PrepareAsync(string slug)
    {
        var secret = await site.Given.MicroconferenceAsync(
            $"Zebrafish {slug}",
            conference: slug,
            leads: ["Lena Lead"],
            topics: ["Zebrafish"]
        );
        await site.Given.PageAsync("attend", "Zebrafish", "Zebrafish", conference: slug);
        var now = site.Clock.GetCurrentInstant();
        await site.Given.CallAsync(
            now - Duration.FromDays(1),
            now + Duration.FromDays(9),
            "Etc/GMT+12",
            conference: slug
        );
        await using var db = site.OpenDatabase();
        (await db.Conferences.SingleAsync(c => c.Slug == slug, Stop)).Hide();
        await db.SaveChangesAsync(Stop);
        site.ForgetPages();
        return secret.Slug;
    }

    private IEnumerable<(string Method, string Pattern, bool TakesJson)> Endpoints() =>
        from endpoint in site
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
        where endpoint.RoutePattern.GetParameter("conference") is not null
        from method in endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null
            ? ["GET", "POST"]
            : endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        where method is not "HEAD"
        select (method, endpoint.RoutePattern.RawText!, endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not null);

    [GeneratedRegex(@"\{(?<name>\w+)(?:[:?][^{}]*(?:\{\{.*?\}\}[^{}]*)*)?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();
}
