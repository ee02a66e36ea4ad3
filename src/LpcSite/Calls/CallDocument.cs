using LpcSite.Data;
using LpcSite.Markdown;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Calls;

/// <summary>A call as its submitters read it.</summary>
public sealed record CallDocument(
    int Id,
    Instant OpensAt,
    Instant ClosesAt,
    DateTimeZone Zone,
    MarkdownText Guidance,
    string Template,
    bool AllowsChanges
)
{
    public bool IsOpen(Instant now) => OpensAt <= now && now < ClosesAt;

    public static CallDocument Of(Call call) =>
        new(call.Id, call.OpensAt, call.ClosesAt, call.Zone, call.Guidance, call.Template, call.AllowsChanges);

    /// <summary>
    /// The conference's call for microconferences, or that of one of them for topics; null while there is none.
    /// </summary>
    public static Task<CallDocument?> FindAsync(
        LpcDbContext db,
        int conferenceId,
        int? microconferenceId,
        CancellationToken stop
    ) =>
        db
            .Calls.Where(c => c.ConferenceId == conferenceId && c.MicroconferenceId == microconferenceId)
            .Select(c => new CallDocument(
                c.Id,
                c.OpensAt,
                c.ClosesAt,
                c.Zone,
                MarkdownText.Of(c.Guidance.Source, c.Guidance.Html),
                c.Template,
                c.AllowsChanges
            ))
            .SingleOrDefaultAsync(stop);
}
