using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LpcSite.Exports.Calendars;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Releases;

namespace LpcSite.Exports.Schedule;

/// <summary>
/// The released schedule in the site's own words, with everything that it holds, at
/// <c>/api/v1/{conference}/schedule</c>. Keys are snake_case, addresses absolute, dates <c>2022-09-12</c>, times
/// <c>2022-09-12T10:00:00+01:00</c> by the venue's clock; what is not known is null.
/// <para><c>conference</c>: slug, name, short_name, starts_on, ends_on, time_zone (IANA), city, url.
/// <c>release</c>: number, released_at (UTC).
/// <c>rooms</c>, in their order: id, name, capacity (seats), equipment, calendar.</para>
/// <para><c>sessions</c>, by start: id, guid and uid stay the same for ever; kind (microconference, track or plenary),
/// title, slug (of a microconference), url, room (an id), starts, ends, minutes, sequence (how often time or room
/// changed since it was first released), form (full, half or no_av), text (Markdown), leads and key_attendees (each id,
/// name, url), items.</para>
/// <para><c>items</c>: kind (topic, break or other), id, guid and uid (of topics), title, url, starts and ends (null
/// while its leads have given it no time), minutes, sequence, text (Markdown), speakers (each id, name, url,
/// is_alternative, is_remote).</para>
/// <para><c>cancelled</c>, what an earlier release announced: id, guid, uid, title, slug, room (its name), starts,
/// ends, sequence.</para>
/// </summary>
public static class ScheduleApi
{
    // The answer is application/json, never part of a page, so letters stand as they are.
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new CleanText.Json(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <param name="origin">Scheme and host of the site, without a slash at the end.</param>
    public static string Write(LatestRelease latestRelease, string origin)
    {
        var document = latestRelease.Document;
        var (facts, home) = (document.Conference, $"{origin}/{document.Conference.Slug}");
        return JsonSerializer.Serialize(
                new
                {
                    Conference = new
                    {
                        facts.Slug,
                        facts.Name,
                        facts.ShortName,
                        StartsOn = ScheduleDay.Text(facts.StartsOn),
                        EndsOn = ScheduleDay.Text(facts.EndsOn),
                        facts.TimeZone,
                        facts.City,
                        Url = home,
                    },
                    Release = new { latestRelease.Number, ReleasedAt = Conferences.Dates.Machine(latestRelease.At) },
                    Rooms = document.Rooms.Select(r => new
                    {
                        r.Id,
                        r.Name,
                        r.Capacity,
                        r.Equipment,
                        Calendar = FormattableString.Invariant($"{home}/schedule/rooms/{r.Id}.ics"),
                    }),
                    Sessions = document
                        .Entries.Where(e => e.Kind is not SlotKind.Hold)
                        .Select(e => Session(ScheduleLine.Whole(document, e), origin, home)),
                    Cancelled = document.Cancelled.Select(c => new
                    {
                        Id = StableId.Number(c.Uid),
                        Guid = UidScheme.Of(document).Global(c.Uid),
                        c.Uid,
                        c.Title,
                        c.Slug,
                        c.Room,
                        Starts = ScheduleDay.Zoned(c.Starts, document),
                        Ends = ScheduleDay.Zoned(c.Ends, document),
                        c.Sequence,
                    }),
                },
                Options
            ) + "\n";
    }

    private static object Session(ScheduleLine line, string origin, string home) =>
        new
        {
            Id = line.Number,
            Guid = line.GlobalId,
            line.Uid,
            line.Kind,
            line.Entry.Title,
            line.Entry.Slug,
            Url = origin + line.Path,
            line.Entry.Room,
            Starts = ScheduleDay.Zoned(line.Starts, line.Document),
            Ends = ScheduleDay.Zoned(line.Ends, line.Document),
            line.Entry.Minutes,
            line.Sequence,
            line.Entry.Form,
            line.Entry.Text,
            Leads = line.Entry.Leads.Select(p => Person(p, home)),
            KeyAttendees = line.Entry.KeyAttendees.Select(p => Person(p, home)),
            Items = line.Entry.Items.Select(i => Item(line, i, origin, home)),
        };

    private static object Person(ScheduleDocument.Name person, string home) =>
        new
        {
            Id = person.Person,
            Name = person.FullName,
            Url = $"{home}/people/{person.Slug}",
        };

    private static object Item(ScheduleLine session, ScheduleDocument.Item item, string origin, string home) =>
        new
        {
            Kind = item.Topic is not null ? "topic"
            : item.IsBreak ? "break"
            : "other",
            Id = item.Topic,
            Guid = item.Uid is { } uid ? UidScheme.Of(session.Document).Global(uid) : (Guid?)null,
            item.Uid,
            item.Title,
            Url = item.Topic is null ? null : origin + (session with { Topic = item }).Path,
            Starts = item.Starts is { } starts ? ScheduleDay.Zoned(starts, session.Document) : null,
            Ends = item.Ends is { } ends ? ScheduleDay.Zoned(ends, session.Document) : null,
            item.Minutes,
            item.Sequence,
            item.Text,
            Speakers = item.Speakers.Select(s => new
            {
                Id = s.Person,
                Name = s.FullName,
                Url = $"{home}/people/{s.Slug}",
                s.IsAlternative,
                s.IsRemote,
            }),
        };
}
