using LpcSite.Data;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.News;

/// <summary>
/// Prepares news of what was accepted: a draft for each, which the organizers read, change and publish. Rows only;
/// whoever accepts saves them with it.
/// </summary>
public sealed class DecisionAnnouncements(LpcDbContext db, MarkdownRenderer renderer)
{
    /// <summary>Adds a draft for each that has no news yet: what was announced once is not announced again.</summary>
    /// <param name="accepted">With their conferences, and leads with their people.</param>
    public async Task DraftAsync(
        IReadOnlyList<Microconference> accepted,
        Person by,
        Instant now,
        CancellationToken stop
    )
    {
        int[] ids = [.. accepted.Select(m => m.Id)];
        var known = await db
            .NewsItems.Where(i => i.MicroconferenceId != null && ids.Contains(i.MicroconferenceId.Value))
            .Select(i => i.MicroconferenceId)
            .ToListAsync(stop);
        var texts = await db
            .Microconferences.Where(m => ids.Contains(m.Id))
            .SelectMany(
                m => m.Revisions.Where(r => r.Number == m.RevisionNumber),
                (m, r) => new { m.Id, r.Description.Source }
            )
            .ToDictionaryAsync(t => t.Id, t => t.Source, stop);
        foreach (
            var microconference in accepted
                .Where(m => !known.Contains(m.Id))
                .OrderBy(m => m.Title, StringComparer.Ordinal)
        )
        {
            var (title, text) = Announcement.Of(
                microconference.Conference,
                microconference.Title,
                microconference.Form,
                [.. microconference.Leads.OrderBy(l => l.Position).Select(l => l.Person.Name)],
                texts.GetValueOrDefault(microconference.Id, "")
            );
            var item = new NewsItem(microconference.ConferenceId, microconference, by, now);
            item.Say(
                title,
                renderer.Render(text[..Math.Min(text.Length, NewsItem.TextMaxLength)], AnchorPrefix.OfNews(now)),
                now
            );
            db.Add(item);
        }
    }
}
