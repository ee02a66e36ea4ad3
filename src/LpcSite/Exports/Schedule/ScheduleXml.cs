using System.Xml.Linq;
using LpcSite.Materials;
using LpcSite.Scheduling.Releases;

namespace LpcSite.Exports.Schedule;

/// <summary>
/// The released schedule for the apps that conferences are carried around in: schedule.xml, as frab wrote it first and
/// c3voc describes it.
/// </summary>
public static class ScheduleXml
{
    /// <param name="origin">Scheme and host of the site, without a slash at the end.</param>
    public static string Write(LatestRelease latestRelease, string origin)
    {
        var plan = ScheduleDay.Of(latestRelease.Document);
        var schedule = new XElement(
            "schedule",
            new XElement("generator", new XAttribute("name", "LpcSite"), new XAttribute("version", "1")),
            new XElement("url", $"{origin}/{latestRelease.Document.Conference.Slug}/schedule.xml"),
            new XElement("version", latestRelease.Number),
            Conference(latestRelease.Document, plan, origin),
            plan.Select(day => Day(latestRelease, day, origin))
        );
        return CleanText.Xml(schedule);
    }

    private static XElement Conference(ScheduleDocument document, IReadOnlyList<ScheduleDay> plan, string origin) =>
        new(
            "conference",
            new XElement("title", CleanText.Line(document.Conference.Name)),
            new XElement("acronym", ScheduleDay.Acronym(document)),
            new XElement("start", ScheduleDay.Text(document.Conference.StartsOn)),
            new XElement("end", ScheduleDay.Text(document.Conference.EndsOn)),
            new XElement("days", plan.Count),
            new XElement("timeslot_duration", ScheduleDay.Grid),
            new XElement("base_url", $"{origin}/{document.Conference.Slug}/"),
            new XElement("url", $"{origin}/{document.Conference.Slug}/schedule"),
            new XElement("time_zone_name", document.Conference.TimeZone),
            ScheduleLine
                .Of(document)
                .DistinctBy(l => l.Track)
                .Select(l => new XElement(
                    "track",
                    new XAttribute("name", l.Track),
                    new XAttribute("slug", l.TrackSlug)
                ))
        );

    private static XElement Day(LatestRelease latestRelease, ScheduleDay day, string origin) =>
        new(
            "day",
            new XAttribute("index", day.Index),
            new XAttribute("date", ScheduleDay.Text(day.Date)),
            new XAttribute("start", ScheduleDay.Zoned(day.Starts, latestRelease.Document)),
            new XAttribute("end", ScheduleDay.Zoned(day.Ends, latestRelease.Document)),
            day.Rooms.Select(room => new XElement(
                "room",
                new XAttribute("name", room.Name),
                new XAttribute("guid", room.GlobalId),
                room.Lines.Select(line => Event(latestRelease, line, origin))
            ))
        );

    // An empty address or number is left out, since some readers fail at one. Empty texts and lists stay: others read
    // them unasked.
    private static XElement Event(LatestRelease latestRelease, ScheduleLine line, string origin)
    {
        var materials = line.Topic?.Topic is { } topic ? latestRelease.Materials[topic].ToList() : [];
        return new(
            "event",
            new XAttribute("id", line.Number),
            new XAttribute("guid", line.GlobalId),
            new XElement("room", line.Room),
            new XElement("title", line.Title),
            new XElement("subtitle", ScheduleDay.Subtitle(line)),
            new XElement("type", line.Kind),
            new XElement("date", ScheduleDay.Zoned(line.Starts, line.Document)),
            new XElement("start", ScheduleDay.Clock(line.Starts, line.Document)),
            new XElement("duration", ScheduleDay.Length(line)),
            new XElement("abstract", line.Text),
            new XElement("description", ""),
            new XElement("slug", ScheduleDay.Slug(line)),
            new XElement("track", line.Track),
            new XElement(
                "persons",
                line.People.Select(p => new XElement("person", new XAttribute("id", p.Id), p.Name))
            ),
            new XElement("language", "en"),
            Recording(materials.Find(m => m.Kind is MaterialKind.Recording)),
            List("links", "link", Links(line, materials, origin)),
            List(
                "attachments",
                "attachment",
                materials
                    .Where(m => m.Kind is MaterialKind.Slides)
                    .Select(m => (m.From(origin), CleanText.Line(m.FileName!)))
            ),
            line.Topic is null ? null : new XElement("url", origin + line.Path)
        );
    }

    // Its page, since what is known of it is no file to fetch; and nobody has said under which licence it is.
    private static XElement? Recording(MaterialLine? recording) =>
        recording is null
            ? null
            : new(
                "recording",
                new XElement("license", ""),
                new XElement("optout", false),
                new XElement("link", recording.Address)
            );

    private static IEnumerable<(string Address, string Title)> Links(
        ScheduleLine line,
        IReadOnlyList<MaterialLine> materials,
        string origin
    ) =>
        (
            line.Entry.Slug is { } slug
                ? new[] { ($"{origin}/{line.Document.Conference.Slug}/mc/{slug}", line.Track) }
                : []
        ).Concat(materials.Where(m => m.Kind is MaterialKind.Link).Select(m => (m.Address, CleanText.Line(m.Title!))));

    private static XElement? List(string name, string one, IEnumerable<(string Address, string Title)> links) =>
        links.Select(l => new XElement(one, new XAttribute("href", l.Address), l.Title)).ToList() is { Count: > 0 } list
            ? new(name, list)
            : null;
}
