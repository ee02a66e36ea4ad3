using LpcSite.Data;
using LpcSite.Microconferences;
using NodaTime;

namespace LpcSite.Calls;

/// <summary>A call as pages list it: what it calls for, and the instants between which it is open.</summary>
public sealed record CallLine(
    string Conference,
    string? Slug,
    string? Title,
    Instant OpensAt,
    Instant ClosesAt,
    DateTimeZone Zone
)
{
    public bool IsOpen(Instant now) => OpensAt <= now && now < ClosesAt;
}

/// <summary>Questions about calls that more than one page asks.</summary>
public static class CallQueries
{
    /// <summary>By closing instant; without those of microconferences that the public may not know of.</summary>
    public static IQueryable<CallLine> AsLines(this IQueryable<Call> calls, LpcDbContext db) =>
        from call in calls
        from conference in db.Conferences.Where(c => c.Id == call.ConferenceId)
        from microconference in db.Microconferences.Listed().Where(m => m.Id == call.MicroconferenceId).DefaultIfEmpty()
        where call.MicroconferenceId == null || microconference != null
        orderby call.ClosesAt, call.Id
        select new CallLine(
            conference.Slug,
            microconference!.Slug,
            microconference.Title,
            call.OpensAt,
            call.ClosesAt,
            call.Zone
        );
}
