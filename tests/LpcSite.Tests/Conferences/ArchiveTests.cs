using System.Net;
using System.Text.RegularExpressions;
using LpcSite.Accounts.Invitations;
using LpcSite.Conferences;
using LpcSite.Imports;
using LpcSite.Rules;
using LpcSite.Tests.Fixture;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Conferences;

/// <summary>An archived conference is read by everybody and written to by nobody, until it is opened again.</summary>
public sealed partial class ArchiveTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryWritingEndpoint_OfAnArchivedConference_IsRefusedWithTheSentence()
    {
        var rust = await site.Given.MicroconferenceAsync("Rust", conference: "over", topics: ["Pin"]);
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        await olga.SubmitAsync("/over/organize/visibility", new(), "Archive this conference");
        var token = (await olga.ReadAsync("/account/sign-out"))
            .QuerySelector("input[name=__RequestVerificationToken]")!
            .GetAttribute("value")!;
        var (asked, wrong) = (0, new List<string>());
        foreach (var (method, pattern, takesJson) in WritingEndpoints())
        {
            var address =
                "/"
                + Parameter()
                    .Replace(
                        pattern.TrimStart('/'),
                        parameter =>
                            parameter.Groups["name"].Value switch
                            {
                                "conference" => "over",
                                "slug" => rust.Slug,
                                "name" => "attend",
                                "which" => "new",
                                _ => "1",
                            }
                    );
            using var request = new HttpRequestMessage(new HttpMethod(method), address)
            {
                Content = takesJson
                    ? new StringContent("{}", System.Text.Encoding.UTF8, "application/json")
                    : new FormUrlEncodedContent([new("__RequestVerificationToken", token)]),
            };
            request.Headers.Add("RequestVerificationToken", token);
            using var answer = await olga.Client.SendAsync(request, Stop);
            var text = await answer.Content.ReadAsStringAsync(Stop);
            if (answer.StatusCode is HttpStatusCode.MethodNotAllowed)
            {
                // A page without a form: nothing is written there, in whatever conference.
                continue;
            }

            asked++;
            if (
                answer.StatusCode != HttpStatusCode.Conflict
                || !text.Contains(Conference.ArchivedSentence("P over"), StringComparison.Ordinal)
            )
            {
                wrong.Add($"{method} {address}: {answer.StatusCode}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.InRange(asked, 25, 1000);
    }

    [Fact]
    public async Task Archive_WhileACallIsOpen_IsRefused()
    {
        var now = site.Clock.GetCurrentInstant();
        await site.Given.CallAsync(
            now - NodaTime.Duration.FromDays(1),
            now + NodaTime.Duration.FromDays(1),
            "Etc/GMT+12",
            conference: "called"
        );
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));

        using var answer = await olga.SubmitAsync("/called/organize/visibility", [], "Archive this conference");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "is still open",
            (await Browsing.ParseAsync(answer)).QuerySelector("[role=alert]")?.TextContent,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task ArchivedConference_IsReadAsBefore_SaysSo_AndOpensAgain()
    {
        var rust = await site.Given.MicroconferenceAsync("Rust", conference: "held");
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        await olga.SubmitAsync("/held/organize/visibility", new(), "Archive this conference");

        foreach (var path in new[] { "/held", rust.Path, "/held/mc", "/held/people" })
        {
            Assert.Contains(
                "· archived",
                (await site.ReadAsync(path)).QuerySelector("header .soft")!.TextContent,
                StringComparison.Ordinal
            );
        }

        Assert.Equal(
            HttpStatusCode.Conflict,
            (await olga.SubmitAsync("/held/organize/setup", new() { ["Input.City"] = "Cork" })).StatusCode
        );
        await olga.SubmitAsync("/held/organize/visibility", new(), "Open it again");
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await olga.SubmitAsync("/held/organize/setup", new() { ["Input.City"] = "Cork" })).StatusCode
        );
        await using var db = site.OpenDatabase();
        Assert.Equal(
            ["archived the conference", "opened the conference again", "changed facts or rooms"],
            await db
                .AuditEntries.Where(e => e.Subject == "/held")
                .OrderBy(e => e.Id)
                .Select(e => e.Verb)
                .ToListAsync(Stop)
        );
    }

    [Fact]
    public async Task Import_IntoAnArchivedConference_IsRefused()
    {
        using var folder = FolderOnDisk.Small();
        await ImportAsync();
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        await olga.SubmitAsync("/pipes/organize/visibility", new(), "Archive this conference");

        var refused = await Assert.ThrowsAsync<OperatorException>(ImportAsync);
        Assert.Equal(
            $"conference.yaml:1: {Conference.ArchivedSentence("Pipes")}\nNothing was imported: 1 problem.",
            refused.Message
        );

        async Task ImportAsync()
        {
            await using var scope = site.Services.CreateAsyncScope();
            await scope
                .ServiceProvider.GetRequiredService<ConferenceImport>()
                .ImportAsync(folder.Path, progress: null, Stop);
        }
    }

    [Fact]
    public async Task Accept_AnInvitationIntoAnArchivedConference_IsRefused()
    {
        var rust = await site.Given.MicroconferenceAsync("Rust", conference: "invited");
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        using var ines = await site.AsAsync(await site.Given.PersonAsync("Ines Invited"));
        await using var db = site.OpenDatabase();
        var people = await db
            .People.Where(p => p.Name == "Ines Invited" || p.Name == "Olga Organizer")
            .ToDictionaryAsync(p => p.Name, Stop);
        var led = await db
            .Microconferences.Include(m => m.Conference)
            .Include(m => m.Leads)
            .SingleAsync(m => m.Id == rust.Id, Stop);
        db.Add(
            new Invitation(
                people["Ines Invited"],
                "ines@example.org",
                InvitationPurpose.ToLead(led),
                people["Olga Organizer"],
                site.Clock.GetCurrentInstant(),
                out var key
            )
        );
        await db.SaveChangesAsync(Stop);
        await olga.SubmitAsync("/invited/organize/visibility", new(), "Archive this conference");

        var answer = await ines.SubmitAsync($"/account/invitation/{key}", new(), "Accept");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            Conference.ArchivedSentence("P invited"),
            (await Browsing.ParseAsync(answer)).Body!.TextContent,
            StringComparison.Ordinal
        );
        Assert.False(
            await db.Leads.AnyAsync(l => l.MicroconferenceId == rust.Id && l.Person.Name == "Ines Invited", Stop)
        );
    }

    [Fact]
    public async Task Stranger_WhoWritesToAnArchivedConference_IsTurnedAwayAsEver()
    {
        await site.Given.ConferenceAsync("strange");
        using var olga = await site.AsAsync(await site.Given.OrganizerAsync("Olga Organizer"));
        await olga.SubmitAsync("/strange/organize/visibility", new(), "Archive this conference");
        using var anna = await site.AsAsync(await site.Given.PersonAsync("Anna Attendee"));
        var token = (await anna.ReadAsync("/account/sign-out"))
            .QuerySelector("input[name=__RequestVerificationToken]")!
            .GetAttribute("value")!;

        using var answer = await anna.Client.PostAsync(
            "/strange/organize/setup",
            new FormUrlEncodedContent([new("__RequestVerificationToken", token)]),
            Stop
        );

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    // From the running site itself, so that what is added later is asked as well.
    private IEnumerable<(string Method, string Pattern, bool TakesJson)> WritingEndpoints() =>
        from endpoint in site
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
        where
            endpoint.RoutePattern.GetParameter("conference") is not null
            && endpoint.Metadata.GetMetadata<WritesToArchivedAttribute>() is null
        from method in endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null
            ? ["POST"]
            : endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        where method is not ("GET" or "HEAD")
        select (method, endpoint.RoutePattern.RawText!, endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not null);

    [GeneratedRegex(@"\{(?<name>\w+)(?:[:?][^{}]*(?:\{\{.*?\}\}[^{}]*)*)?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();
}
