using LpcSite.Data;
using LpcSite.Markdown;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Calls;

/// <summary>A call as its submitters read it.</summary>
public sealed record CallDocument(int Id, Instant OpensAt, Instant ClosesAt, DateTimeZone Zone, MarkdownText Guidance, string Template)
{
    public bool IsOpen(Instant now) => OpensAt <= now && now < ClosesAt;

    /// <summary>The conference's call for microconferences; null while there is none.</summary>
    public static Task<CallDocument?> OfConferenceAsync(LpcDbContext db, int conferenceId, CancellationToken stop) =>
        db.Calls.Where(c => c.ConferenceId == conferenceId && c.MicroconferenceId == null)
            .Select(c => new CallDocument(c.Id, c.OpensAt, c.ClosesAt, c.Zone, MarkdownText.Of(c.Guidance.Source, c.Guidance.Html), c.Template))
            .SingleOrDefaultAsync(stop);
}
