using LpcSite.Data;
using LpcSite.Decisions;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Topics;

/// <summary>
/// A topic that was announced and will not be discussed: its page stays for those who have its address, and says so.
/// </summary>
/// <param name="Slug">Of its microconference.</param>
/// <param name="Of">The title of that.</param>
/// <param name="HasPage">Whether its microconference still has one.</param>
public sealed record CancelledTopic(
    int Id,
    string Title,
    string Slug,
    string Of,
    bool HasPage,
    TopicStatus Status,
    MarkdownText Details,
    IReadOnlyList<string> Speakers
)
{
    public string Address => MicroconferenceDocument.Item.AddressOf(Id, Title);

    /// <summary>
    /// The topic, if everybody could read it once: it was in a release of the schedule, or its leads had accepted it
    /// and said so. What was sent to them and never taken stays between them and its author. Null otherwise.
    /// </summary>
    public static async Task<CancelledTopic?> FindAsync(
        LpcDbContext db,
        int conferenceId,
        int id,
        CancellationToken stop
    )
    {
        var released = FormattableString.Invariant($$"""{"entries":[{"items":[{"topic":{{id}}}]}]}""");
        return await db
            .Topics.Where(t => t.Id == id && t.Status != TopicStatus.Draft)
            .Join(
                db.Microconferences.Where(m => m.ConferenceId == conferenceId),
                t => t.MicroconferenceId,
                m => m.Id,
                (t, m) => new { t, m }
            )
            .Where(x =>
                db.TopicDecisions.Any(d =>
                    d.TopicId == id
                    && d.Verdict == TopicVerdict.Accept
                    && (d.State == DecisionState.Released || d.State == DecisionState.Reopened)
                )
                || db.Releases.Any(r =>
                    r.ConferenceId == conferenceId && EF.Functions.JsonContains(r.Document, released)
                )
            )
            .Select(x => new CancelledTopic(
                x.t.Id,
                x.t.Title,
                x.m.Slug,
                x.m.Title,
                db.Microconferences.Public().Any(p => p.Id == x.m.Id),
                x.t.Status,
                MarkdownText.Of(x.t.Details.Source, x.t.Details.Html),
                x.t.Speakers.OrderBy(s => s.Position).Select(s => s.Person.Name).ToList()
            ))
            .AsSplitQuery()
            .SingleOrDefaultAsync(stop);
    }
}
