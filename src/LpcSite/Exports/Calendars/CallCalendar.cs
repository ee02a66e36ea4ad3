using Ical.Net;
using Ical.Net.CalendarComponents;
using LpcSite.Calls;
using LpcSite.Conferences;

namespace LpcSite.Exports.Calendars;

/// <summary>
/// The deadlines of a conference's calls as a calendar (RFC 5545) to subscribe to. The same calls always give the same
/// bytes.
/// </summary>
public static class CallCalendar
{
    /// <param name="calls">
    /// What everybody may know of. A cancelled one stays, so that it leaves the calendars that have it.
    /// </param>
    /// <param name="origin">Scheme and host of the site, without a slash at the end.</param>
    /// <param name="scheme">How the conference's things are called in calendars.</param>
    public static string Write(ConferenceFrame conference, UidScheme scheme, IEnumerable<CallDate> calls, string origin)
    {
        var calendar = CalendarText.Named($"{conference.ShortName}: deadlines", "Calls");
        foreach (var call in calls)
        {
            calendar.Events.Add(Event(conference, scheme, call, origin));
        }

        return CalendarText.Write(calendar, "No call is open yet.");
    }

    // A deadline is an instant: it has no end and no length (section 3.6.1).
    private static CalendarEvent Event(ConferenceFrame conference, UidScheme scheme, CallDate call, string origin)
    {
        var address = origin + conference.Path + (call.Slug is null ? "/mc/propose" : $"/mc/{call.Slug}/submit");
        var what = call.Slug is null
            ? $"{conference.ShortName}: call for microconferences"
            : $"{call.Title}: call for topics";
        var changed = CalendarText.Utc(call.IsCancelled ? call.LastChange : call.ChangedAt);
        return new CalendarEvent
        {
            Uid = scheme.Of(FormattableString.Invariant($"call-{call.Id}")),
            Sequence = call.Sequence + (call.IsCancelled ? 1 : 0),
            DtStamp = changed,
            LastModified = changed,
            Start = CalendarText.Utc(call.ClosesAt),
            Summary = $"{what} closes",
            Description =
                $"The {(call.Slug is null ? "call for microconferences" : $"call for topics of {call.Title}")} "
                + $"closes {Dates.Moment(call.ClosesAt, call.Zone)}.\n{address}",
            Url = new Uri(address),
            Location = address,
            Categories = [call.Title ?? "Microconferences"],
            Status = call.IsCancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
            Transparency = TransparencyType.Transparent,
        };
    }
}
