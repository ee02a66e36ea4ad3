using System.Xml.Linq;
using LpcSite.Scheduling;

namespace LpcSite.Exports;

/// <summary>The released schedule for the apps that conferences are carried around in: schedule.xml, as frab wrote it first and c3voc describes it.</summary>
public static class ScheduleXml
{
    /// <param name="origin">Scheme and host of the site, without a slash at the end.</param>
    public static string Write(Released released, string origin)
    {
        var plan = ScheduleDay.Of(released.Document);
        var schedule = new XElement(
            "schedule",
            new XElement("generator", new XAttribute("name", "LpcSite"), new XAttribute("version", "1")),
            new XElement("url", $"{origin}/{released.Document.Conference.Slug}/schedule"),
            new XElement("version", released.Number),
            Conference(released.Document, plan, origin),
            plan.Select(day => Day(released.Document, day, origin)));
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{schedule}\n";
    }

    private static XElement Conference(ScheduleDocument document, IReadOnlyList<ScheduleDay> plan, string origin) => new(
        "conference",
        new XElement("title", CleanText.Line(document.Conference.Name)),
        new XElement("acronym", ScheduleDay.Acronym(document)),
        new XElement("start", ScheduleDay.Text(document.Conference.StartsOn)),
        new XElement("end", ScheduleDay.Text(document.Conference.EndsOn)),
        new XElement("days", plan.Count),
        new XElement("timeslot_duration", ScheduleDay.Grid),
        new XElement("base_url", $"{origin}/{document.Conference.Slug}/"),
        new XElement("time_zone_name", document.Conference.TimeZone),
        ScheduleLine.Of(document).DistinctBy(l => l.Track).Select(l => new XElement("track", new XAttribute("name", l.Track), new XAttribute("slug", l.TrackSlug))));

    private static XElement Day(ScheduleDocument document, ScheduleDay day, string origin) => new(
        "day",
        new XAttribute("index", day.Index),
        new XAttribute("date", ScheduleDay.Text(day.Date)),
        new XAttribute("start", ScheduleDay.Zoned(day.Starts, document)),
        new XAttribute("end", ScheduleDay.Zoned(day.Ends, document)),
        day.Rooms.Select(room => new XElement("room", new XAttribute("name", room.Name), new XAttribute("guid", room.GlobalId), room.Lines.Select(line => Event(line, origin)))));

    // What is empty is left out: some readers take an empty element for an address or a number, and fail.
    private static XElement Event(ScheduleLine line, string origin)
    {
        var people = line.People.ToList();
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
            new XElement("slug", ScheduleDay.Slug(line)),
            new XElement("track", line.Track),
            people.Count == 0 ? null : new XElement("persons", people.Select(p => new XElement("person", new XAttribute("id", p.Id), p.Name))),
            new XElement("language", "en"),
            line.Entry.Slug is not { } slug ? null : new XElement("links", new XElement("link", new XAttribute("href", $"{origin}/{line.Document.Conference.Slug}/mc/{slug}"), line.Track)),
            line.Topic is null ? null : new XElement("url", origin + line.Path));
    }
}
