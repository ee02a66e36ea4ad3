using System.Net;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Microconferences.Editing;

/// <summary>
/// The last minute of a call, at once: what was acknowledged is there, and who comes too late keeps their text. The
/// benchmarks measure it (<c>rush</c>).
/// </summary>
public sealed class RushTests : IClassFixture<SiteFixture>
{
    private const int Leads = 40;

    private readonly SiteFixture _site;

    public RushTests(SiteFixture site)
    {
        _site = site;
        _site.UseKestrel(0);
        _site.StartServer();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Save_ByAllLeadsInTheLastMinute_LosesNothingAndKeepsTheLateOneAsADraft()
    {
        var closes = _site.Clock.GetCurrentInstant() + Duration.FromMinutes(1);
        await _site.Given.CallAsync(closes - Duration.FromDays(30), closes, "Etc/GMT+12");
        var browsers = await Task.WhenAll((await BeginDraftsAsync()).Select(SignInAsync));
        var forms = await Task.WhenAll(browsers.Select((browser, i) => browser.ReadAsync($"/2022/mc/rush-{i}/edit")));

        var answers = await Task.WhenAll(
            browsers.Select(
                (browser, i) =>
                    browser.SubmitAsync(
                        forms[i],
                        new() { ["Input.Description"] = TextOf(i) },
                        i % 2 == 0 ? "propose" : "save"
                    )
            )
        );
        var lateForm = await browsers[1].ReadAsync("/2022/mc/rush-1/edit");
        _site.Clock.AdvanceMinutes(1);
        using var late = await browsers[1]
            .SubmitAsync(lateForm, new() { ["Input.Description"] = "Too late." }, "propose");
        var said = (await browsers[1].ReadAsync("/2022/mc/rush-1")).QuerySelector(".said")?.TextContent;

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.StartsWith(
            "The call for microconferences closed Friday 3 June 2022, 00:01 AoE",
            said,
            StringComparison.Ordinal
        );
        Assert.Contains("Your text is kept as a draft", said, StringComparison.Ordinal);
        await using var db = _site.OpenDatabase();
        var kept = await db
            .Microconferences.OrderBy(m => m.Id)
            .Select(m => new
            {
                m.Slug,
                m.Status,
                Texts = m.Revisions.OrderBy(r => r.Number).Select(r => r.Description.Source).ToList(),
            })
            .ToDictionaryAsync(m => m.Slug, Stop);
        Assert.All(
            Enumerable.Range(0, Leads),
            i =>
                Assert.Equal(
                    i == 1 ? ["Begun.", TextOf(i), "Too late."] : ["Begun.", TextOf(i)],
                    kept[$"rush-{i}"].Texts
                )
        );
        Assert.All(
            Enumerable.Range(0, Leads),
            i =>
                Assert.Equal(
                    i % 2 == 0 ? MicroconferenceStatus.Proposed : MicroconferenceStatus.Draft,
                    kept[$"rush-{i}"].Status
                )
        );
    }

    private static string TextOf(int lead) => $"What lead {lead} typed: *ünïcode*, `code` and {new string('x', 2000)}.";

    // By the port itself, as a browser's bytes go.
    private async Task<Browsing> SignInAsync(Person lead)
    {
        var browsing = new Browsing(
            new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
            {
                BaseAddress = _site.ClientOptions.BaseAddress,
            }
        );
        await browsing.SignInAsync(await _site.Given.AccountAsync(lead), Given.Password);
        return browsing;
    }

    private async Task<IReadOnlyList<Person>> BeginDraftsAsync()
    {
        var leads = new List<Person>();
        for (var i = 0; i < Leads; i++)
        {
            await _site.Given.MicroconferenceAsync(
                $"Rush {i}",
                MicroconferenceStatus.Draft,
                description: "Begun.",
                leads: [$"Rushing Lead {i}"]
            );
            leads.Add(await _site.Given.PersonAsync($"Rushing Lead {i}"));
        }

        return leads;
    }
}
