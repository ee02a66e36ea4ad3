using LpcSite.Browser.Fixture;
using LpcSite.Microconferences;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NodaTime;

namespace LpcSite.Browser.Pages;

/// <summary>
/// A half-day from its call for topics to its slides, as leads and speakers go that way in a browser: a call, three who
/// submit, one of them late, a plan that does not fit at first, letters, answers, slides, and what everybody reads in
/// the end.
/// </summary>
public sealed class HalfDayTests(BrowserFixture browser)
{
    private const string Title = "Pipes and fittings";

    // Who sends which topics, 40 minutes each: 240 in all.
    private static readonly string[] Hers = ["Bends that leak", "Joints that leak"];
    private static readonly string[] His = ["Valves", "Pumps", "Gauges"];
    private const string Late = "Last words";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, InlineData(true, "halfday-scripted"), InlineData(false, "halfday-unscripted")]
    public async Task HalfDay_FromItsCallToItsSlides_IsMadeByItsLeadsAndSpeakers(bool script, string conference)
    {
        var path = await AcceptAsync(conference);
        await using var lead = await SignedInAsync($"Lore {conference}", script);
        await using var una = await SignedInAsync($"Una {conference}", script);
        await using var tom = await SignedInAsync($"Tom {conference}", script);
        await using var lara = await SignedInAsync($"Lara {conference}", script);
        await using var other = await SignedInAsync($"Otto {conference}", script);
        await using var reader = await browser.ReaderAsync();

        await OpenCallAsync(lead, path);
        await SubmitAsync(una, path, Hers);
        await SubmitAsync(tom, path, His);
        await SubmitAsync(lara, await CloseWithALateLinkAsync(lead, path), [Late]);
        await PlanAsync(lead, path);
        Assert.DoesNotContain(Hers[0], await TextAsync(reader, path), StringComparison.Ordinal);
        await ReleaseAsync(lead);
        await ConfirmAsync(una, Hers[0]);
        await ConfirmAsync(lara, Late);
        await UploadAsync(una);
        await ShowsAsync(reader, path, conference);
        Assert.Equal(
            (404, 404),
            (
                (await other.Reader.OpenAsync($"{path}/lead/topics")).Status,
                (await other.Reader.OpenAsync($"{path}/lead")).Status
            )
        );

        Findings.None([
            .. new[] { lead, una, tom, lara, other }.SelectMany(w => w.Reader.Complaints),
            .. reader.Complaints,
        ]);
    }

    private static async Task OpenCallAsync(Writer lead, string path)
    {
        await lead.Reader.OpenAsync($"{path}/lead/call");
        await lead.FillAsync("Opens", "2022-06-01T00:00");
        await lead.FillAsync("Closes", "2022-06-10T23:59");
        await lead.PressAsync("Save the call");
        await lead.ReadsAsync("The call is saved.");
        await lead.PressAsync("by a week");
        await lead.ReadsAsync("The call is extended.");
    }

    private static async Task SubmitAsync(Writer author, string path, string[] titles)
    {
        foreach (var title in titles)
        {
            await author.Reader.OpenAsync(path.Contains("/submit", StringComparison.Ordinal) ? path : $"{path}/submit");
            await author.FillAsync("Title", title);
            await author.Page.GetByRole(AriaRole.Textbox, new() { Name = "The problem", Exact = true }).FocusAsync();
            await author.Page.Keyboard.PressAsync("ControlOrMeta+a");
            await author.Page.Keyboard.PressAsync("Delete");
            await author.Page.Keyboard.InsertTextAsync($"What is wrong with {title.ToLowerInvariant()}.");
            await author.FillAsync("Minutes", "40");
            await author.PressAsync("Submit it to the leads");
            await author.ReadsAsync("It has come in. The leads are told, and you have it in writing.");
        }
    }

    private static async Task<string> CloseWithALateLinkAsync(Writer lead, string path)
    {
        await lead.Reader.OpenAsync($"{path}/lead/call");
        await lead.PressAsync("Close it now");
        await lead.PressAsync("Make a late link");
        return new Uri(await lead.Page.Locator("main code").First.InnerTextAsync()).PathAndQuery;
    }

    // 240 minutes into 180: then two become one, and one has no place.
    private async Task PlanAsync(Writer lead, string path)
    {
        await lead.Reader.OpenAsync($"{path}/lead/topics");
        foreach (var title in new[] { Hers[0], Hers[1], His[0], His[1], His[2], Late })
        {
            await ChooseAsync(lead, title, "Accept");
        }

        await lead.PressAsync("Save the plan");
        await lead.ReadsAsync("6 changes of the plan are saved.");
        await Assertions.Expect(lead.Page.Locator("main strong.problem")).ToHaveTextAsync("240 of 180 minutes");
        await ChooseAsync(lead, Hers[1], "Merge");
        await lead.FillAsync($"Topic of which {Hers[1]} becomes a part", $"{await NumberAsync(Hers[0], path)}");
        await ChooseAsync(lead, His[2], "Decline");
        await lead.FillAsync($"Minutes of {His[1]}", "30");
        await lead.PressAsync("Save the plan");
        await Assertions.Expect(lead.Page.Locator("main strong").First).ToHaveTextAsync("150 of 180 minutes");
        await Assertions.Expect(lead.Page.Locator("main strong.problem")).ToHaveCountAsync(0);
        await lead.PressAsync("Write the letters");
    }

    private static async Task ReleaseAsync(Writer lead)
    {
        await Assertions.Expect(lead.Page.Locator("details.letter")).ToHaveCountAsync(6);
        var merged = lead.Page.Locator("details.letter").Filter(new() { HasText = $"Topic: {Hers[1]}" });
        await merged.Locator("summary").ClickAsync();
        await Assertions.Expect(merged.Locator("pre")).ToContainTextAsync(Hers[0]);
        await lead.PressAsync("Release all 6 letters");
        await lead.ReadsAsync("6 letters are on the way, and the decisions hold.");
    }

    private static async Task ConfirmAsync(Writer speaker, string title)
    {
        await speaker.Reader.OpenAsync("/my");
        await speaker.Page.Locator("main a", new() { HasTextString = $"Confirm that you speak: {title}" }).ClickAsync();
        await speaker.PressAsync("Yes, in person");
    }

    private static async Task UploadAsync(Writer speaker)
    {
        await speaker.Reader.OpenAsync("/my");
        await speaker.Page.Locator("main a", new() { HasTextString = $"Upload slides: {Hers[0]}" }).ClickAsync();
        await speaker
            .Page.Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "bends.pdf",
                    MimeType = "application/pdf",
                    Buffer = "%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"u8.ToArray(),
                }
            );
        await speaker.PressAsync("Upload slides");
    }

    private static async Task ShowsAsync(Reader reader, string path, string conference)
    {
        await reader.OpenAsync(path);
        var topics = reader.Page.Locator(".topics > li");
        await Assertions.Expect(topics).ToHaveCountAsync(4);
        var merged = topics.Filter(new() { HasText = Hers[0] });
        await Assertions
            .Expect(merged.GetByRole(AriaRole.Link, new() { Name = $"Una {conference}" }))
            .ToBeVisibleAsync();
        await Assertions.Expect(merged).ToContainTextAsync($"What is wrong with {Hers[1].ToLowerInvariant()}.");
        var slides = merged.Locator("a[href^='/materials/']");
        var file = await reader.Page.APIRequest.GetAsync((await slides.GetAttributeAsync("href"))!);
        Assert.Equal((200, "application/pdf"), (file.Status, file.Headers["content-type"]));
        Assert.DoesNotContain(His[2], await TextAsync(reader, path), StringComparison.Ordinal);
    }

    private static async Task ChooseAsync(Writer lead, string title, string verdict) =>
        await lead.Page.GetByLabel($"Plan for {title}", new() { Exact = true }).SelectOptionAsync(verdict);

    private static async Task<string> TextAsync(Reader reader, string path)
    {
        await reader.OpenAsync(path);
        return await reader.Page.Locator("main").InnerTextAsync();
    }

    private async Task<string> AcceptAsync(string conference)
    {
        await browser.Site.Given.ConferenceAsync(conference, startsOn: new LocalDate(2021, 9, 20));
        await browser.Site.Given.MicroconferenceAsync(
            "Elsewhere",
            MicroconferenceStatus.Accepted,
            conference,
            leads: [$"Otto {conference}"]
        );
        return (
            await browser.Site.Given.MicroconferenceAsync(
                Title,
                MicroconferenceStatus.Accepted,
                conference,
                leads: [$"Lore {conference}"],
                form: SessionForm.Full
            )
        ).Path;
    }

    private async Task<int> NumberAsync(string title, string path)
    {
        await using var db = browser.Site.OpenDatabase();
        var slug = path.Split('/')[^1];
        return await db
            .Topics.Where(t =>
                t.Title == title
                && db.Microconferences.Any(m =>
                    m.Id == t.MicroconferenceId
                    && m.Slug == slug
                    && m.Conference.Slug == path.Split('/', StringSplitOptions.None)[1]
                )
            )
            .Select(t => t.Id)
            .SingleAsync(Stop);
    }

    private async Task<Writer> SignedInAsync(string name, bool script)
    {
        var writer = new Writer(
            browser,
            await browser.ReaderAsync(choose: options => options.JavaScriptEnabled = script),
            name
        );
        await writer.Reader.SignInAsync(
            await browser.Site.Given.AccountAsync(await browser.Site.Given.PersonAsync(name)),
            Given.Password
        );
        return writer;
    }
}
