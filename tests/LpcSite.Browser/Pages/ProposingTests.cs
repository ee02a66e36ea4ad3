using System.Xml.Linq;
using LpcSite.Browser.Fixture;
using LpcSite.Tests.Fixture;
using Microsoft.Playwright;
using NodaTime;

namespace LpcSite.Browser.Pages;

/// <summary>
/// The whole way of a proposal, from a stranger who registers to strangers who read it, as it is gone in a browser.
/// </summary>
public sealed class ProposingTests(BrowserFixture browser)
{
    private const string Title = "Zwitterions in the scheduler";
    private const string First = "Zwitterions are runnable and asleep at once.";
    private const string Middle = "Nobody has traced one to its end.";
    private const string Last = "We need the people who wake them.";
    private const string Hers = " We count three kinds.";
    private const string His = " They said that they come.";

    private static readonly string[] Written = [First + Hers, Middle, Last + His];

    // Other people each time: an invited name that the site knows is the person that it knows.
    [
        Theory,
        InlineData(true, "scripted", "Zoe Zwitter", "Ian Ion"),
        InlineData(false, "unscripted", "Zeno Zwitter", "Iona Ion")
    ]
    public async Task Proposal_WrittenByTwoAtOnce_LosesNothingAndIsReadAtTheNextRequest(
        bool script,
        string conference,
        string leads,
        string joins
    )
    {
        await OpenCallAsync(conference);
        await using var lead = await WriterAsync(leads, script);
        await using var other = await WriterAsync(joins, script);
        await using var early = await browser.ReaderAsync();

        await RegisterAsync(lead);
        var path = await KeepDraftAsync(lead, conference, script);
        await InviteAsync(lead, other, path);
        await EditAtOnceAsync(lead, other, path);
        await FindsNothingAsync(early, path);
        await ProposeAsync(lead, path);
        await using var reader = await browser.ReaderAsync();
        await FindsAsync(reader, path, [leads, joins]);

        Findings.None([
            .. lead.Reader.Complaints,
            .. other.Reader.Complaints,
            .. early.Complaints,
            .. reader.Complaints,
        ]);
    }

    private static async Task RegisterAsync(Writer lead)
    {
        await lead.Reader.OpenAsync("/account/register");
        await lead.FillAsync("Mail address", lead.Mail);
        await lead.PressAsync("Register");
        await Assertions
            .Expect(lead.Page.GetByRole(AriaRole.Status))
            .ToContainTextAsync($"A letter is on its way to {lead.Mail}.");

        await lead.FollowAsync("Confirm your address");
        await lead.FillAsync("Name", lead.Name);
        await lead.FillAsync("Password", Given.Password);
        await lead.PressAsync("Confirm and sign in");
        await lead.ReadsAsync("Your address is confirmed, and you are signed in.");
        await lead.Page.GetByRole(AriaRole.Link, new() { Name = "Sign out" }).ClickAsync();
        await lead.PressAsync("Sign out");
    }

    // Signs in on the way, as somebody does who followed the link in the announcement.
    private static async Task<string> KeepDraftAsync(Writer lead, string conference, bool script)
    {
        await lead.Reader.OpenAsync($"/{conference}/mc/propose");
        await lead.FillAsync("Mail address", lead.Mail);
        await lead.FillAsync("Password", Given.Password);
        await lead.PressAsync("Sign in");
        await lead.FillAsync("Title", Title);
        await Assertions.Expect(lead.Page.Locator(".cm-content")).ToHaveCountAsync(script ? 2 : 0);
        await lead.TypeAsync($"{First}\n\n{Middle}\n\n{Last}", "ControlOrMeta+a");
        await lead.PressAsync("Keep as a draft");
        await lead.ReadsAsync("Your draft is kept. Only its leads and the organizers see it.");
        return new Uri(lead.Page.Url).AbsolutePath;
    }

    private static async Task InviteAsync(Writer lead, Writer other, string path)
    {
        await lead.Page.GetByRole(AriaRole.Link, new() { Name = "Leads", Exact = true }).ClickAsync();
        await lead.FillAsync("Name", other.Name);
        await lead.FillAsync("Mail address", other.Mail);
        await lead.PressAsync("Invite");
        await lead.ReadsAsync($"A letter is on its way to {other.Mail}.");

        await other.FollowAsync($"Lead {Title} at P {path.Split('/')[1]}?");
        await other.FillAsync("Password", Given.Password);
        await other.PressAsync("Accept");
        await other.ReadsAsync($"You lead {Title} now.");
    }

