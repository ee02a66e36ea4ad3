using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Markdown;
using LpcSite.News;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Web;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Organize.News;

/// <summary>One item of news while it is written, with the same as a mail to a list; number 0 is a new one.</summary>
public class NewsItemModel(LpcDbContext db, NewsEditing desk) : FormPage
{
    private string[] _addresses = [];

    protected override string? VersionField => "Input.Version";

    [FromRoute]
    public int Id { get; init; }

    [BindProperty]
    public NewsInput Input { get; set; } = new();

    /// <summary>Null for a new one.</summary>
    public NewsItem? Item { get; private set; }

    /// <summary>What is saved, as a mail to a list.</summary>
    public string Mail { get; private set; } = "";

    /// <summary>What was typed, as readers would see it.</summary>
    public MarkdownText? Shown { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        Input = new()
        {
            Title = Item?.Title,
            Text = Item?.Text.Source,
            Version = Item?.RowVersion ?? 0,
        };
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ChangeAsync(async me => await SaveAsync(me, stop), "It is saved.", stop);

    /// <summary>
    /// For who has no script: the same as the editor's preview, and the mail with it. Nothing is saved.
    /// </summary>
    public Task<IActionResult> OnPostShowAsync(CancellationToken stop) =>
        ChangeAsync(
            _ =>
            {
                Shown = desk.Render(Item, Input.Text ?? "");
                Mail = Announcement.ToMail(
                    HttpContext.Conference().ShortName,
                    Input.Title ?? "",
                    Shown.Source,
                    _addresses
                );
                return Task.FromResult(Item);
            },
            "",
            stop
        );

    public Task<IActionResult> OnPostPublishAsync(CancellationToken stop) =>
        ChangeAsync(
            async me =>
            {
                var saved = await SaveAsync(me, stop);
                await desk.PublishAsync(saved.ConferenceId, [saved.Id], me, stop);
                return saved;
            },
            "It is public now.",
            stop
        );

    public Task<IActionResult> OnPostTakeBackAsync(CancellationToken stop) =>
        ChangeAsync(
            async me =>
            {
                Rule.Require(Item is not null, "It is not saved yet.");
                await desk.TakeBackAsync(Item, me, stop);
                return Item;
            },
            "Only organizers see it now.",
            stop
        );

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken stop) =>
        ChangeAsync(
            async me =>
            {
                Rule.Require(Item is not null, "It is not saved yet.");
                await desk.RemoveAsync(Item, me, stop);
                return null;
            },
            "The draft is removed.",
            stop
        );

    private Task<NewsItem> SaveAsync(Person me, CancellationToken stop) =>
        desk.SaveAsync(HttpContext.Conference().Id, Item, Input.Title ?? "", Input.Text ?? "", Input.Version, me, stop);

    private Task<IActionResult> ChangeAsync(
        Func<Person, Task<NewsItem?>> change,
        string said,
        CancellationToken stop
    ) =>
        ActAsync(
            async () =>
            {
                var left = await change(await db.MeAsync(User, stop));
                if (Shown is not null)
                {
                    return Done.With(Page());
                }

                return Done.Say(said)
                    .GoTo(
                        HttpContext.Conference().Path
                            + (
                                left is null
                                    ? "/organize/news"
                                    : FormattableString.Invariant($"/organize/news/{left.Id}")
                            )
                    );
            },
            stop,
            string.IsNullOrWhiteSpace(Input.Title) ? "Input.Title" : ""
        );

    // What others saved meanwhile was said; saving once more is meant.
    protected override Task RenewVersionAsync(CancellationToken stop)
    {
        Input.Version = Item?.RowVersion ?? 0;
        return Task.CompletedTask;
    }

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        Item =
            Id == 0
                ? null
                : await db
                    .NewsItems.Include(i => i.Microconference)
                    .SingleOrDefaultAsync(i => i.Id == Id && i.ConferenceId == conference.Id, stop);
        if (Item is not null)
        {
            var origin = HttpContext.Origin();
            _addresses =
            [
                .. Item.Microconference is { } about
                    ? [$"{origin}{conference.Path}/mc/{about.Slug}"]
                    : Array.Empty<string>(),
                $"{origin}{conference.Path}/news/{Item.Address}",
            ];
            Mail = Announcement.ToMail(conference.ShortName, Item.Title, Item.Text.Source, _addresses);
        }

        return Id == 0 || Item is not null ? null : NotFound();
    }
}
