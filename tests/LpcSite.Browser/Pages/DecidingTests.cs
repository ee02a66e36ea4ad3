using System.Globalization;
using LpcSite.Browser.Fixture;
using LpcSite.Imports;
using LpcSite.Tests.Fixture;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LpcSite.Browser.Pages;

/// <summary>
/// The organizers' afternoon as in 2024: 26 proposals for 18 places, read by three reviewers; two become parts of
/// others, the rest is accepted in full, in half or without staffed A/V, and everybody learns of it in the same moment.
/// </summary>
public sealed class DecidingTests(BrowserFixture browser)
{
    private const string Conference = "calm";
    private const int Proposals = 26;
    private const int Places = 18;
    private const int Full = 14;
    private const int Half = 8;

    private static readonly string[] Reviewers = ["Rita Calm", "Rolf Calm", "Ruth Calm"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Afternoon_WithTwentySixProposals_EndsWithLettersAndAPublicResult()
    {
        await ProposeAsync();
        await using var organizer = await SignedInAsync(await browser.Site.Given.OrganizerAsync("Olga Calm"));
        await using var reader = await browser.ReaderAsync();
        await PrepareAsync(organizer);
        foreach (var name in Reviewers)
        {
            await using var reviewer = await SignedInAsync(await browser.Site.Given.ReviewerAsync(name, Conference));
            await ReviewAsync(reviewer);
            Findings.None(reviewer.Complaints);
        }

        await WeighAsync(organizer);
        await DecideAsync(organizer);
        await ShowsAsync(reader, accepted: 0);
        await WriteLettersAsync(organizer);
        await ShowsAsync(reader, accepted: 0);
        await PressAsync(organizer, $"Release all {Proposals} letters");
        await ShowsAsync(reader, accepted: Proposals - 2);
        await reader.OpenAsync($"/{Conference}/mc/{SlugOf(25)}");
        Assert.Equal($"/{Conference}/mc/{SlugOf(1)}", new Uri(reader.Page.Url).AbsolutePath);

        Findings.None([.. organizer.Complaints, .. reader.Complaints]);
    }

    // They come in as files, as a conference from elsewhere does; the first two have one lead.
    private async Task ProposeAsync()
    {
        var numbers = Enumerable.Range(1, Proposals).ToList();
        using var folder = FolderOnDisk
            .Small()
            .With(
                "conference.yaml",
                FolderOnDisk
                    .Conference.Replace("slug: pipes", $"slug: {Conference}", StringComparison.Ordinal)
                    .Replace(
                        "- bends",
                        string.Join('\n', numbers.Select(n => $"- {SlugOf(n)}")),
                        StringComparison.Ordinal
                    )
            )
            .Without("bends.md");
        foreach (var number in numbers)
        {
            folder.With(
                $"{SlugOf(number)}.md",
                FolderOnDisk
                    .Bends.Replace("title: Bends", $"title: {TitleOf(number)}", StringComparison.Ordinal)
                    .Replace("slug: bends", $"slug: {SlugOf(number)}", StringComparison.Ordinal)
                    .Replace("Ann Arbor", LeadOf(number), StringComparison.Ordinal)
                    .Replace("About bends.", $"What number {number} wants to discuss.", StringComparison.Ordinal)
            );
        }

        await using (var scope = browser.Site.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<ConferenceImport>().ImportAsync(folder.Path, null, Stop);
        }

        foreach (var name in numbers.Select(LeadOf).Distinct(StringComparer.Ordinal))
        {
            await browser.Site.Given.AccountAsync(await browser.Site.Given.PersonAsync(name));
        }

        foreach (var name in Reviewers)
        {
            await browser.Site.Given.ReviewerAsync(name, Conference);
        }

        browser.Site.ForgetPages();
    }

    private static async Task PrepareAsync(Reader organizer)
    {
        await organizer.OpenAsync($"/{Conference}/organize/criteria");
        await organizer.Page.GetByLabel("Name of criterion 1", new() { Exact = true }).FillAsync("Problems");
        await PressAsync(organizer, "Save the criteria");
        await organizer.OpenAsync($"/{Conference}/organize/reviewers");
        await organizer.Page.GetByLabel("Let each proposal be read by").FillAsync("2");
        await PressAsync(organizer, "Show a balanced share");
        await PressAsync(organizer, "Assign them");
        await ReadsAsync(organizer, "52 assignments are added.");
    }

    private static async Task ReviewAsync(Reader reviewer)
    {
        await reviewer.OpenAsync($"/{Conference}/review");
        await reviewer.Page.Locator("main .index a").First.ClickAsync();
        for (var number = 0; number < 2; number++)
        {
            await reviewer
                .Page.Locator("fieldset")
                .Filter(new() { HasText = "Problems" })
                .GetByLabel("4", new() { Exact = true })
                .CheckAsync();
            await reviewer
                .Page.GetByLabel("What you think of it", new() { Exact = true })
                .FillAsync("A secret opinion.");
            await PressAsync(reviewer, "Save your review");
            await ReadsAsync(reviewer, "Your review is saved.");
            await reviewer.Page.GetByText("Next to review:").GetByRole(AriaRole.Link).ClickAsync();
        }

        await Assertions.Expect(reviewer.Page.Locator("#review")).ToBeVisibleAsync();
    }

    private static async Task WeighAsync(Reader organizer)
    {
        await organizer.OpenAsync($"/{Conference}/organize/reviews?sort=mean");
        await Assertions.Expect(organizer.Page.Locator("tbody tr").First.Locator("td").First).ToHaveTextAsync("4.0");
        await organizer.OpenAsync($"/{Conference}/organize/compare");
        await organizer
            .Page.GetByRole(AriaRole.Link, new() { Name = $"{TitleOf(1)} and {TitleOf(2)}", Exact = true })
            .First.ClickAsync();
        await Assertions.Expect(organizer.Page.Locator(".two article")).ToHaveCountAsync(2);
        await organizer.OpenAsync($"/{Conference}/organize/decisions");
        await organizer.Page.GetByLabel("What if there were").FillAsync($"{Places}");
        await PressAsync(organizer, "Try");
        await PressAsync(organizer, $"Keep {Places} as the number of places");
    }

    // One too many at first, so that the bar goes red.
    private static async Task DecideAsync(Reader organizer)
    {
        for (var number = 1; number <= Proposals; number++)
        {
            await ChooseAsync(
                organizer,
                number,
                number switch
                {
                    <= Full + 1 => "Accept Full",
                    <= Full + Half => "Accept Half",
                    <= Proposals - 2 => "Accept NoAv",
                    _ => "Merge",
                }
            );
        }

        await organizer.Page.GetByLabel($"Merge {TitleOf(25)} into", new() { Exact = true }).FillAsync(SlugOf(1));
        await organizer.Page.GetByLabel($"Merge {TitleOf(26)} into", new() { Exact = true }).FillAsync(SlugOf(2));
        await PressAsync(organizer, "Save the tentative decisions");
        await ReadsAsync(organizer, "26 tentative decisions are saved.");
        await Assertions.Expect(organizer.Page.Locator("strong.problem")).ToHaveTextAsync($"18.5 of {Places} places");
        await ChooseAsync(organizer, Full + 1, "Accept Half");
        await PressAsync(organizer, "Save the tentative decisions");
        await Assertions
            .Expect(organizer.Page.Locator("main strong").First)
            .ToHaveTextAsync($"{Places} of {Places} places");
        await Assertions.Expect(organizer.Page.Locator("strong.problem, progress.over")).ToHaveCountAsync(0);
    }

    private static async Task WriteLettersAsync(Reader organizer)
    {
        await PressAsync(organizer, "Write the letters");
        await Assertions.Expect(organizer.Page.Locator("details.letter")).ToHaveCountAsync(Proposals);
        var merged = organizer
            .Page.Locator("details.letter")
            .Filter(new() { HasText = $"{TitleOf(26)} becomes a part of {TitleOf(2)}" });
        await merged.Locator("summary").ClickAsync();
        await Assertions.Expect(merged.Locator("pre")).ToContainTextAsync(TitleOf(2));
        await merged.GetByRole(AriaRole.Link).ClickAsync();
        await organizer.Page.GetByLabel("Text", new() { Exact = true }).FillAsync("Let us talk on the phone about it.");
        await PressAsync(organizer, "Save this letter");
        await organizer.OpenAsync($"/{Conference}/organize/release");
        await Assertions
            .Expect(organizer.Page.Locator("details.letter pre").Filter(new() { HasText = "on the phone" }))
            .ToHaveCountAsync(1);
    }

    private static async Task ShowsAsync(Reader reader, int accepted)
    {
        await reader.OpenAsync($"/{Conference}/mc?status=accepted");
        await Assertions.Expect(reader.Page.Locator("article.mc")).ToHaveCountAsync(accepted);
        Assert.DoesNotContain("secret opinion", await reader.Page.ContentAsync(), StringComparison.Ordinal);
    }

    private static async Task ChooseAsync(Reader organizer, int number, string verdict) =>
        await organizer
            .Page.GetByLabel($"Verdict on {TitleOf(number)}", new() { Exact = true })
            .SelectOptionAsync(verdict);

    private static Task PressAsync(Reader reader, string button) =>
        reader.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static Task ReadsAsync(Reader reader, string sentence) =>
        Assertions
            .Expect(reader.Page.GetByRole(AriaRole.Status).GetByText(sentence, new() { Exact = true }))
            .ToBeVisibleAsync();

    private static string TitleOf(int number) => string.Create(CultureInfo.InvariantCulture, $"Number {number:00}");

    private static string SlugOf(int number) => string.Create(CultureInfo.InvariantCulture, $"number-{number:00}");

    private static string LeadOf(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"Calm Lead {Math.Max(number, 2):00}");

    private async Task<Reader> SignedInAsync(LpcSite.People.Person person)
    {
        var reader = await browser.ReaderAsync();
        await reader.SignInAsync(await browser.Site.Given.AccountAsync(person), Given.Password);
        return reader;
    }
}
