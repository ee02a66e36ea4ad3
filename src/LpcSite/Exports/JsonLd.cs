using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LpcSite.Conferences;
using LpcSite.Exports.Schedule;
using LpcSite.Materials;
using LpcSite.Microconferences;
using LpcSite.Scheduling.Releases;

namespace LpcSite.Exports;

/// <summary>
/// What search engines read of a page (schema.org Event, JSON-LD 1.1): the conference, in it the microconferences, in
/// them the topics, each by its canonical address. Times and rooms are those of the last release; until there is one,
/// everything is on all days of the conference. The serializer escapes &lt;, so that no text ends the script element.
/// </summary>
public static class JsonLd
{
    private const string Schema = "https://schema.org";

    /// <param name="schedule">The last release; null before the first.</param>
    /// <param name="origin">Scheme and host of the site, without a slash at the end.</param>
    public static string Of(
        ConferenceFrame conference,
        IEnumerable<(int Id, string Slug, string Title)> microconferences,
        ScheduleDocument? schedule,
        string origin
    )
    {
        var root = Conference(conference, origin);
        root["subEvent"] = new JsonArray([
            .. microconferences.Select(m =>
                Event(
                    $"{origin}{conference.Path}/mc/{m.Slug}",
                    m.Title,
                    When.OfMicroconference(conference, schedule, m.Id)
                )
            ),
        ]);
        Append(
            root,
            "sponsor",
            conference.Tiers.SelectMany(t => t.Sponsors).DistinctBy(s => s.Name).Select(Organization)
        );
        return Write(root);
    }

    /// <summary>One microconference with its topics.</summary>
    public static string Of(
        ConferenceFrame conference,
        MicroconferenceDocument microconference,
        ScheduleDocument? schedule,
        string origin
    )
    {
        var root = Microconference(conference, microconference, schedule, origin);
        root["description"] = microconference.Description.Excerpt(300);
        root["superEvent"] = Conference(conference, origin);
        Append(
            root,
            "subEvent",
            microconference.Topics.Select(t => Topic(conference, microconference, t, schedule, origin))
        );
        Append(root, "workFeatured", microconference.Topics.SelectMany(t => Works(t, MaterialKind.Slides, origin)));
        Append(root, "recordedIn", microconference.Topics.SelectMany(t => Works(t, MaterialKind.Recording, origin)));
        return Write(root);
    }

    /// <summary>One topic, and of what it is a part.</summary>
    public static string OfTopic(
        ConferenceFrame conference,
        MicroconferenceDocument microconference,
        MicroconferenceDocument.Item topic,
        ScheduleDocument? schedule,
        string origin
    )
    {
        var root = Topic(conference, microconference, topic, schedule, origin);
        root["description"] = topic.Details.Excerpt(300) is { Length: > 0 } text
            ? text
            : $"A topic of {microconference.Title}, {conference.Name}.";
        var whole = Microconference(conference, microconference, schedule, origin);
        whole["superEvent"] = Conference(conference, origin);
        root["superEvent"] = whole;
        Append(root, "workFeatured", Works(topic, MaterialKind.Slides, origin));
        Append(root, "recordedIn", Works(topic, MaterialKind.Recording, origin));
        return Write(root);
    }

    private static JsonObject Conference(ConferenceFrame conference, string origin) =>
        Event(origin + conference.Path, conference.Name, When.OfConference(conference));

    private static JsonObject Microconference(
        ConferenceFrame conference,
        MicroconferenceDocument microconference,
        ScheduleDocument? schedule,
        string origin
    )
    {
        var when = When.OfMicroconference(conference, schedule, microconference.Id);
        var one = Event(
            origin + microconference.Path,
            microconference.Title,
            microconference.Status is MicroconferenceStatus.Withdrawn ? when with { IsCancelled = true } : when
        );
        Append(one, "organizer", microconference.Leads.Select(lead => Person(conference, lead, origin)));
        return one;
    }

    private static JsonObject Topic(
        ConferenceFrame conference,
        MicroconferenceDocument microconference,
        MicroconferenceDocument.Item topic,
        ScheduleDocument? schedule,
        string origin
    )
    {
        var one = Event(
            $"{origin}{microconference.Path}/topics/{topic.Address}",
            topic.Title,
            When.OfTopic(conference, schedule, microconference.Id, topic.Id)
        );
        Append(one, "performer", topic.Speakers.Select(speaker => Person(conference, speaker, origin)));
        return one;
    }

    private static JsonObject Event(string address, string name, When when) =>
        new()
        {
            ["@type"] = "Event",
            ["@id"] = address,
            ["name"] = name,
            ["url"] = address,
            ["startDate"] = when.Starts,
            ["endDate"] = when.Ends,
            ["eventStatus"] = $"{Schema}/{(when.IsCancelled ? "EventCancelled" : "EventScheduled")}",
            ["eventAttendanceMode"] = $"{Schema}/OfflineEventAttendanceMode",
            ["location"] = new JsonArray([.. when.Rooms.Select(room => Place(when.City, room))]),
        };

