using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Infrastructure;

/// <summary>Answers that pages give in common.</summary>
public static class PageResults
{
    /// <summary>The same page with what was typed, status 400 and the sentences beside the fields.</summary>
    public static PageResult Invalid(this PageModel page)
    {
        page.Response.StatusCode = StatusCodes.Status400BadRequest;
        return page.Page();
    }
}
