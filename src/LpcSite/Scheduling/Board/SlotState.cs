using System.Text.Json;
using System.Text.Json.Serialization;
using LpcSite.Data.Audit;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Scheduling.Board;

/// <summary>
/// A slot as the record of changes writes it down: for people to read, and exact enough for the board to go back to it.
/// </summary>
/// <param name="Microconference">
/// Null where something else stands there, which <paramref name="Title"/> then names.
/// </param>
/// <param name="Room">Null while none is found.</param>
/// <param name="Starts">On the venue's clock, with its distance from UTC (RFC 3339).</param>
internal sealed record SlotState(
    int Id,
    SlotKind Kind,
    int? Microconference,
    string Title,
    int? Room,
    string? RoomName,
    string Starts,
    string Ends,
    bool IsLocked
)
{
    private static readonly JsonSerializerOptions Json = new(AuditJson.Readable)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter() },
    };

    [JsonIgnore]
    public Interval During => new(Read(Starts), Read(Ends));

    public static SlotState Of(Slot slot, DateTimeZone zone) =>
        new(
            slot.Id,
            slot.Kind,
            slot.Microconference?.Id,
            slot.Microconference?.Title ?? slot.Title!,
            slot.RoomId,
            slot.Room?.Name,
            Write(slot.During.Start, zone),
            Write(slot.During.End, zone),
            slot.IsLocked
        );

    /// <summary>
    /// Whether the slot is as it is written here. What a microconference or a room is called does not count.
    /// </summary>
    public bool Is(Slot slot) =>
        (Kind, Microconference, Room, During, IsLocked)
            == (slot.Kind, slot.MicroconferenceId, slot.RoomId, slot.During, slot.IsLocked)
        && (Microconference is not null || Title == slot.Title);

    /// <returns>Null for none, as the record of changes says that there was nothing.</returns>
    public static string? Write(IReadOnlyList<SlotState> states) =>
        states.Count == 0 ? null : JsonSerializer.Serialize(states, Json);

    public static IReadOnlyList<SlotState> ReadAll(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<List<SlotState>>(json, Json) ?? [];

    private static string Write(Instant instant, DateTimeZone zone) =>
        OffsetDateTimePattern.Rfc3339.Format(instant.InZone(zone).ToOffsetDateTime());

    private static Instant Read(string text) => OffsetDateTimePattern.Rfc3339.Parse(text).GetValueOrThrow().ToInstant();
}