    // Both open the form before either saves.
    private static async Task EditAtOnceAsync(Writer lead, Writer other, string path)
    {
        await lead.Reader.OpenAsync($"{path}/edit");
        await other.Reader.OpenAsync($"{path}/edit");
        await lead.TypeAsync(Hers, "ControlOrMeta+Home", "End");
        await other.TypeAsync(His, "ControlOrMeta+End");

        await lead.PressAsync("Save the draft");
        await lead.ReadsAsync("Saved.");
        await other.PressAsync("Save the draft");
        await Assertions
            .Expect(other.Page.GetByRole(AriaRole.Heading, new() { Name = "Somebody saved first" }))
            .ToBeVisibleAsync();
        await Assertions
            .Expect(other.Page.Locator(".merge ins"))
            .ToHaveTextAsync([$"(added:){His}", $"(added:){Hers}"]);
        Assert.Equal(
            string.Join("\n\n", Written),
            await other.Page.Locator("[name='Input.Description']").InputValueAsync()
        );

        // What they typed is in the merge: it is not offered once more.
        await other.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Assertions.Expect(other.Page.Locator(".unsaved")).ToHaveCountAsync(0);

        await other.PressAsync("Save the draft");
        await other.ReadsAsync("Saved.");
        Assert.Equal(Written, await ParagraphsAsync(other.Page));
    }

    private static async Task ProposeAsync(Writer lead, string path)
    {
        await lead.Reader.OpenAsync($"{path}/edit");
        await lead.PressAsync("Save and propose");
        await lead.ReadsAsync("It is proposed, and public from now on. You can go on changing it.");
    }

    // Also puts the pages that will change into the site's store, where a stale one would be found afterwards.
    private static async Task FindsNothingAsync(Reader reader, string path)
    {
        var list = path[..path.LastIndexOf('/')];
        Assert.Equal(
            (404, 404),
            ((await reader.OpenAsync(path)).Status, (await reader.Page.APIRequest.GetAsync($"{path}.md")).Status)
        );
        Assert.Empty(await EntriesAsync(reader, list));
        await reader.OpenAsync(list);
        await Assertions.Expect(reader.Page.Locator("article.mc")).ToHaveCountAsync(0);
        Assert.Empty(await SearchAsync(reader, list.Split('/')[1]));
    }

    private static async Task FindsAsync(Reader reader, string path, string[] leads)
    {
        var list = path[..path.LastIndexOf('/')];
        await reader.OpenAsync(list);
        Assert.Equal([Title], await reader.Page.Locator("article.mc h2").AllInnerTextsAsync());
        await reader.Page.Locator("article.mc h2 a").ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync(Title);
        Assert.Equal(Written, await ParagraphsAsync(reader.Page));
        Assert.Equal(leads, await reader.Page.Locator(".led .people a").AllInnerTextsAsync());
        Assert.Contains(
            $"\n\n{string.Join("\n\n", Written)}\n",
            await (await reader.Page.APIRequest.GetAsync($"{path}.md")).TextAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal([Title], await EntriesAsync(reader, list));
        Assert.Equal([Title], await SearchAsync(reader, list.Split('/')[1]));
    }

    private static async Task<IReadOnlyList<string>> ParagraphsAsync(IPage page) =>
        await page.Locator("main .led + .prose > p").AllInnerTextsAsync();

    private static async Task<string[]> EntriesAsync(Reader reader, string list)
    {
        var feed = XDocument.Parse(await (await reader.Page.APIRequest.GetAsync($"{list}.atom")).TextAsync());
        XNamespace atom = "http://www.w3.org/2005/Atom";
        return [.. feed.Root!.Elements(atom + "entry").Select(entry => entry.Element(atom + "title")!.Value)];
    }

    private static async Task<IReadOnlyList<string>> SearchAsync(Reader reader, string conference)
    {
        await reader.OpenAsync($"/{conference}/search");
        await reader.Page.GetByRole(AriaRole.Searchbox).FillAsync("runnable zwitterions");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        return await reader.Page.Locator(".found a").AllInnerTextsAsync();
    }

    private async Task OpenCallAsync(string conference)
    {
        var now = browser.Site.Clock.GetCurrentInstant();
        await browser.Site.Given.ConferenceAsync(conference, startsOn: new LocalDate(2021, 9, 20));
        await browser.Site.Given.CallAsync(
            now - Duration.FromDays(1),
            now + Duration.FromDays(9),
            "Etc/GMT+12",
            conference: conference
        );
    }

    private async Task<Writer> WriterAsync(string name, bool script) =>
        new(browser, await browser.ReaderAsync(choose: options => options.JavaScriptEnabled = script), name);
}