    // A room lies in the city; where none is known the city is all there is to say.
    private static JsonObject Place(string city, string? room) =>
        room is null
            ? new()
            {
                ["@type"] = "Place",
                ["name"] = city,
                ["address"] = city,
            }
            : new()
            {
                ["@type"] = "Place",
                ["name"] = room,
                ["address"] = city,
                ["containedInPlace"] = new JsonObject { ["@type"] = "Place", ["name"] = city },
            };

    private static JsonObject Person(ConferenceFrame conference, MicroconferenceDocument.Name person, string origin) =>
        new()
        {
            ["@type"] = "Person",
            ["@id"] = $"{origin}{conference.Path}/people/{person.Slug}",
            ["name"] = person.FullName,
        };

    private static JsonObject Organization(ConferenceFrame.Sponsor sponsor)
    {
        var organization = new JsonObject { ["@type"] = "Organization", ["name"] = sponsor.Name };
        if (sponsor.Url is { } url)
        {
            organization["url"] = url;
        }

        return organization;
    }

    // Slides as works that are presented, recordings as videos (schema.org PresentationDigitalDocument and
    // VideoObject).
    private static IEnumerable<JsonObject> Works(
        MicroconferenceDocument.Item topic,
        MaterialKind kind,
        string origin
    ) =>
        topic
            .Materials.Where(m => m.Kind == kind)
            .Select(m => new JsonObject
            {
                ["@type"] = kind is MaterialKind.Slides ? "PresentationDigitalDocument" : "VideoObject",
                ["name"] = topic.Title,
                ["url"] = m.From(origin),
            });

    private static void Append(JsonObject root, string name, IEnumerable<JsonObject> things)
    {
        if (new JsonArray([.. things]) is { Count: > 0 } some)
        {
            root[name] = some;
        }
    }

    private static string Write(JsonObject root)
    {
        root.Insert(0, "@context", Schema);
        return root.ToJsonString(JsonSerializerOptions.Default);
    }

    /// <summary>
    /// When and where something is, as the last release says: a time with the venue's distance from UTC, or the
    /// conference's days.
    /// </summary>
    /// <param name="Rooms">In order; null for what has no room yet.</param>
    private sealed record When(
        string Starts,
        string Ends,
        string City,
        IReadOnlyList<string?> Rooms,
        bool IsCancelled = false
    )
    {
        public static When OfConference(ConferenceFrame conference) =>
            new(Date(conference.StartsOn), Date(conference.EndsOn), conference.City, [null]);

        // One that is split is on from its first part to its last.
        public static When OfMicroconference(
            ConferenceFrame conference,
            ScheduleDocument? schedule,
            int microconference
        ) =>
            schedule?.Of(microconference).ToList() switch
            {
                { Count: > 0 } parts => Of(
                    schedule,
                    parts.Min(p => p.Starts),
                    parts.Max(p => p.Ends),
                    [.. parts.Select(p => schedule.RoomOf(p)?.Name).Distinct()]
                ),
                _ => OfGone(schedule, FormattableString.Invariant($"mc-{microconference}")) ?? OfConference(conference),
            };

        public static When OfTopic(
            ConferenceFrame conference,
            ScheduleDocument? schedule,
            int microconference,
            int topic
        )
        {
            var session = schedule?.Entries.FirstOrDefault(e => e.Items.Any(i => i.Topic == topic));
            return session is null
                    ? OfGone(schedule, FormattableString.Invariant($"topic-{topic}"))
                        ?? OfMicroconference(conference, schedule, microconference)
                : session.Items.First(i => i.Topic == topic) is { Starts: { } starts, Ends: { } ends }
                    ? Of(schedule!, starts, ends, [schedule!.RoomOf(session)?.Name])
                : Of(schedule!, session.Starts, session.Ends, [schedule!.RoomOf(session)?.Name]);
        }

        private static When? OfGone(ScheduleDocument? schedule, string uid) =>
            schedule?.Cancelled.FirstOrDefault(c => c.Uid == uid) is { } gone
                ? Of(schedule, gone.Starts, gone.Ends, [gone.Room]) with
                {
                    IsCancelled = true,
                }
                : null;

        private static When Of(
            ScheduleDocument schedule,
            NodaTime.Instant starts,
            NodaTime.Instant ends,
            IReadOnlyList<string?> rooms
        ) =>
            new(
                ScheduleDay.Zoned(starts, schedule),
                ScheduleDay.Zoned(ends, schedule),
                schedule.Conference.City,
                rooms
            );

        private static string Date(NodaTime.LocalDate date) =>
            date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
    }
}
