using NodaTime;

namespace LpcSite.Scheduling;

/// <summary>As what somebody is needed.</summary>
public enum NeedRole
{
    Lead,
    Speaker,

    /// <summary>He speaks in one of two topics, or somewhere in the session: nobody can say when.</summary>
    PerhapsSpeaker,
    KeyAttendee,
}

/// <summary>One person who has to be in one place for some time.</summary>
/// <param name="Where">The microconference, as <c>mc-7</c>.</param>
/// <param name="What">The title of what he is needed for.</param>
/// <param name="Title">The title of the microconference.</param>
/// <param name="Room">Null while none is found; then nobody knows how far it is.</param>
/// <param name="IsRemote">He needs no time to walk.</param>
/// <param name="Topic">What he speaks about; null for whoever is needed all the time.</param>
public sealed record Need(
    int Person, string Name, NeedRole Role, string Where, string What, string Title, string? Slug, int Slot, int? Room, Interval During, bool IsRemote = false, int? Topic = null)
{
    /// <summary>Whether it cannot be without him, and at no other moment.</summary>
    public bool IsFirm => Role is NeedRole.Lead or NeedRole.Speaker;

    /// <summary>Inside a sentence, after his name.</summary>
    public string Does => Role switch
    {
        NeedRole.Lead => $"leads {Title}",
        NeedRole.Speaker => $"speaks about “{What}” in {Title}",
        NeedRole.PerhapsSpeaker => $"may speak about “{What}” in {Title}",
        _ => $"is a key attendee of {Title}",
    };
}
