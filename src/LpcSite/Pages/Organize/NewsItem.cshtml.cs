using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.News;
using LpcSite.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize;

/// <summary>One item of news while it is written, with the same as a mail to a list; number 0 is a new one.</summary>
public class NewsItemModel(LpcDbContext db, NewsDesk desk) : PageModel
{
    [FromRoute] public int Id { get; init; }

    [BindProperty] public InputModel Input { get; set; } = new();

    /// <summary>Null for a new one.</summary>
    public NewsItem? Item { get; private set; }

    /// <summary>What is saved, as a mail to a list.</summary>
    public string Mail { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!await FindAsync(stop))
        {
            return NotFound();
        }

        Input = new() { Title = Item?.Title, Text = Item?.Text.Source, Version = Item?.RowVersion ?? 0 };
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) => ChangeAsync(async me => await SaveAsync(me, stop), "It is saved.", stop);

    public Task<IActionResult> OnPostPublishAsync(CancellationToken stop) => ChangeAsync(
        async me =>
        {
            var saved = await SaveAsync(me, stop);
            await desk.PublishAsync(saved.ConferenceId, [saved.Id], me, stop);
            return saved;
        },
        "It is public now.",
        stop);

    public Task<IActionResult> OnPostTakeBackAsync(CancellationToken stop) => ChangeAsync(
        async me =>
        {
            Rule.Require(Item is not null, "It is not saved yet.");
            await desk.TakeBackAsync(Item, me, stop);
            return Item;
        },
        "Only organizers see it now.",
        stop);

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken stop) => ChangeAsync(
        async me =>
        {
            Rule.Require(Item is not null, "It is not saved yet.");
            await desk.RemoveAsync(Item, me, stop);
            return null;
        },
        "The draft is removed.",
        stop);

    private Task<NewsItem> SaveAsync(Person me, CancellationToken stop) => desk.SaveAsync(HttpContext.Conference().Id, Item, Input.Title ?? "", Input.Text ?? "", Input.Version, me, stop);

    private async Task<IActionResult> ChangeAsync(Func<Person, Task<NewsItem?>> change, string said, CancellationToken stop)
    {
        if (!await FindAsync(stop))
        {
            return NotFound();
        }

        try
        {
            var left = await change(await db.MeAsync(User, stop));
            this.Say(said);
            return Redirect(HttpContext.Conference().Path + (left is null ? "/organize/news" : FormattableString.Invariant($"/organize/news/{left.Id}")));
        }
        catch (RuleException broken)
        {
            // What others saved meanwhile was said; saving once more is meant.
            ModelState.Remove("Input.Version");
            Input.Version = Item?.RowVersion ?? 0;
            ModelState.AddModelError("", broken.Message);
            return this.Invalid();
        }
    }

    private async Task<bool> FindAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        Item = Id == 0 ? null : await db.NewsItems.Include(i => i.Microconference).SingleOrDefaultAsync(i => i.Id == Id && i.ConferenceId == conference.Id, stop);
        if (Item is not null)
        {
            var origin = HttpContext.Origin();
            string[] addresses = [.. Item.Microconference is { } about ? [$"{origin}{conference.Path}/mc/{about.Slug}"] : Array.Empty<string>(), $"{origin}{conference.Path}/news/{Item.Address}"];
            Mail = Announcement.ToMail(conference.ShortName, Item.Title, Item.Text.Source, addresses);
        }

        return Id == 0 || Item is not null;
    }

    public class InputModel
    {
        public string? Title { get; set; }
        public string? Text { get; set; }

        /// <summary>Of the row that was on screen.</summary>
        public uint Version { get; set; }
    }
}
