using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace LpcSite.Browser.Fixture;

/// <summary>One reader in one window, and everything that their browser complained about.</summary>
public sealed partial class Reader : IAsyncDisposable
{
    private const string TooWide = """
        () => document.documentElement.scrollWidth <= innerWidth ? [] :
          [...document.querySelectorAll("body *")]
            .filter(e => e.getBoundingClientRect().right > innerWidth + .5)
            .map(e => e.outerHTML.slice(0, 120))
            .concat(`${document.documentElement.scrollWidth} px`)
        """;

    private readonly BrowserFixture _browser;
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private string? _opened;

    internal Reader(BrowserFixture browser, IBrowserContext context, IPage page)
    {
        (_browser, _context, Page) = (browser, context, page);
        page.Console += (_, message) =>
        {
            // That a page itself answers 404 or 400 is what its test is about; that a part of it does is a fault, and
            // so is what its content policy refuses.
            var isItsAnswer =
                message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
                && BareOf(message.Location) is var answered
                && (answered == Bare(_opened ?? "") || answered == Bare(page.Url));
            if (message.Type is "error" && !isItsAnswer)
            {
                _complaints.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.RequestFailed += (_, request) =>
        {
            // Who saves needs no copy of what they typed: the form ends keeping it. Who leaves a board ends hearing of
            // its changes.
            if (
                !(
                    request.Failure is "net::ERR_ABORTED"
                    && (
                        request.Url.EndsWith("/working", StringComparison.Ordinal)
                        || request.Url.EndsWith("/changes", StringComparison.Ordinal)
                    )
                )
            )
            {
                _complaints.Enqueue($"{request.Url}: {request.Failure}");
            }
        };
        context.Request += (_, request) => _requests.Enqueue(request.Url);
    }

    public IPage Page { get; }
    public IBrowserContext Context => _context;

    /// <summary>Errors on the console and in scripts, and requests that failed.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>The address of everything that was asked for.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Opens a page and waits until nothing of it is missing.</summary>
    public async Task<IResponse> OpenAsync(string page)
    {
        var path = await _browser.PathOfAsync(page);
        _opened = _browser.Address + path;
        var response = await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        return response ?? throw new InvalidOperationException($"{page} was not asked for.");
    }

    /// <summary>As if they had asked for nothing yet.</summary>
    public void Forget()
    {
        _complaints.Clear();
        _requests.Clear();
    }

    public async Task ShowOnAsync(Screen screen)
    {
        await Page.SetViewportSizeAsync(screen.Width, screen.Height);
        await Page.EmulateMediaAsync(
            new() { Media = Media.Screen, ColorScheme = screen.IsDark ? ColorScheme.Dark : ColorScheme.Light }
        );
    }

    /// <summary>What stands out of the screen at its right, so that the page scrolls sideways.</summary>
    public Task<string[]> WhatIsTooWideAsync() => Page.EvaluateAsync<string[]>(TooWide);

    /// <summary>
    /// Signs in by the site's own form, which other tests open and fill in by hand: this way shows no page on the way.
    /// </summary>
    public async Task SignInAsync(string mail, string password)
    {
        var form = _context.APIRequest.CreateFormData();
        form.Set("Input.Mail", mail)
            .Set("Input.Password", password)
            .Set("__RequestVerificationToken", await TokenAsync("/account/sign-in"));
        var answer = await _context.APIRequest.PostAsync("/account/sign-in", new() { Form = form, MaxRedirects = 0 });
        Assert.Equal(302, answer.Status);
    }

    /// <summary>What a form has to bring along to be taken as one of this site.</summary>
    public async Task<string> TokenAsync(string page)
    {
        var answer = await _context.APIRequest.GetAsync(page);
        return Token().Match(await answer.TextAsync()).Groups["token"].Value;
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    // An address is followed by line and column.
    private static string BareOf(string location) =>
        location.Split(':') is { Length: > 2 } parts ? Bare(string.Join(':', parts[..^2])) : location;

    private static string Bare(string address) => address.Split('?', '#')[0];

    [GeneratedRegex(
        "name=\"__RequestVerificationToken\"[^>]* value=\"(?<token>[^\"]+)\"",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Token();
}
