using System.Net;
using System.Reflection;
using AngleSharp.Html.Dom;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Pages;

/// <summary>
/// Every form of the site, read from the running site's own list: whatever is wrong with what was typed is told at the
/// top of the page and beside the field, and nothing of what was typed is lost.
/// </summary>
public sealed class FormsTests(GivenForms given, ITestOutputHelper output) : IClassFixture<GivenForms>
{
    // These prove who somebody is: they say as little as they can, and stand in the tests of signing in.
    private static readonly HashSet<string> Proving = new(StringComparer.Ordinal)
    {
        "/Account/Security/Address",
        "/Account/NewAccount/Confirm",
        "/Account/Security/ConfirmAddress",
        "/Account/Security/Connection",
        "/Account/Erase",
        "/Account/NewAccount/ExternalDone",
        "/Account/Security/Passkeys",
        "/Account/Security/Password",
        "/Account/SignIn/Reset",
        "/Account/SignIn/SignIn",
        "/Account/SignIn/SignInCode",
        "/Account/SignIn/SignInPasskey",
        "/Account/Security/TwoFactor",
    };

    [Fact]
    public async Task Form_WithAValueThatDoesNotFit_SaysSoAtTheTopAndBesideTheField()
    {
        var forms = await FormsAsync();
        var (wrong, sent) = (new List<string>(), 0);
        foreach (var form in forms)
        {
            foreach (var field in form.Fields)
            {
                foreach (var (what, value) in field.Broken())
                {
                    sent++;
                    wrong.AddRange(await form.ProblemsAsync(field, what, value));
                }
            }
        }

        // So many there were when this was written: a page that shows its form no more is told from one that is right.
        output.WriteLine($"{forms.Count} forms, {sent} values that do not fit.");
        Assert.InRange(forms.Select(form => form.Pattern).Distinct(StringComparer.Ordinal).Count(), 25, int.MaxValue);
        Assert.InRange(sent, 200, int.MaxValue);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Field_OfAnyForm_SaysHowMuchItTakes()
    {
        var without =
            from form in await FormsAsync()
            from field in form.Fields
            let isBounded = field switch
            {
                { IsText: true } => field.Most is not null,
                { Type: "number" } => field.Element.HasAttribute("min") && field.Element.HasAttribute("max"),
                _ => true,
            }
            where !isBounded
            select $"{form.Page}: {field.Name}";

        Assert.Empty(without.Distinct(StringComparer.Ordinal));
    }

    private async Task<IReadOnlyList<SentForm>> FormsAsync()
    {
        var forms = new List<SentForm>();
        foreach (var pattern in Patterns())
        {
            foreach (var (reader, address) in given.Of(pattern))
            {
                using var answer = await reader.GetAsync(address);
                if (answer.StatusCode is HttpStatusCode.OK)
                {
                    var page = await Browsing.ParseAsync(answer);
                    forms.AddRange(
                        page.QuerySelectorAll("main form")
                            .OfType<IHtmlFormElement>()
                            .Where(form => form.Method == "post")
                            .Select(form => new SentForm(pattern, page, form, reader))
                    );
                }
            }
        }

        return [.. forms.Where(form => form.Fields.Count > 0)];
    }

    // Of pages with a handler for what is sent to them.
    private List<string> Patterns() =>
        [
            .. from endpoint in given
                .Site.Services.GetServices<EndpointDataSource>()
                .SelectMany(s => s.Endpoints)
                .OfType<RouteEndpoint>()
            let page = endpoint.Metadata.GetMetadata<PageActionDescriptor>()
            where page is not null && !endpoint.RoutePattern.RawText!.StartsWith("error/", StringComparison.Ordinal)
            let model = typeof(Program).Assembly.GetType($"LpcSite.Pages{page.ViewEnginePath.Replace('/', '.')}Model")
            where
                model
                    ?.GetMethods(BindingFlags.Public | BindingFlags.Instance)
                    .Any(m => m.Name.StartsWith("OnPost", StringComparison.Ordinal))
                    is true
            where !Proving.Contains(page.ViewEnginePath)
            let pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
            orderby pattern
            select pattern,
        ];
}
