using System.Text.Json;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Revisions;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Conferences.Pages;

/// <summary>
/// What organizers do with the conference's own pages: write, order and remove them; two who write at once are shown
/// both texts.
/// </summary>
public sealed class PageEditing(LpcDbContext db, MarkdownRenderer renderer, IClock clock)
{
    private const string Via = "organize/pages";

    /// <summary>A page as it was typed.</summary>
    /// <param name="Shown">The text that the form began with.</param>
    /// <param name="Version">Of the page as the form showed it.</param>
    public sealed record Typed(string Slug, string Title, string Text, bool IsPublished, string Shown, uint Version);

    /// <summary>Somebody else saved first: what they wrote, and what both texts make together.</summary>
    public sealed record Conflict(string Title, string Theirs, TextMerge Merged, bool IsPublished, uint Version);

    /// <param name="page">Null for a new one.</param>
    /// <returns>Null when it was saved.</returns>
    /// <exception cref="RuleException">It breaks a rule, or another page has that address.</exception>
    public async Task<Conflict?> SaveAsync(
        ConferenceFrame conference,
        ConferencePage? page,
        Typed typed,
        Person by,
        CancellationToken stop
    )
    {
        Rule.Require(
            !TextMerge.IsMarkedIn(typed.Text),
            "Marks of a merge are still in the text. Keep what is right and delete the marks."
        );
        if (page is not null && page.RowVersion != typed.Version)
        {
            return Between(page, typed);
        }

        var (before, isNew) = (page is null ? null : Describe(page), page is null);
        page ??= await AddAsync(conference.Id, typed.Slug, stop);
        if (!page.IsFront)
        {
            // A page that is hidden in this step may move in it as well.
            page.Write(typed.Title, page.Text, page.IsPublished && typed.IsPublished);
            page.MoveTo(typed.Slug);
        }

        page.Write(
            typed.Title,
            page.Text.Source == typed.Text
                ? page.Text
                : renderer.Render(typed.Text, AnchorPrefix.OfPage(page.Slug), isPage: true),
            typed.IsPublished
        );
        Record(conference, page.Slug, isNew ? "wrote a page" : "changed a page", before, Describe(page), by);
        if (await db.TrySaveAsync(stop))
        {
            return null;
        }

        var theirs = isNew
            ? null
            : await db.ConferencePages.AsNoTracking().SingleOrDefaultAsync(p => p.Id == page.Id, stop);
        Rule.Require(isNew || theirs is not null, "Somebody else has removed this page meanwhile.");

        // Where nobody else saved it, another page has the address.
        return theirs is not null && theirs.RowVersion != typed.Version
            ? Between(theirs, typed)
            : throw new RuleException(
                $"There is a page at {conference.Path}/{typed.Slug} already. Choose another address."
            );
    }

    /// <summary>Removes a draft; what it said stays in the record of changes.</summary>
    public async Task RemoveAsync(ConferenceFrame conference, ConferencePage page, Person by, CancellationToken stop)
    {
        Rule.Require(
            !page.IsPublished,
            "Only a draft can be removed. Make it a draft first: then links to it end, and you have seen that."
        );
        db.Remove(page);
        Record(conference, page.Slug, "removed a page", Describe(page), null, by);
        await db.SaveOrSayAsync("Somebody else changed this page at the same moment. Look at it again.", stop);
    }

    /// <param name="ids">All pages in their new order; one that is not named goes to the end.</param>
    public async Task OrderAsync(ConferenceFrame conference, IReadOnlyList<int> ids, Person by, CancellationToken stop)
    {
        var pages = await db
            .ConferencePages.Where(p => p.ConferenceId == conference.Id && p.Slug != ConferencePage.FrontSlug)
            .OrderBy(p => p.Position)
            .ThenBy(p => p.Id)
            .ToListAsync(stop);
        var before = pages.Select(p => p.Slug).ToList();
        var after = pages.OrderBy(p => ids.Contains(p.Id) ? ids.ToList().IndexOf(p.Id) : int.MaxValue).ToList();
        foreach (var (page, position) in after.Select((page, position) => (page, position)))
        {
            page.Position = position;
        }

        if (!before.SequenceEqual(after.Select(p => p.Slug), StringComparer.Ordinal))
        {
            Record(
                conference,
                "",
                "changed the order of pages",
                JsonSerializer.Serialize(before),
                JsonSerializer.Serialize(after.Select(p => p.Slug)),
                by
            );
        }

        await db.SaveOrSayAsync("Somebody else changed a page at the same moment. Order them again.", stop);
    }

    private static Conflict Between(ConferencePage theirs, Typed typed) =>
        new(
            theirs.Title,
            theirs.Text.Source,
            TextMerge.Of(typed.Shown, typed.Text, theirs.Text.Source),
            theirs.IsPublished,
            theirs.RowVersion
        );

    private async Task<ConferencePage> AddAsync(int conferenceId, string slug, CancellationToken stop)
    {
        var taken = await db
            .ConferencePages.Where(p => p.ConferenceId == conferenceId)
            .Select(p => p.Position)
            .ToListAsync(stop);
        Rule.Require(
            taken.Count < ConferencePage.MaxPages,
            $"A conference has at most {ConferencePage.MaxPages} pages of its own."
        );
        return db
            .ConferencePages.Add(new ConferencePage(conferenceId, slug, taken.Count == 0 ? 0 : taken.Max() + 1))
            .Entity;
    }

    private void Record(
        ConferenceFrame conference,
        string slug,
        string verb,
        string? before,
        string? after,
        Person by
    ) =>
        db.Record(
            new Act(by, Via, clock.GetCurrentInstant()),
            verb,
            new AuditSubject($"{conference.Path}/organize/pages{(slug.Length > 0 ? $"/{slug}" : "")}", conference.Id),
            before: before,
            after: after
        );

    private static string Describe(ConferencePage page) =>
        JsonSerializer.Serialize(
            new
            {
                slug = page.Slug,
                title = page.Title,
                published = page.IsPublished,
                text = page.Text.Source,
            },
            AuditJson.Readable
        );
}
