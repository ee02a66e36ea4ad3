using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.News;

/// <summary>
/// Questions about news that more than one page asks. What the public may see is decided here and nowhere else.
/// </summary>
public static class NewsQueries
{
    /// <summary>What is published of one conference.</summary>
    public static IQueryable<NewsItem> PublicOf(this IQueryable<NewsItem> items, int conferenceId) =>
        items.Where(i => i.ConferenceId == conferenceId && i.PublishedAt != null);

    /// <summary>As readers meet them, the newest first.</summary>
    public static IQueryable<NewsLine> AsLines(this IQueryable<NewsItem> items) =>
        items
            .AsNoTracking()
            .OrderByDescending(i => i.PublishedAt)
            .ThenByDescending(i => i.Id)
            .Select(i => new NewsLine(
                i.Id,
                i.Title,
                i.Text.Html,
                i.PublishedAt!.Value,
                i.ChangedAt,
                i.Microconference!.Slug,
                i.Microconference.Title
            ));
}

/// <summary>A published item.</summary>
/// <param name="Slug">Of the microconference that it is about; null when it is about none.</param>
public sealed record NewsLine(
    int Id,
    string Title,
    string Html,
    Instant PublishedAt,
    Instant ChangedAt,
    string? Slug,
    string? Microconference
)
{
    public string Address => NewsItem.AddressOf(Id, Title);
}
