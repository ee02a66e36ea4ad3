using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Calls;

/// <summary>Who comes in: everybody while a call is open, and after it whoever has a late link.</summary>
public static class Admission
{
    /// <param name="lateKey">
    /// What a late link's address carried; a use of it is counted, and saved by the caller.
    /// </param>
    /// <exception cref="RuleException">
    /// It is too early or too late. What was typed is kept as a draft by then, as the sentence says.
    /// </exception>
    public static async Task RequireAdmissionAsync(
        this LpcDbContext db,
        Call call,
        string? lateKey,
        Instant now,
        CancellationToken stop
    )
    {
        if (call.IsOpen(now))
        {
            return;
        }

        var (what, who) = call.MicroconferenceId is null ? ("microconferences", "organizers") : ("topics", "leads");
        Rule.Require(
            now >= call.OpensAt,
            $"The call for {what} opens {Dates.Moment(call.OpensAt, call.Zone)}. Your text is kept as a draft."
        );
        var late = lateKey is null
            ? null
            : await db.LateLinks.SingleOrDefaultAsync(l => l.CallId == call.Id && l.Key == lateKey, stop);
        Rule.Require(
            late is not null,
            $"The call for {what} closed {Dates.Moment(call.ClosesAt, call.Zone)}. Your text is kept as a draft; "
                + $"the {who} can send you a late link."
        );
        late.Use(now);
    }
}
