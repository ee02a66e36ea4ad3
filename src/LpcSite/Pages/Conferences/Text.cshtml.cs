using LpcSite.Caching;
using LpcSite.Conferences.Pages;
using LpcSite.Data;
using LpcSite.Markdown;
using LpcSite.People;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Conferences;

/// <summary>One of the conference's own pages, such as how to attend; drafts for organizers alone.</summary>
[PublicPage]
public class TextModel(LpcDbContext db) : PageModel
{
    [FromRoute]
    public required string Name { get; init; }

    public Written Shown { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        var (id, sees) = (HttpContext.Conference().Id, User.IsOrganizer());
        var found = await db
            .ConferencePages.Where(p =>
                p.ConferenceId == id && p.Slug == Name && p.Slug != ConferencePage.FrontSlug && (p.IsPublished || sees)
            )
            .Select(p => new
            {
                p.Title,
                p.Text.Source,
                p.Text.Html,
                p.IsPublished,
            })
            .SingleOrDefaultAsync(stop);
        if (found is null)
        {
            return NotFound();
        }

        Shown = new(found.Title, MarkdownText.Of(found.Source, found.Html), found.IsPublished);
        return Page();
    }

    public sealed record Written(string Title, MarkdownText Text, bool IsPublished);
}
