using NodaTime;

namespace LpcSite.Scheduling.Clashes;

/// <summary>As what somebody is needed, or what stands against that.</summary>
public enum NeedRole
{
    Lead,
    Speaker,

    /// <summary>They speak in one of two topics, or somewhere in the session: nobody can say when.</summary>
    PerhapsSpeaker,
    KeyAttendee,

    /// <summary>They cannot be at the conference.</summary>
    Away,

    /// <summary>They take part from where it is night.</summary>
    Night,

    /// <summary>Those who want to be in a microconference.</summary>
    Crowd,

    /// <summary>The room in which they would be.</summary>
    Seats,

    /// <summary>What goes on meanwhile, whoever is in it.</summary>
    Session,

    /// <summary>What everybody is meant to be at.</summary>
    Plenary,
}

/// <summary>
/// One person who has to be in one place for some time; or what the other side of a clash is if it is no such place.
/// </summary>
/// <param name="Person">Null for a crowd, and for the room that it does not fit into.</param>
/// <param name="Where">The microconference, as <c>mc-7</c>; another slot, as <c>slot-5</c>; the room, as <c>room-3</c>;
/// <c>away</c> or <c>night</c>.</param>
/// <param name="What">The title of what they are needed for; the zone (IANA) in which it is night.</param>
/// <param name="Title">The title of the microconference; empty where it is none.</param>
/// <param name="Slot">Null where it is none.</param>
/// <param name="Room">Null while none is found; then nobody knows how far it is.</param>
/// <param name="IsRemote">They need no time to walk.</param>
/// <param name="Topic">What they speak about; null for whoever leads or listens.</param>
/// <param name="HasTime">Whether that topic has a time of its own in the session, and they are needed for it
/// alone.</param>
public sealed record Need(
    int? Person,
    string Name,
    NeedRole Role,
    string Where,
    string What,
    string Title,
    string? Slug,
    int? Slot,
    int? Room,
    Interval During,
    bool IsRemote = false,
    int? Topic = null,
    bool HasTime = false
)
{
    /// <summary>
    /// The slot, and the topic where it has a time of its own; the absence by its start. The same wherever and whenever
    /// these move, so that a reason given for a clash still holds, and another one for everything else that the same
    /// two may be.
    /// </summary>
    public string Key =>
        Role switch
        {
            NeedRole.Away => FormattableString.Invariant($"{Where}-{During.Start.ToUnixTimeSeconds() / 60}"),
            NeedRole.Crowd => Where,
            _ when Slot is null => Where,
            _ when HasTime => FormattableString.Invariant($"{Where}.{Slot}.{Topic}"),
            _ => FormattableString.Invariant($"{Where}.{Slot}"),
        };

    /// <summary>Whether they are needed from the start of the session to its end, or may be.</summary>
    public bool IsWhole => Slot is not null && !HasTime;

    /// <summary>Whether it cannot be without them, and at no other moment; or cannot be with them at all.</summary>
    public bool IsFirm => Role is NeedRole.Lead or NeedRole.Speaker or NeedRole.Away;

    /// <summary>Inside a sentence, after their name.</summary>
    public string Does => DoesIn(Title);

    internal string DoesIn(string place) =>
        Role switch
        {
            NeedRole.Lead => $"leads {place}",
            NeedRole.Speaker => $"speaks about “{What}” in {place}",
            NeedRole.PerhapsSpeaker => $"may speak about “{What}” in {place}",
            NeedRole.KeyAttendee => $"is a key attendee of {place}",
            NeedRole.Away => "cannot be there",
            NeedRole.Night => $"has night in {What}",
            NeedRole.Crowd => $"starred {place}",
            NeedRole.Session => "goes on",
            NeedRole.Plenary => "is for everybody",
            _ => $"has {What}",
        };
}
