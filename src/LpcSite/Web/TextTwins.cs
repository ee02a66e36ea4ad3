using System.Text;
using LpcSite.Exports.Text;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Web;

/// <summary>
/// Marks the address at which a public page answers in plain text, made of what the page itself says.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TextTwinAttribute : Attribute;

/// <summary>Marks a public page that has such an address: its own with <c>.txt</c> behind it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HasTextTwinAttribute : Attribute;

/// <summary>
/// Public pages for terminals: the same content at the same address for whoever accepts plain text, and at an address
/// of its own for whoever would rather type it. Microconferences and the schedule have twins that are written by hand;
/// these are made of the pages.
/// </summary>
internal sealed class TextTwins : IPageRouteModelConvention
{
    private const string Of = "{conference:slug}";

    private static readonly Dictionary<string, string[]> Addresses = new(StringComparer.Ordinal)
    {
        ["/Conferences/Index"] = [$"{Of}.txt"],
        ["/Conferences/Calls"] = [$"{Of}/calls.txt"],
        ["/Conferences/Sponsors"] = [$"{Of}/sponsors.txt"],
        ["/Conferences/Text"] = [$"{Of}/{{name:slug}}.txt"],
        ["/News/Index"] = [$"{Of}/news.txt"],
        ["/News/Details"] = [$"{Of}/news/{{item:slug}}.txt"],
        ["/People/Index"] = [$"{Of}/people.txt"],
        ["/People/Details"] = [$"{Of}/people/{{slug:slug}}.txt"],
        ["/Revisions/Index"] = [$"{Of}/mc/{{slug:slug}}/history.txt"],
        ["/Schedule/Changes"] = [$"{Of}/schedule/changes.txt", $"{Of}/schedule/changes/{{number:int:min(1)}}.txt"],
        ["/Schedule/Release"] = [$"{Of}/schedule/v{{number:int:min(1)}}.txt"],
        ["/Topics/Details"] = [$"{Of}/mc/{{slug:slug}}/topics/{{topic:slug}}.txt"],
    };

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public void Apply(PageRouteModel model)
    {
        if (!Addresses.TryGetValue(model.ViewEnginePath, out var addresses))
        {
            return;
        }

        var page = model.Selectors.Single();
        page.EndpointMetadata.Add(new HasTextTwinAttribute());
        foreach (var address in addresses)
        {
            model.Selectors.Add(Selector(address, []));
        }

        model.Selectors.Add(Selector(page.AttributeRouteModel!.Template!, [new Representation("text/plain")]));
    }

    private static SelectorModel Selector(string template, IEnumerable<object> more)
    {
        var selector = new SelectorModel { AttributeRouteModel = new AttributeRouteModel { Template = template } };
        foreach (var metadata in more.Concat([new TextTwinAttribute(), new HttpMethodMetadata(Reading)]))
        {
            selector.EndpointMetadata.Add(metadata);
        }

        return selector;
    }
}

/// <summary>Answers with the text of a page instead of the page.</summary>
internal sealed class TextTwinFilter : IAsyncResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (context.Result is not PageResult || http.GetEndpoint()?.Metadata.GetMetadata<TextTwinAttribute>() is null)
        {
            await next();
            return;
        }

        var body = http.Response.Body;
        using var page = new MemoryStream();
        http.Response.Body = page;
        try
        {
            await next();
        }
        finally
        {
            http.Response.Body = body;
        }

        http.Response.ContentType = "text/plain; charset=utf-8";
        var text = PageText.Of(Encoding.UTF8.GetString(page.ToArray()), new Uri(http.Origin() + http.Request.Path));
        await http.Response.WriteAsync(text, http.RequestAborted);
    }
}
