using System.Text;
using LpcSite.Exports.Feeds;
using LpcSite.Exports.Schedule;
using LpcSite.Scheduling.Releases;
using NodaTime.Text;

namespace LpcSite.Exports.Calendars;

/// <summary>
/// The released schedule, or a part of it, as a calendar (RFC 5545) to subscribe to. Times are instants in UTC, so that
/// no reader's own table of zones moves them; a calendar shows them in the zone of whoever looks at it.
/// <para>It is written line by line: the library that writes the calendar of the calls takes ten times as long, which
/// nobody notices there.</para>
/// </summary>
public static class ScheduleCalendar
{
    private const string Replaced = "The topics of this session are in the calendar one by one.";

    private static readonly InstantPattern Utc = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <param name="origin">Scheme and host of the site, without a slash at the end.</param>
    public static string Write(LatestRelease latestRelease, ScheduleFeed feed, string origin) =>
        Write(latestRelease, feed, origin, hasTexts: true, "This was cancelled.");

    /// <summary>
    /// What goes with a letter: under the same uids and numbers as in the calendars to subscribe to, so that nobody has
    /// anything twice, and without the texts, which stand at their addresses, as no mail server should find it too
    /// large.
    /// </summary>
    /// <param name="origin">Empty where nobody knows it, and then there are no addresses.</param>
    public static string WriteForLetter(LatestRelease latestRelease, ScheduleFeed feed, string origin) =>
        Write(latestRelease, feed, origin, hasTexts: false, "You are not needed at this time any more.");

    private static string Write(
        LatestRelease latestRelease,
        ScheduleFeed feed,
        string origin,
        bool hasTexts,
        string gone
    )
    {
        var (text, scheme) = (new StringBuilder(), UidScheme.Of(latestRelease.Document));
        CalendarText.Begin(
            text,
            CleanText.Line(feed.Name),
            "Schedule",
            feed.IsEmpty ? "Nothing is in this calendar yet." : null
        );
        foreach (var line in feed.Lines)
        {
            Append(text, latestRelease, scheme, line, hasTexts ? line.Text : "", AddressOf(origin, line.Path));
        }

        foreach (var one in feed.Cancelled)
        {
            Append(text, latestRelease, scheme, one, gone, AddressOf(origin, PathOf(latestRelease.Document, one)));
        }

        foreach (var one in feed.Replaced)
        {
            Append(text, latestRelease, scheme, one, Replaced, AddressOf(origin, PathOf(latestRelease.Document, one)));
        }

        return CalendarText.Folded(CalendarText.End(text));
    }

    private static string PathOf(ScheduleDocument document, ScheduleDocument.Gone one) =>
        $"/{document.Conference.Slug}/{(one.Slug is null ? "schedule" : $"mc/{one.Slug}")}";

    private static string AddressOf(string origin, string path) => origin.Length == 0 ? "" : origin + path;

    private static void Append(
        StringBuilder text,
        LatestRelease latestRelease,
        UidScheme scheme,
        ScheduleLine line,
        string about,
        string address
    )
    {
        var head = Joined(
            "\n",
            line.Topic is null ? "" : line.Track,
            string.Join(", ", line.People.Select(p => p.Name))
        );
        Append(
            text,
            latestRelease,
            scheme,
            new(line.Uid, line.Title, null, line.Place, line.Starts, line.Ends, line.Sequence),
            line.Track,
            Joined("\n\n", head, about, address),
            "CONFIRMED",
            address
        );
    }

    // What is gone belonged to its microconference, which may be gone as well.
    private static void Append(
        StringBuilder text,
        LatestRelease latestRelease,
        UidScheme scheme,
        ScheduleDocument.Gone one,
        string gone,
        string address
    )
    {
        var document = latestRelease.Document;
        var of = one.Slug is null
            ? null
            : document.Entries.FirstOrDefault(e => e.Slug == one.Slug)?.Title
                ?? document
                    .Cancelled.FirstOrDefault(c =>
                        c.Slug == one.Slug && c.Uid.StartsWith("mc-", StringComparison.Ordinal)
                    )
                    ?.Title;
        Append(
            text,
            latestRelease,
            scheme,
            one with
            {
                Title = CleanText.Line(one.Title),
                Room = ScheduleLine.PlaceOf(one.Room),
            },
            CleanText.Line(of ?? one.Title),
            Joined("\n\n", gone, address),
            "CANCELLED",
            address
        );
    }

    // It is transparent: nobody is busy because they read a schedule, and what they go to they decide themselves.
    private static void Append(
        StringBuilder text,
        LatestRelease latestRelease,
        UidScheme scheme,
        ScheduleDocument.Gone one,
        string category,
        string description,
        string status,
        string address
    ) =>
        text.Append("BEGIN:VEVENT\r\nCATEGORIES:")
            .Append(Escaped(category))
            .Append("\r\nDESCRIPTION:")
            .Append(Escaped(description))
            .Append("\r\nDTEND:")
            .Append(Utc.Format(one.Ends))
            .Append("\r\nDTSTAMP:")
            .Append(Utc.Format(latestRelease.At))
            .Append("\r\nDTSTART:")
            .Append(Utc.Format(one.Starts))
            .Append("\r\nLAST-MODIFIED:")
            .Append(Utc.Format(latestRelease.At))
            .Append("\r\nLOCATION:")
            .Append(Escaped(one.Room ?? ""))
            .Append("\r\nSEQUENCE:")
            .Append(one.Sequence)
            .Append("\r\nSTATUS:")
            .Append(status)
            .Append("\r\nSUMMARY:")
            .Append(Escaped(one.Title))
            .Append("\r\nTRANSP:TRANSPARENT\r\nUID:")
            .Append(scheme.Of(one.Uid))
            .Append(address.Length == 0 ? "" : "\r\nURL:")
            .Append(address)
            .Append("\r\nEND:VEVENT\r\n");

    private static string Joined(string between, params IEnumerable<string> parts) =>
        string.Join(between, parts.Where(part => part.Length > 0));

    private static string Escaped(string text) => CalendarText.Escaped(text);
}
