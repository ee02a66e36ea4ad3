using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using LpcSite.Calls;
using LpcSite.Conferences;
using NodaTime;

namespace LpcSite.Exports;

/// <summary>The deadlines of a conference's calls as a calendar (RFC 5545) to subscribe to. The same calls always give the same bytes.</summary>
public static class CallCalendar
{
    // What the standard names in its first breath; a line's end does not count.
    private const int MostOctets = 75;

    private const string Refresh = "PT6H";

    /// <param name="calls">What everybody may know of. A cancelled one stays, so that it leaves the calendars that have it.</param>
    /// <param name="origin">Scheme and host of the site, without a slash at the end.</param>
    public static string Write(ConferenceFrame conference, IEnumerable<CallDate> calls, string origin)
    {
        var calendar = new Calendar { Method = "PUBLISH", ProductId = "-//LpcSite//Calls//EN" };
        calendar.AddProperty("NAME", $"{conference.ShortName}: deadlines");
        calendar.AddProperty("X-WR-CALNAME", $"{conference.ShortName}: deadlines");
        calendar.AddProperty("X-PUBLISHED-TTL", Refresh);
        var refresh = new CalendarProperty("REFRESH-INTERVAL", Refresh);
        refresh.AddParameter("VALUE", "DURATION");
        calendar.AddProperty(refresh);
        foreach (var call in calls)
        {
            calendar.Events.Add(Event(conference, call, origin));
        }

        return Folded(new CalendarSerializer().SerializeToString(calendar) ?? "");
    }

    // A deadline is an instant: it has no end and no length (section 3.6.1).
    private static CalendarEvent Event(ConferenceFrame conference, CallDate call, string origin)
    {
        var address = origin + conference.Path + (call.Slug is null ? "/mc/propose" : $"/mc/{call.Slug}/submit");
        var what = call.Slug is null ? $"{conference.ShortName}: call for microconferences" : $"{call.Title}: call for topics";
        var changed = Utc(call.IsCancelled ? call.LastChange : call.ChangedAt);
        return new CalendarEvent
        {
            Uid = FormattableString.Invariant($"call-{call.Id}.{conference.Slug}@lpcsite"),
            Sequence = call.Sequence + (call.IsCancelled ? 1 : 0),
            DtStamp = changed,
            LastModified = changed,
            Start = Utc(call.ClosesAt),
            Summary = $"{what} closes",
            Description = $"The {(call.Slug is null ? "call for microconferences" : $"call for topics of {call.Title}")} closes {Dates.Moment(call.ClosesAt, call.Zone)}.\n{address}",
            Url = new Uri(address),
            Location = address,
            Categories = [call.Title ?? "Microconferences"],
            Status = call.IsCancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
            Transparency = TransparencyType.Transparent,
        };
    }

    private static CalDateTime Utc(Instant instant) => new(instant.ToDateTimeUtc(), CalDateTime.UtcTzId);

    // The serializer folds between the halves of a surrogate pair, which UTF-8 then cannot write: its folds are taken back and made anew.
    private static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var line in text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var octets = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (octets + rune.Utf8SequenceLength > MostOctets)
                {
                    folded.Append("\r\n ");
                    octets = 1;
                }

                folded.Append(rune);
                octets += rune.Utf8SequenceLength;
            }

            folded.Append("\r\n");
        }

        return folded.ToString();
    }
}
