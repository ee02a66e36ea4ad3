using AngleSharp;
using AngleSharp.Dom;
using LpcSite.Pages.Microconferences;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LpcSite.Tests.Pages;

/// <summary>What a person reads and edits whose text was overtaken.</summary>
public sealed class MergeViewTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Fact]
    public async Task Show_WhereBothChangedOneLine_HasBothDifferencesAndBothVersions()
    {
        var page = await RenderAsync(new("Description", "Input.Description", new("Begin\nOld words\nEnd", "Begin\nMy words\nEnd", "Begin\nTheir words\nEnd"), "Anna"));

        Assert.Equal(["What you changed", "What Anna changed meanwhile", "Both together"], page.QuerySelectorAll("h3").Select(h => h.TextContent));
        Assert.Equal(["(added:) My", "(added:) Their"], page.QuerySelectorAll(".diff ins").Select(ins => ins.TextContent));
        Assert.Equal("Begin\n<<<<<<< yours\nMy words\n=======\nTheir words\n>>>>>>> saved meanwhile\nEnd", page.QuerySelector("textarea[name='Input.Description']")?.TextContent);
        Assert.Contains("In one place you and Anna changed the same lines", page.QuerySelector(".hint")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(page.QuerySelector("label")?.GetAttribute("for"), page.QuerySelector("textarea")?.Id);
    }

    [Fact]
    public async Task Show_WhereNobodyElseChangedIt_IsTheFieldAlone()
    {
        var page = await RenderAsync(new("Results", "Input.Results", new("Old", "\nMine", "Old"), null));

        Assert.Empty(page.QuerySelectorAll("h3, .hint, .diff"));
        Assert.Equal("\nMine", page.QuerySelector("textarea")?.TextContent);
    }

    private async Task<IDocument> RenderAsync(MergeView model)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var action = new ActionContext(new DefaultHttpContext { RequestServices = scope.ServiceProvider }, new RouteData(), new ActionDescriptor());
        var view = scope.ServiceProvider.GetRequiredService<IRazorViewEngine>().GetView(null, "/Pages/Microconferences/_Merge.cshtml", isMainPage: false).View!;
        await using var writer = new StringWriter();
        var data = new ViewDataDictionary<MergeView>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = model };
        await view.RenderAsync(new ViewContext(
            action, view, data, new TempDataDictionary(action.HttpContext, scope.ServiceProvider.GetRequiredService<ITempDataProvider>()), writer, new HtmlHelperOptions()));
        return await BrowsingContext.New().OpenAsync(response => response.Content(writer.ToString()));
    }
}
