using Ical.Net;
using Ical.Net.CalendarComponents;
using LpcSite.Scheduling;
using NodaTime;

namespace LpcSite.Exports;

/// <summary>
/// The released schedule, or a part of it, as a calendar (RFC 5545) to subscribe to. Times are instants in UTC, so that no reader's own
/// table of zones moves them; a calendar shows them in the zone of whoever looks at it.
/// </summary>
public static class ScheduleCalendar
{
    /// <param name="origin">Scheme and host of the site, without a slash at the end.</param>
    public static string Write(Released released, ScheduleFeed feed, string origin)
    {
        var calendar = CalendarText.Named(CleanText.Line(feed.Name), "Schedule");
        foreach (var line in feed.Lines)
        {
            calendar.Events.Add(Event(released, line, origin));
        }

        foreach (var gone in feed.Cancelled)
        {
            calendar.Events.Add(Event(released, gone, origin));
        }

        return CalendarText.Write(calendar);
    }

    private static CalendarEvent Event(Released released, ScheduleLine line, string origin)
    {
        var one = Event(released, line.Uid, line.Sequence, line.Starts, line.Ends);
        var people = string.Join(", ", line.People.Select(p => p.Name));
        one.Summary = line.Title;
        one.Description = $"{(line.Topic is null ? "" : $"{line.Track}\n")}{(people.Length == 0 ? "" : $"{people}\n")}\n{line.Text}\n\n{origin}{line.Path}".TrimStart('\n');
        one.Location = line.Place;
        one.Url = new Uri(origin + line.Path);
        one.Categories = [line.Track];
        one.Status = EventStatus.Confirmed;
        return one;
    }

    // What is gone is shown where its microconference was; what it belonged to may be gone as well.
    private static CalendarEvent Event(Released released, ScheduleDocument.Gone gone, string origin)
    {
        var document = released.Document;
        var of = gone.Slug is null ? null : document.Entries.FirstOrDefault(e => e.Slug == gone.Slug)?.Title
            ?? document.Cancelled.FirstOrDefault(c => c.Slug == gone.Slug && c.Uid.StartsWith("mc-", StringComparison.Ordinal))?.Title;
        var one = Event(released, gone.Uid, gone.Sequence, gone.Starts, gone.Ends);
        var address = new Uri($"{origin}/{document.Conference.Slug}/{(gone.Slug is null ? "schedule" : $"mc/{gone.Slug}")}");
        one.Summary = CleanText.Line(gone.Title);
        one.Description = $"This was cancelled.\n\n{address}";
        one.Location = ScheduleLine.PlaceOf(gone.Room);
        one.Url = address;
        one.Categories = [CleanText.Line(of ?? gone.Title)];
        one.Status = EventStatus.Cancelled;
        return one;
    }

    // Nobody is busy because he reads a schedule: what he goes to he decides himself.
    private static CalendarEvent Event(Released released, string uid, int sequence, Instant starts, Instant ends) => new()
    {
        Uid = $"{uid}.{released.Document.Conference.Slug}@lpcsite",
        Sequence = sequence,
        DtStamp = CalendarText.Utc(released.At),
        LastModified = CalendarText.Utc(released.At),
        Start = CalendarText.Utc(starts),
        End = CalendarText.Utc(ends),
        Transparency = TransparencyType.Transparent,
    };
}
