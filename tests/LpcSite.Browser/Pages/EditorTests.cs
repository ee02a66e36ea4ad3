using LpcSite.Browser.Fixture;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LpcSite.Browser.Pages;

/// <summary>
/// What the editor adds to a form. The page is a form in the site's markup put in place of an answer; its headers,
/// styles, script and endpoints are the site's own, and so is the sign-in.
/// </summary>
public sealed class EditorTests(BrowserFixture browser)
{
    private const string Path = "/2022/mc/vfio-iommu-pci/edit";
    private const string Limit = "120";

    private static readonly string[] Titles = ["one", "two", "three"];
    private static readonly string[] Shortcuts =
    [
        "Bold",
        "Italic",
        "Link",
        "List",
        "Quote",
        "Code",
        "Heading",
        "Preview",
        "Check links",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Textarea_WithMarkdown_BecomesAnEditorThatBreaksNoRuleAndKeepsTheField()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();

        await lead.Page.GetByText("Description", new() { Exact = true }).ClickAsync();
        await lead.Page.Keyboard.PressAsync("ControlOrMeta+End");
        await lead.Page.Keyboard.TypeAsync(" More.");

        await Assertions.Expect(lead.Editor).ToBeFocusedAsync();
        await Assertions.Expect(lead.Editor).ToHaveAccessibleNameAsync("Description");
        await Assertions.Expect(lead.Editor).ToHaveAccessibleDescriptionAsync("Markdown. 17 of 120 characters");
        Assert.Equal("First text. More.", await lead.FieldAsync());
        Assert.Equal(
            Shortcuts,
            await lead.Page.GetByRole(AriaRole.Toolbar).First.Locator("button").AllInnerTextsAsync()
        );
        Assert.True(
            await lead.Page.EvaluateAsync<bool>(
                "() => getComputedStyle(document.querySelector('.cm-scroller')).display.includes('flex')"
            )
        );
        Findings.None(await lead.Page.EvaluateAsync<string[]>("() => broken"));
        Findings.None(lead.Complaints);
    }

    [Fact]
    public async Task Shortcuts_OnTheWordAtTheCursor_WriteMarkdownAndTakeItBack()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();
        await lead.SetAsync("word");

