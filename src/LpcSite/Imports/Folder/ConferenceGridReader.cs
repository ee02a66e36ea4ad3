using LpcSite.Conferences;
using LpcSite.Conferences.Settings;
using LpcSite.Rules;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Sessions;
using LpcSite.Topics;
using NodaTime;

namespace LpcSite.Imports.Folder;

/// <summary>
/// Reads the parts of a folder that make its schedule: rooms, half-days and slots of <c>conference.yaml</c>, and the
/// session of a <c>SLUG.md</c>.
/// </summary>
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
            var (capacity, equipment) = (
                map.Number("capacity", 1, int.MaxValue),
                map.Optional("equipment", Room.EquipmentMaxLength)
            );
            if (capacity > Room.MaxCapacity)
            {
                map.Problem("capacity", $"A room seats at most {Room.MaxCapacity} people.");
            }

            if (map.Required("name", Room.NameMaxLength) is { } name)
            {
                if (rooms.Exists(room => room.Name == name))
                {
                    map.Problem("name", $"The room '{name}' is listed twice.");
                }

                rooms.Add(new ConferenceFolder.Room(name, capacity, equipment));
            }
        }

        conference.AtMost("rooms", rooms.Count, Conference.MaxRooms);

        return rooms;
    }

    public static List<ConferenceFolder.HalfDay> ReadHalfDays(YamlMap conference)
    {
        var halfDays = new List<ConferenceFolder.HalfDay>();
        conference.AtMost("half_days", conference.Maps("half_days", HalfDayKeys).Count, HalfDay.MaxPerDay);
        foreach (var map in conference.Maps("half_days", HalfDayKeys))
        {
            var (starts, ends) = (map.Clock("starts", required: true), map.Clock("ends", required: true));
            var (coffee, minutes) = (map.Clock("break", required: false), map.Number("break_minutes", 1, 600) ?? 30);
            if (
                map.Required("name", HalfDay.NameMaxLength) is not { } name
                || starts is not { } from
                || ends is not { } to
            )
            {
                continue;
            }

            try
            {
                _ = new HalfDay(name, from, to, coffee, minutes);
                var other = halfDays.Find(h => h.Name == name || (h.Starts < to && from < h.Ends));
                Rule.Require(
                    other is null,
                    other?.Name == name
                        ? $"The half-day '{name}' is listed twice."
                        : $"{name} and {other?.Name} are at the same time."
                );
                halfDays.Add(new ConferenceFolder.HalfDay(name, from, to, coffee, coffee is null ? 0 : minutes));
            }
            catch (RuleException broken)
            {
                map.Problem("starts", broken.Message);
            }
        }

        return halfDays;
    }

    /// <param name="facts">The first day, the last one, and the venue's zone, as far as they are known.</param>
    /// <param name="listed">The slugs of the folder's microconferences.</param>
    /// <param name="uid">Reads what a slot is called in calendars.</param>
    /// <returns>Each with its line.</returns>
    public static List<(ConferenceFolder.Slot Slot, int Line)> ReadSlots(
        YamlMap conference,
        (LocalDate? First, LocalDate? Last, DateTimeZone? Zone) facts,
        List<ConferenceFolder.Room>? rooms,
        IReadOnlyList<string> listed,
        Func<YamlMap, string, string?> uid
    )
    {
        var slots = new List<(ConferenceFolder.Slot Slot, int Line)>();
        foreach (var map in conference.Maps("slots", SlotKeys))
        {
            var (starts, ends, room) = (
                map.Time("starts", facts.Zone),
                map.Time("ends", facts.Zone),
                map.Optional("room", Room.NameMaxLength)
            );
            if (room is not null && rooms?.Exists(other => other.Name == room) is not true)
            {
                map.Problem("room", $"The room '{room}' is not listed under 'rooms'.");
            }

            if (ReadContent(map, listed) is not var (slug, kind, title) || starts is not { } from || ends is not { } to)
            {
                continue;
            }

            var slot = new ConferenceFolder.Slot(slug, kind, title, from, to, room) { Uid = uid(map, "slot") };
            CheckTime(map, slot, facts, slots);
            slots.Add((slot, map.Line));
        }

        conference.AtMost("slots", slots.Count, Conference.MaxSlots);
        foreach (
            var many in slots
                .GroupBy(s => s.Slot.Microconference, StringComparer.Ordinal)
                .Where(same => same.Key is not null)
        )
        {
            conference.AtMost("slots", many.Count(), Slot.MaxOfMicroconference);
        }

        return slots;
    }

    /// <summary>Whether a session fits into slots of so many minutes, in their order.</summary>
    /// <returns>Why not; null where it does, and where it waits for its first slot.</returns>
    public static string? ProblemOf(IReadOnlyList<ConferenceFolder.SessionPart> session, IReadOnlyList<int> slots)
    {
        foreach (var part in session.GroupBy(p => p.Part).OrderBy(p => p.Key))
        {
            var (needed, isOnly) = (part.Sum(p => p.Gap + p.Minutes), part.Key == 1 && slots.Count <= 1);
            if (part.Key > Math.Max(1, slots.Count))
            {
                return $"The session has a part {part.Key}, and "
                    + $"{(slots.Count == 1 ? "1 slot" : $"{slots.Count} slots")}.";
            }

            if (part.Key <= slots.Count && needed > slots[part.Key - 1])
            {
                return $"{(isOnly ? "The session" : $"Part {part.Key} of the session")} takes {needed} minutes, and "
                    + $"its slot has {slots[part.Key - 1]}.";
            }
        }

        return null;
    }

    private static void CheckTime(
        YamlMap map,
        ConferenceFolder.Slot slot,
        (LocalDate? First, LocalDate? Last, DateTimeZone? Zone) facts,
        List<(ConferenceFolder.Slot Slot, int Line)> others
    )
    {
        var taken = slot.Room is null
            ? default
            : others.Find(other =>
                other.Slot.Room == slot.Room && other.Slot.Starts < slot.Ends && slot.Starts < other.Slot.Ends
            );
        if (slot.Ends <= slot.Starts)
        {
            map.Problem("ends", "A slot ends after it starts.");
        }
        else if (slot.Ends - slot.Starts > Slot.Longest)
        {
            map.Problem("ends", "A slot ends within a day of its start.");
        }
        else if (
            facts is { First: { } first, Last: { } last, Zone: { } zone }
            && !Conference.IsNear(first, last, zone, new(slot.Starts, slot.Ends))
        )
        {
            map.Problem("starts", Conference.FarSentence);
        }
        else if (taken.Slot is { } other)
        {
            map.Problem(
                "room",
                $"The room '{slot.Room}' is taken by '{other.Microconference ?? other.Title}' at that time."
            );
        }
    }

    /// <param name="titles">Of the microconference's topics.</param>
    public static ConferenceFolder.SessionPart? ReadPart(YamlMap map, IReadOnlyCollection<string> titles)
    {
        var (topic, coffee, item) = (
            map.Optional("topic", Topic.TitleMaxLength),
            map.Optional("break", SessionItem.TitleMaxLength),
            map.Optional("item", SessionItem.TitleMaxLength)
        );
        if (new[] { topic, coffee, item }.Count(text => text is not null) != 1)
        {
            map.Problem("topic", "A part of a session is one of 'topic', 'break' and 'item'.");
            return null;
        }

        if (string.IsNullOrWhiteSpace(topic ?? coffee ?? item))
        {
            map.Problem(
                topic is not null ? "topic"
                    : coffee is not null ? "break"
                    : "item",
                "Say what this part of the session is."
            );
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
            topic,
            coffee ?? item,
            coffee is not null,
            map.Number("minutes", 1, Topic.MaxMinutes) ?? 1,
            map.Number("gap", 1, SessionItem.MaxGap) ?? 0,
            map.Number("part", 1, Slot.MaxOfMicroconference) ?? 1
        );
    }

    private static (string? Slug, SlotKind Kind, string? Title)? ReadContent(YamlMap map, IReadOnlyList<string> listed)
    {
        if (!map.Has("kind"))
        {
            var slug = map.RequiredAsWritten("microconference");
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
