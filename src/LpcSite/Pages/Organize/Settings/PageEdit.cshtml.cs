using LpcSite.Accounts;
using LpcSite.Conferences.Pages;
using LpcSite.Data;
using LpcSite.Markdown;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.Settings;

/// <summary>Writes one of the conference's own pages, a new one or the front page's text.</summary>
[RequestSizeLimit(LargestText)]
public class PageEditModel(LpcDbContext db, PageEditing writing, MarkdownRenderer renderer) : FormPage
{
    protected override bool HasOneForm => true;

    private const string New = "new";

    // The longest text twice, as it was and as it is, in letters of which a form makes nine bytes each.
    private const int LargestText = 2 * 9 * MarkdownRenderer.MaxLength + 1024 * 1024;

    [FromRoute]
    public required string Name { get; init; }

    [BindProperty]
    public PageInput Input { get; set; } = new();

    [BindProperty]
    public string? Then { get; set; }

    /// <summary>Null while it has not been written.</summary>
    public ConferencePage? Written { get; private set; }

    /// <summary>Somebody else saved first: both texts, and what they make together.</summary>
    public PageEditing.Conflict? Conflict { get; private set; }

    public string? Preview { get; private set; }
    public bool IsNew => Name == New;
    public bool IsFront => Name == ConferencePage.FrontSlug;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        Input = Written is null ? new() : PageInput.Of(Written);
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                if (Then == "preview")
                {
                    Preview = renderer.Render(Input.Text ?? "", "preview").Html;
                    return Done.With(Page());
                }

                Conflict = await writing.SaveAsync(
                    HttpContext.Conference(),
                    Written,
                    Input.ToTyped(IsFront),
                    await db.MeAsync(User, stop),
                    stop
                );
                return Conflict is null
                    ? Saved(Input.IsPublished ? "Saved and published." : "Saved as a draft.")
                    : Done.With(ShowBoth(Conflict));
            },
            stop,
            check: () => Input.Check(ModelState, IsFront)
        );

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken stop)
    {
        // The button alone counts.
        ModelState.Clear();
        return ActAsync(
            async () =>
            {
                if (Written is null)
                {
                    return Done.With(NotFound());
                }

                await writing.RemoveAsync(HttpContext.Conference(), Written, await db.MeAsync(User, stop), stop);
                return Saved($"{Written.Title} is removed. What it said is in the record of changes.");
            },
            stop
        );
    }

    private Done Saved(string sentence) => Done.Say(sentence).GoTo($"{HttpContext.Conference().Path}/organize/pages");

    // The merged text stands in the form, based on what the other one saved: saving again is all there is to do.
    private PageResult ShowBoth(PageEditing.Conflict conflict)
    {
        Input.Before = Input.Shown ?? "";
        (Input.Text, Input.Shown, Input.Version) = (conflict.Merged.Text, conflict.Theirs, conflict.Version);
        ModelState.Clear();
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        var id = HttpContext.Conference().Id;
        Written = IsNew
            ? null
            : await db.ConferencePages.SingleOrDefaultAsync(p => p.ConferenceId == id && p.Slug == Name, stop);
        return IsNew || IsFront || Written is not null ? null : NotFound();
    }
}
