using System.Security.Claims;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Topics;

/// <summary>The revisions of a topic as one reader may know them.</summary>
/// <param name="First">
/// The oldest revision that they may read: a draft is its author's, and what the leads read begins with what was sent
/// to them.
/// </param>
/// <param name="Number">The newest revision.</param>
/// <param name="IsOwn">Whether they are its author or one of its speakers.</param>
public sealed record TopicHistory(
    int Id,
    string Title,
    string Microconference,
    string Path,
    int First,
    int Number,
    bool IsOwn
)
{
    public string Address => FormattableString.Invariant($"{Path}/submit/{Id}/history");

    public bool Holds(int number) => number >= First && number <= Number;

    /// <returns>
    /// Null where there is no such topic for this reader: they are neither its author nor a speaker of it, nor one to
    /// whom it was sent.
    /// </returns>
    public static async Task<TopicHistory?> FindAsync(
        LpcDbContext db,
        int conferenceId,
        string slug,
        int id,
        ClaimsPrincipal reader,
        CancellationToken stop
    )
    {
        var (me, isOrganizer) = (reader.PersonId(), reader.IsOrganizer());
        var found = await (
            from m in db.Microconferences.Where(m => m.ConferenceId == conferenceId && m.Slug == slug).VisibleTo(reader)
            from t in m.Topics.Where(t => t.Id == id && t.RevisionNumber > 0)
            select new
            {
                t.Title,
                Microconference = m.Title,
                Conference = m.Conference.Slug,
                t.RevisionNumber,
                t.SubmittedAt,
                WhenSent = t.Revisions.Where(r => r.SavedAt <= t.SubmittedAt).Max(r => (int?)r.Number),
                IsOwn = t.SubmitterId == me || t.Speakers.Any(s => s.PersonId == me),
                IsLed = isOrganizer || m.Leads.Any(l => l.PersonId == me),
            }
        ).SingleOrDefaultAsync(stop);
        return found is null || !found.IsOwn && !(found.IsLed && found.SubmittedAt is not null)
            ? null
            : new(
                id,
                found.Title,
                found.Microconference,
                $"/{found.Conference}/mc/{slug}",
                found.IsOwn ? 1 : found.WhenSent ?? 1,
                found.RevisionNumber,
                found.IsOwn
            );
    }
}
