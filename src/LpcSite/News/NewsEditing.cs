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

namespace LpcSite.News;

/// <summary>How the organizers write news, publish them and take them back.</summary>
public sealed class NewsEditing(LpcDbContext db, MarkdownRenderer renderer, IClock clock)
{
    private const string Via = "news";

    /// <summary>Saves what an item says, or begins one.</summary>
    /// <param name="item">Tracked; null for a new one.</param>
    /// <param name="version">
    /// The row version that was on screen; a newer one means that somebody else saved first.
    /// </param>
    /// <exception cref="RuleException">Something is missing or too long.</exception>
    /// <exception cref="RaceException">Somebody else was first.</exception>
    public async Task<NewsItem> SaveAsync(
        int conferenceId,
        NewsItem? item,
        string title,
        string text,
        uint version,
        Person by,
        CancellationToken stop
    )
    {
        var now = clock.GetCurrentInstant();
        if (item is not null && item.RowVersion != version)
        {
            throw new RaceException(
                "Somebody saved this while you were writing. Your text is kept here: look at the other one in a second "
                    + "window, then save again."
            );
        }

        var before = item is null ? null : Describe(item);
        item ??= db.Add(new NewsItem(conferenceId, null, by, now)).Entity;
        item.Say(title.Trim(), Render(item, text), now);
        await RecordAsync(item, before is null ? "began news" : "changed news", before, by, now, stop);
        return item;
    }

    /// <summary>A text as the item's readers would see it; nothing is saved.</summary>
    /// <param name="item">Null for a new one.</param>
    /// <exception cref="RuleException">It is more than can be shown.</exception>
    public MarkdownText Render(NewsItem? item, string text)
    {
        var source = TextDiff.WithLineFeeds(text).Trim();
        var problem = MarkdownRenderer.Problem(source);
        Rule.Require(problem is null, problem ?? "");
        return renderer.Render(source, AnchorPrefix.OfNews(item?.CreatedAt ?? clock.GetCurrentInstant()));
    }

    /// <summary>Makes these public at once.</summary>
    /// <returns>How many were not public before.</returns>
    public async Task<int> PublishAsync(
        int conferenceId,
        IReadOnlyCollection<int> ids,
        Person by,
        CancellationToken stop
    )
    {
        var now = clock.GetCurrentInstant();
        var drafts = await db
            .NewsItems.Where(i => i.ConferenceId == conferenceId && i.PublishedAt == null && ids.Contains(i.Id))
            .OrderBy(i => i.Id)
            .ToListAsync(stop);
        foreach (var draft in drafts)
        {
            var before = Describe(draft);
            draft.Publish(now);
            await AddEntryAsync(draft, "published news", before, by, now, stop);
        }

        await SaveAsync(stop);
        return drafts.Count;
    }

    /// <summary>Hides one again.</summary>
    public async Task TakeBackAsync(NewsItem item, Person by, CancellationToken stop)
    {
        var before = Describe(item);
        item.TakeBack();
        await RecordAsync(item, "took news back", before, by, clock.GetCurrentInstant(), stop);
    }

    /// <summary>Removes a draft; what was public is taken back first.</summary>
    public async Task RemoveAsync(NewsItem item, Person by, CancellationToken stop)
    {
        Rule.Require(item.PublishedAt is null, "Take it back before you remove it.");
        await AddEntryAsync(item, "removed news", Describe(item), by, clock.GetCurrentInstant(), stop);
        db.Remove(item);
        await SaveAsync(stop);
    }

    private async Task RecordAsync(
        NewsItem item,
        string verb,
        string? before,
        Person by,
        Instant now,
        CancellationToken stop
    )
    {
        await AddEntryAsync(item, verb, before, by, now, stop);
        await SaveAsync(stop);
    }

    private async Task AddEntryAsync(
        NewsItem item,
        string verb,
        string? before,
        Person by,
        Instant now,
        CancellationToken stop
    )
    {
        var slug = await db.Conferences.Where(c => c.Id == item.ConferenceId).Select(c => c.Slug).SingleAsync(stop);
        db.Record(
            new Act(by, Via, now),
            verb,
            new AuditSubject($"/{slug}/news", item.ConferenceId),
            before: before,
            after: Describe(item)
        );
    }

    private async Task SaveAsync(CancellationToken stop)
    {
        await db.SaveAsync("Somebody changed this at the same moment. Look at it again, and try once more.", stop);
    }

    private static string Describe(NewsItem item) =>
        JsonSerializer.Serialize(
            new
            {
                title = item.Title,
                length = item.Text.Source.Length,
                published = item.PublishedAt is not null,
            }
        );
}
