using LpcSite.Infrastructure;
using LpcSite.Scheduling;
using LpcSite.Topics;
using NodaTime;

namespace LpcSite.Imports;

/// <summary>Reads the parts of a folder that make its schedule: rooms, half-days and slots of <c>conference.yaml</c>, and the session of a <c>SLUG.md</c>.</summary>
internal static class ConferenceGridReader
{
    public static readonly string[] SessionKeys = ["topic", "break", "item", "minutes", "gap", "part"];

    private static readonly string[] RoomKeys = ["name", "capacity", "equipment"];
    private static readonly string[] HalfDayKeys = ["name", "starts", "ends", "break", "break_minutes"];
    private static readonly string[] SlotKeys = ["microconference", "kind", "title", "starts", "ends", "room", "uid"];

    public static List<ConferenceFolder.Room> ReadRooms(YamlMap conference)
    {
        var rooms = new List<ConferenceFolder.Room>();
        foreach (var map in conference.Maps("rooms", RoomKeys))
        {
            var (capacity, equipment) = (map.Number("capacity", 1, int.MaxValue), map.Optional("equipment", Room.EquipmentMaxLength));
            if (map.Required("name", Room.NameMaxLength) is { } name)
            {
                if (rooms.Exists(room => room.Name == name))
                {
                    map.Problem("name", $"The room '{name}' is listed twice.");
                }

                rooms.Add(new ConferenceFolder.Room(name, capacity, equipment));
            }
        }

        return rooms;
    }

    public static List<ConferenceFolder.HalfDay> ReadHalfDays(YamlMap conference)
    {
        var halfDays = new List<ConferenceFolder.HalfDay>();
        foreach (var map in conference.Maps("half_days", HalfDayKeys))
        {
            var (starts, ends) = (map.Clock("starts", required: true), map.Clock("ends", required: true));
            var (coffee, minutes) = (map.Clock("break", required: false), map.Number("break_minutes", 1, 600) ?? 30);
            if (map.Required("name", HalfDay.NameMaxLength) is not { } name || starts is not { } from || ends is not { } to)
            {
                continue;
            }

            try
            {
                _ = new HalfDay(name, from, to, coffee, minutes);
                halfDays.Add(new ConferenceFolder.HalfDay(name, from, to, coffee, coffee is null ? 0 : minutes));
            }
            catch (RuleException broken)
            {
                map.Problem("starts", broken.Message);
            }
        }

        return halfDays;
    }

    /// <param name="listed">The slugs of the folder's microconferences.</param>
    /// <param name="uid">Reads what a slot is called in calendars.</param>
    public static List<ConferenceFolder.Slot> ReadSlots(
        YamlMap conference, DateTimeZone? zone, List<ConferenceFolder.Room>? rooms, IReadOnlyList<string> listed,
            Func<YamlMap, string, string?> uid)
    {
        var slots = new List<ConferenceFolder.Slot>();
        foreach (var map in conference.Maps("slots", SlotKeys))
        {
            var (starts, ends, room) = (map.Time("starts", zone), map.Time("ends", zone), map.Optional("room", Room.NameMaxLength));
            if (room is not null && rooms?.Exists(other => other.Name == room) is not true)
            {
                map.Problem("room", $"The room '{room}' is not listed under 'rooms'.");
            }

            if (ReadContent(map, listed) is not var (slug, kind, title) || starts is not { } from || ends is not { } to)
            {
                continue;
            }

            if (to <= from)
            {
                map.Problem("ends", "A slot ends after it starts.");
            }
            else if (room is not null && slots.Find(other => other.Room == room && other.Starts < to && from < other.Ends) is { } other)
            {
                map.Problem("room", $"The room '{room}' is taken by '{other.Microconference ?? other.Title}' at that time.");
            }

            slots.Add(new ConferenceFolder.Slot(slug, kind, title, from, to, room) { Uid = uid(map, "slot") });
        }

        return slots;
    }

    /// <param name="titles">Of the microconference's topics.</param>
    public static ConferenceFolder.SessionPart? ReadPart(YamlMap map, IReadOnlyCollection<string> titles)
    {
        var (topic, coffee, item) = (map.Optional("topic", Topic.TitleMaxLength), map.Optional("break", SessionItem.TitleMaxLength), map.Optional("item", SessionItem.TitleMaxLength));
        if (new[] { topic, coffee, item }.Count(text => text is not null) != 1)
        {
            map.Problem("topic", "A part of a session is one of 'topic', 'break' and 'item'.");
            return null;
        }

        if (topic is not null && !titles.Contains(topic))
        {
            map.Problem("topic", $"There is no topic '{topic}' under 'topics'.");
        }

        if (!map.Has("minutes"))
        {
            map.Problem("minutes", "The key 'minutes' is missing.");
        }

        return new ConferenceFolder.SessionPart(
            topic, coffee ?? item, coffee is not null, map.Number("minutes", 1, Topic.MaxMinutes) ?? 1, map.Number("gap", 1, Topic.MaxMinutes) ?? 0, map.Number("part", 1, 20) ?? 1);
    }

    private static (string? Slug, SlotKind Kind, string? Title)? ReadContent(YamlMap map, IReadOnlyList<string> listed)
    {
        if (!map.Has("kind"))
        {
            var slug = map.Required("microconference", int.MaxValue);
            if (slug is not null && !listed.Contains(slug))
            {
                map.Problem("microconference", $"The microconference '{slug}' is not listed under 'microconferences'.");
            }

            return slug is null ? null : (slug, SlotKind.Microconference, null);
        }

        var (kind, title) = (map.Word<SlotKind>("kind", required: true), map.Required("title", Slot.TitleMaxLength));
        if (kind is SlotKind.Microconference)
        {
            map.Problem("kind", "A microconference is named by 'microconference', and has no kind.");
            return null;
        }

        return kind is { } known && title is not null ? (null, known, title) : null;
    }
}
