using LpcSite.Conferences;
using NodaTime;

namespace LpcSite.Scheduling.Clashes;

/// <summary>How bad a clash is.</summary>
public enum ClashSeverity
{
    /// <summary>
    /// Cannot be: they lead or speak in both at once, or while they are away. Nothing with such a clash is released
    /// without a reason.
    /// </summary>
    Hard,

    /// <summary>
    /// They would miss something where others count on them, or speak at night; or the room is too small.
    /// </summary>
    Soft,

    /// <summary>They would come late: the way from one room to the other takes longer than the time between.</summary>
    Walk,

    /// <summary>
    /// Two sessions at the same time want them from start to end: they lead one, are a key attendee, or speak at a time
    /// that nobody has said yet. They can go from one to the other, and will miss half of both.
    /// </summary>
    Parallel,
}

/// <summary>
/// One person, needed in two places, or in one while that cannot well be; more people than a room has seats; or a
/// session beside what is for everybody. There is one for each time at which that is so.
/// </summary>
/// <param name="One">
/// What begins first. Where the other is no place, that in which the person is needed, or the crowd.
/// </param>
public sealed record Clash(ClashSeverity Severity, Need One, Need Other)
{
    /// <summary>Null where it is about a room.</summary>
    public int? Person => One.Person;

    public string Name => One.Name;

    /// <summary>
    /// The same as long as the same person clashes as badly in the same two slots, or with the same topics in them,
    /// wherever and whenever these move: a reason given for it still holds. Where the same two meet once more, that is
    /// another.
    /// </summary>
    public string Key => FormattableString.Invariant($"{Person ?? 0}:{Sides.First}:{Sides.Second}:{Severity}");

    /// <summary>By which its line is found on a page.</summary>
    public string Anchor => Key.Replace(':', '-').Replace('.', '-');

    /// <summary>
    /// While they are needed twice, or while that cannot be; for a walk, the time that there is for it.
    /// </summary>
    public Interval During =>
        Severity is ClashSeverity.Walk
            ? new(One.During.End, Other.During.Start)
            : new(Instant.Max(One.During.Start, Other.During.Start), Instant.Min(One.During.End, Other.During.End));

    /// <summary>Whether both sides are places in the schedule.</summary>
    public bool IsBetweenPlaces => Other.Slot is not null;

    /// <summary>Both sides, in an order that no move changes.</summary>
    internal (string First, string Second) Sides => InOrder(One.Key, Other.Key);

    /// <summary>Both slots, or the slot and what speaks against it, in an order that no move changes.</summary>
    internal (string First, string Second) Places => InOrder(PlaceOf(One), PlaceOf(Other));

    /// <summary>
    /// Whether another one is about the same person and the same two, however bad and however often; or about the same
    /// crowd, in whatever room.
    /// </summary>
    public bool IsBetweenTheSameAs(Clash other) =>
        Person == other.Person
        && (
            Other.Role is NeedRole.Seats
                ? other.Other.Role is NeedRole.Seats && One.Where == other.One.Where
                : InOrder(One.Where, Other.Where) == InOrder(other.One.Where, other.Other.Where)
        );

    /// <summary>Whether a microconference takes part in it, as <see cref="Need.Where"/> names it.</summary>
    public bool Concerns(string where) => One.Where == where || Other.Where == where;

    /// <summary>One sentence that says who and what, without the time.</summary>
    public string Sentence =>
        (Severity, Other.Role) switch
        {
            (ClashSeverity.Walk, _) => $"{Name} {One.Does} and right afterwards, in another room, {Other.Does}.",
            (_, NeedRole.Away) => $"{Name} {One.Does}, and cannot be there at that time.",
            (_, NeedRole.Night) =>
                $"{Name} {One.Does} remotely, at {Dates.Times(One.During, DateTimeZoneProviders.Tzdb[Other.What])}.",
            (_, NeedRole.Seats) => $"{Name} {One.Does}, and {Other.Name} {Other.Does}.",
            (_, NeedRole.Plenary) => $"{One.Title} {One.Does} during {Other.Title}, which {Other.Does}.",
            _ when One.Where != Other.Where => $"{Name} {One.Does} and at the same time {Other.Does}.",
            _ when One.Does == Other.Does => $"{Name} {One.DoesIn($"two parts of {One.Title}")} at the same time.",
            _ => $"{Name} {One.DoesIn($"one part of {One.Title}")} and at the same time {Other.DoesIn("another")}.",
        };

    private static (string First, string Second) InOrder(string one, string other) =>
        string.CompareOrdinal(one, other) <= 0 ? (one, other) : (other, one);

    private static string PlaceOf(Need need) =>
        need.Slot is { } slot && need.Role is not NeedRole.Crowd
            ? FormattableString.Invariant($"slot-{slot}")
            : need.Where;
}