        await lead.PressAsync("ControlOrMeta+b");
        Assert.Equal("**word**", await lead.FieldAsync());
        await lead.PressAsync("ControlOrMeta+i");
        Assert.Equal("***word***", await lead.FieldAsync());
        await lead.PressAsync("ControlOrMeta+i", "ControlOrMeta+b");
        Assert.Equal("word", await lead.FieldAsync());
        await lead.PressAsync("ControlOrMeta+k");
        await lead.Page.Keyboard.TypeAsync("https://example.org");
        Assert.Equal("[word](https://example.org)", await lead.FieldAsync());
    }

    [Theory]
    [
        InlineData("Bold", "**one**"),
        InlineData("Italic", "*one*"),
        InlineData("Code", "`one`"),
        InlineData("List", "- one"),
        InlineData("Quote", "> one"),
        InlineData("Heading", "## one")
    ]
    [InlineData("Link", "[one](https://)")]
    public async Task Toolbar_ByKeyboard_WritesMarkdown(string word, string expected)
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();
        await lead.SetAsync("one");

        await lead.Page.Keyboard.PressAsync("Shift+Tab");
        for (var i = 0; i < Array.IndexOf(Shortcuts, word); i++)
        {
            await lead.Page.Keyboard.PressAsync("ArrowRight");
        }

        await lead.Page.Keyboard.PressAsync("Enter");

        Assert.Equal(expected, await lead.FieldAsync());
        await Assertions.Expect(lead.Editor).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Enter_InAList_GoesOnAndThenEnds()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();
        await lead.SetAsync("1. one");

        await lead.PressAsync("Enter");
        await lead.Page.Keyboard.TypeAsync("two");
        await lead.PressAsync("Enter", "Enter");
        await lead.Page.Keyboard.TypeAsync("after");

        Assert.Equal("1. one\n2. two\nafter", await lead.FieldAsync());
    }

    [Fact]
    public async Task Tab_LeavesTheEditor()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();
        await lead.Editor.FocusAsync();

        await lead.PressAsync("Tab");

        await Assertions.Expect(lead.Page.Locator("[name='Input.Topics[0].Title']")).ToBeFocusedAsync();
        Assert.Equal("First text.", await lead.FieldAsync());
    }

    [Fact]
    public async Task Count_OverTheLimit_SaysHowManyAreTooMany()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();
        var count = lead.Page.Locator(".count").First;

        await Assertions.Expect(count).ToHaveTextAsync("11 of 120 characters");
        await lead.SetAsync(new string('a', 110));
        await Assertions.Expect(count).ToHaveTextAsync("110 of 120 charactersThe text is close to its limit.");
        await lead.SetAsync(new string('a', 123));
        await Assertions.Expect(count).ToHaveTextAsync("123 of 120 characters: 3 too manyThe text is too long.");
    }

    [Fact]
    public async Task Save_ByShortcut_SubmitsTheFormWithTheEditorsText()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();
        await lead.SetAsync("To be saved");

        var request = await lead.Page.RunAndWaitForRequestAsync(
            () => lead.PressAsync("ControlOrMeta+s"),
            r => r.Method == "POST" && r.Url.EndsWith(Path, StringComparison.Ordinal)
        );

        Assert.Contains("Input.Description=To+be+saved", request.PostData, StringComparison.Ordinal);
        Assert.DoesNotContain("change=", request.PostData, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_OfARequiredTextThatIsEmpty_SaysSoAndGoesThere()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();
        await lead.SetAsync("");

        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Assertions.Expect(lead.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Assertions.Expect(lead.Editor).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Preview_WhileTyping_ShowsWhatTheSiteRenders()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();

        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).First.ClickAsync();
        await lead.SetAsync("**bold** and [link](https://example.org)");

        await Assertions.Expect(lead.Page.Locator(".preview strong")).ToHaveTextAsync("bold");
        await Assertions.Expect(lead.Page.Locator(".preview a")).ToHaveAttributeAsync("href", "https://example.org");
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).First.ClickAsync();
        await Assertions.Expect(lead.Page.Locator(".preview")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task CheckLinks_OfAnAddressInside_SaysThatItWasNotAsked()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();
        await lead.SetAsync("<http://127.0.0.1:9/>");

        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Check links" }).First.ClickAsync();

        await Assertions
            .Expect(lead.Page.Locator(".checked li"))
            .ToHaveTextAsync("http://127.0.0.1:9/ Its address is not a public one, so it was not asked.");
        Findings.None(lead.Complaints);
    }

    [Fact]
    public async Task Paste_OfFormattedText_BecomesMarkdownOnRequest()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();
        await lead.SetAsync("");

        await lead.PasteAsync(
            "Heading\nSome bold and italic words.\nOne\nTwo\nInner",
            "<h1>Heading</h1>"
                + "<p>Some <b>bold </b>and <i>italic</i> <a href='https://example.org/a_(b)'>words</a>.</p>"
                + "<ul><li>One</li><li>Two<ol><li>Inner</li></ol></li></ul>"
                + "<pre>a  b</pre><blockquote><p>Said</p></blockquote><script>alert(1)</script>"
        );
        Assert.Equal("Heading\nSome bold and italic words.\nOne\nTwo\nInner", await lead.FieldAsync());
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Turn into Markdown" }).ClickAsync();

        Assert.Equal(
            "## Heading\n\nSome **bold** and *italic* [words](https://example.org/a_%28b%29).\n\n- One\n- Two\n  1. "
                + "Inner\n\n```\na  b\n```\n\n> Said",
            await lead.FieldAsync()
        );
        await lead.PressAsync("ControlOrMeta+z");
        Assert.StartsWith("Heading\nSome bold", await lead.FieldAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paste_OfBullets_BecomesAList()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();
        await lead.SetAsync("");

        await lead.PasteAsync("• One\n• Two", null);
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Turn into Markdown" }).ClickAsync();

        Assert.Equal("- One\n- Two", await lead.FieldAsync());
    }

    [Fact]
    public async Task Rows_MovedByButtonAndByKeyboard_KeepFocusAndAreRenumbered()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();
        var second = lead.Page.Locator("li", new() { Has = lead.Page.Locator("[value='two']") });

        await second.GetByRole(AriaRole.Button, new() { Name = "Up" }).ClickAsync();
        Assert.Equal(["two", "one", "three"], await lead.TopicsAsync());
        await Assertions.Expect(second.GetByRole(AriaRole.Button, new() { Name = "Up" })).ToBeFocusedAsync();
        await Assertions.Expect(lead.Page.Locator(".moved")).ToHaveTextAsync("Moved to position 1 of 3.");

        await second.GetByRole(AriaRole.Textbox).FocusAsync();
        await lead.PressAsync("Alt+ArrowDown", "Alt+ArrowDown");
        Assert.Equal(["one", "three", "two"], await lead.TopicsAsync());
        await Assertions.Expect(second.GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();
        await Assertions.Expect(second.GetByLabel("Title")).ToHaveAttributeAsync("id", "Input_Topics_2__Title");
        await Assertions
            .Expect(second.GetByRole(AriaRole.Button, new() { Name = "Down" }))
            .ToHaveAttributeAsync("value", "down Topics 2");
    }

    [Fact]
    public async Task Rows_AddedRemovedAndBroughtBack_AskNobody()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();
        var asked = lead.Requests.Count(url => url.EndsWith(Path, StringComparison.Ordinal));

        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Add a topic" }).ClickAsync();
        await lead.Page.Keyboard.TypeAsync("four");
        await lead.Page.Locator("[value='remove Topics 0']").ClickAsync();
        Assert.Equal(["two", "three", "four"], await lead.TopicsAsync());
        await Assertions.Expect(lead.Page.Locator("[value='remove Topics 0']")).ToBeFocusedAsync();

        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        Assert.Equal(["one", "two", "three", "four"], await lead.TopicsAsync());
        Assert.Equal(asked, lead.Requests.Count(url => url.EndsWith(Path, StringComparison.Ordinal)));
        Findings.None(lead.Complaints);
    }

    [Fact]
    public async Task Rows_DraggedByTheirHandle_TakeTheirNewPlace()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();
        var handles = lead.Page.Locator(".handle");
        await handles.Nth(2).ScrollIntoViewIfNeededAsync();
        var from = (await handles.First.BoundingBoxAsync())!;
        var last = (await lead.Page.Locator(".editable > li").Nth(2).BoundingBoxAsync())!;

        await lead.Page.Mouse.MoveAsync(from.X + 5, from.Y + 5);
        await lead.Page.Mouse.DownAsync();
        await lead.Page.Mouse.MoveAsync(from.X + 5, last.Y + last.Height - 2, new() { Steps = 20 });
        await lead.Page.Mouse.UpAsync();

        Assert.Equal(["two", "three", "one"], await lead.TopicsAsync());
        await Assertions.Expect(lead.Page.Locator(".moved")).ToHaveTextAsync("Moved to position 3 of 3.");
    }

    [Fact]
    public async Task Typing_IsKeptAndOfferedAfterACrash()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();
        await lead.SetAsync("Half a thought");
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Add a topic" }).ClickAsync();
        await lead.Page.Keyboard.TypeAsync("four");
        await Assertions.Expect(lead.Page.Locator(".keeping")).ToContainTextAsync("Kept ", new() { Timeout = 10_000 });

        // Another browser of the same person: only the site can know.
        await lead.Page.EvaluateAsync("() => localStorage.clear()");
        await lead.OpenAsync();
        await Assertions.Expect(lead.Page.Locator(".unsaved p")).ToContainTextAsync("You have unsaved text from ");
        Assert.Equal("First text.", await lead.FieldAsync());
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();

        Assert.Equal("Half a thought", await lead.FieldAsync());
        Assert.Equal(["one", "two", "three", "four"], await lead.TopicsAsync());
        Findings.None(lead.Complaints);
    }

    [Fact]
    public async Task Typing_WithoutTheSite_IsKeptInTheBrowserAndThrownAwayOnRequest()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();
        await lead.Page.RouteAsync("**/working", route => route.AbortAsync());
        await lead.SetAsync("On a train");
        await Assertions
            .Expect(lead.Page.Locator(".keeping"))
            .ToHaveTextAsync("Offline: kept in this browser.", new() { Timeout = 10_000 });

        await lead.OpenAsync();
        await Assertions.Expect(lead.Page.Locator(".unsaved p")).ToContainTextAsync("You have unsaved text from ");
        await lead.Page.UnrouteAsync("**/working");
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Throw away" }).ClickAsync();
        await Assertions.Expect(lead.Page.Locator(".unsaved")).ToHaveCountAsync(0);
        await lead.OpenAsync();
        await lead.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        await Assertions.Expect(lead.Page.Locator(".unsaved")).ToHaveCountAsync(0);
        Assert.Equal("First text.", await lead.FieldAsync());
    }

    [Fact]
    public async Task Typing_BeforeDeciding_IsKeptBesideWhatWasKept()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();
        await lead.SetAsync("The good one");
        await Assertions.Expect(lead.Page.Locator(".keeping")).ToContainTextAsync("Kept ", new() { Timeout = 10_000 });

        await lead.OpenAsync();
        await Assertions.Expect(lead.Page.Locator(".unsaved")).ToBeVisibleAsync();
        await lead.SetAsync("Typed without looking");
        await Assertions.Expect(lead.Page.Locator(".keeping")).ToContainTextAsync("Kept ", new() { Timeout = 10_000 });
        await lead.OpenAsync();
        await Assertions.Expect(lead.Page.Locator(".unsaved")).ToBeVisibleAsync();
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        Assert.Equal("Typed without looking", await lead.FieldAsync());
        await lead.OpenAsync();
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Throw away" }).ClickAsync();
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();

        Assert.Equal("The good one", await lead.FieldAsync());
    }

    [Fact]
    public async Task Saved_Text_IsOfferedNoMore()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();
        await lead.SetAsync("Saved in the end");
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await lead.Page.WaitForURLAsync("**/mc/vfio-iommu-pci");

        // What the page does when it saves.
        await using (var db = browser.Site.OpenDatabase())
        {
            await db.WorkingTexts.Where(w => w.Person.Name == lead.Name).ExecuteDeleteAsync(Stop);
        }

        await lead.OpenAsync();
        await lead.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        await Assertions.Expect(lead.Page.Locator(".unsaved")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Two_WhoEditTheSame_SeeEachOther()
    {
        await using var one = await LeadAsync();
        await using var two = await LeadAsync();

        await one.OpenAsync();
        await one.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await two.OpenAsync();

        await Assertions.Expect(two.Page.Locator(".others")).ToContainTextAsync(one.Name);
        await Assertions.Expect(two.Page.Locator(".others")).ToContainTextAsync("editing too.");
    }

    [Fact]
    public async Task Form_OnPhoneAndDesktopByDayAndNight_HasNoViolationAndNoSidewaysScroll()
    {
        await using var lead = await LeadAsync();
        await lead.OpenAsync();
        await lead.SetAsync(
            "# Heading\n\n**bold** *italic* [link](https://example.org)\n\n- one\n- two\n\n> said `code`\n"
        );
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).First.ClickAsync();
        await Assertions.Expect(lead.Page.Locator(".preview strong")).ToHaveTextAsync("bold");
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).First.ClickAsync();
        await lead.PasteAsync("• One", null);
        var violations = new List<string>();

        foreach (var screen in Screen.All)
        {
            await lead.Reader.ShowOnAsync(screen);
            await Screenshots.TakeAsync(lead.Page, "editor", screen);
            violations.AddRange(await Axe.ViolationsAsync(lead.Page, screen));
            Assert.True(
                await lead.Page.EvaluateAsync<bool>(
                    "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
                ),
                screen.Name
            );
        }

        Findings.None(violations);
        Findings.None(await lead.Page.EvaluateAsync<string[]>("() => broken"));
    }

    // Each test has its own lead, so that none finds what another left behind.
    private async Task<Writer> LeadAsync()
    {
        var name = $"Lead {Guid.NewGuid():N}";
        var person = await browser.Site.Given.OrganizerAsync(name);
        var mail = await browser.Site.Given.AccountAsync(person);
        var reader = await browser.ReaderAsync(Screen.Desktop);
        await reader.SignInAsync(mail, Given.Password);
        var token = await reader.TokenAsync("/account/sign-out");
        await reader.Page.AddInitScriptAsync(
            "globalThis.broken = []; addEventListener('securitypolicyviolation', e => "
                + "broken.push(`${e.effectiveDirective}: ${e.blockedURI} ${e.sample}`));"
        );
        var policy = (await reader.Page.APIRequest.GetAsync("/2022/mc/vfio-iommu-pci")).Headers[
            "content-security-policy"
        ];
        var headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["content-type"] = "text/html; charset=utf-8",
            ["content-security-policy"] = policy,
        };
        await reader.Page.RouteAsync(
            $"**{Path}",
            route =>
                route.Request.Method == "GET"
                    ? route.FulfillAsync(new() { Body = Form(token, name), Headers = headers })
                    : route.FulfillAsync(
                        new()
                        {
                            Status = 302,
                            Headers = new Dictionary<string, string>(StringComparer.Ordinal)
                            {
                                ["location"] = "/2022/mc/vfio-iommu-pci",
                            },
                        }
                    )
        );
        return new Writer(reader, name);
    }

    private static string Form(string token, string name) =>
        $"""
            <!doctype html><html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1"><title>Edit VFIO</title>
            <meta name="color-scheme" content="light dark"><link rel="icon" href="/favicon.svg">
            <link rel="stylesheet" href="/site.css"><link rel="stylesheet" href="/editor.css">
            <script type="module" src="/editor.js"></script></head>
            <body><header class="site"><nav class="mine" aria-label="Yours"><a href="/my">{name}</a></nav></header>
            <main id="content"><div class="form wide"><h1>Edit VFIO</h1>
            <form method="post" data-working="/2022/mc/vfio-iommu-pci/working" data-based-on="1">
            <input type="hidden" name="__RequestVerificationToken" value="{token}">
            <input type="hidden" name="Input.BasedOn" value="1">
            <div class="field"><label for="Input_Description">Description</label>
            <span class="hint" id="description-hint">Markdown.</span>
            <textarea id="Input_Description" name="Input.Description" aria-describedby="description-hint" required
            data-markdown data-limit="{Limit}" data-preview="/2022/mc/preview">First text.</textarea></div>
            <h2>Topics</h2><ol data-list="Input.Topics" class="editable">{string.Concat(
                Titles.Select((title, i) => Row(i.ToString(null, null), title))
            )}</ol>
            <p><button name="change" value="add Topics" class="plain">Add a topic</button></p>
            <template data-row="Input.Topics">{Row("__index__", "")}</template>
            <p class="keeping" role="status" hidden></p><p class="others" role="status" hidden></p>
            <div class="actions"><button>Save</button></div></form></div></main></body></html>
            """;

    private static string Row(string index, string title) =>
        $"""
            <li><div class="field"><label for="Input_Topics_{index}__Title">Title</label>
            <input id="Input_Topics_{index}__Title" name="Input.Topics[{index}].Title" value="{title}"></div>
            <div class="actions"><button name="change" value="up Topics {index}" class="plain small">Up</button>
            <button name="change" value="down Topics {index}" class="plain small">Down</button>
            <button name="change" value="remove Topics {index}" class="plain small">Remove</button></div></li>
            """;

    /// <summary>A lead at the form.</summary>
    private sealed class Writer(Reader reader, string name) : IAsyncDisposable
    {
        public Reader Reader => reader;
        public IPage Page => reader.Page;
        public string Name => name;
        public IReadOnlyCollection<string> Complaints => reader.Complaints;
        public IReadOnlyCollection<string> Requests => reader.Requests;
        public ILocator Editor => Page.Locator(".cm-content").First;

        public async Task OpenAsync()
        {
            await reader.OpenAsync(Path);
            await Assertions.Expect(Editor).ToBeVisibleAsync();
        }

        public Task<string> FieldAsync() => Page.Locator("textarea").First.InputValueAsync();

        /// <summary>What the server would read: the titles in the order of their numbers.</summary>
        public Task<string[]> TopicsAsync() =>
            Page.EvaluateAsync<string[]>(
                "() => [...new FormData(document.forms[0])].filter(([name]) => "
                    + "/^Input\\.Topics\\[\\d+\\]\\.Title$/.test(name)).sort(([a], [b]) => a < b ? -1 : 1).map(([, "
                    + "value]) => value)"
            );

        public async Task SetAsync(string text)
        {
            await Editor.FocusAsync();
            await PressAsync("ControlOrMeta+a", "Delete");
            await Page.Keyboard.InsertTextAsync(text);
        }

        public async Task PressAsync(params string[] keys)
        {
            foreach (var key in keys)
            {
                await Page.Keyboard.PressAsync(key);
            }
        }

        public async Task PasteAsync(string plain, string? html) =>
            await Editor.EvaluateAsync(
                """
                (editor, [plain, html]) => {
                    const clipboardData = new DataTransfer();
                    clipboardData.setData("text/plain", plain);
                    if (html) clipboardData.setData("text/html", html);
                    const paste = { clipboardData, bubbles: true, cancelable: true };
                    editor.dispatchEvent(new ClipboardEvent("paste", paste));
                }
                """,
                new[] { plain, html }
            );

        public ValueTask DisposeAsync() => reader.DisposeAsync();
    }
}
