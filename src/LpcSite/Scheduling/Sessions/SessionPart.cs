namespace LpcSite.Scheduling.Sessions;

/// <summary>Some minutes of a session as its leads want them: a topic, coffee, or a word of welcome.</summary>
/// <param name="Slot">Null for what waits until its microconference has a place.</param>
/// <param name="Title">Of what is not a topic, which has its own.</param>
/// <param name="StartsAfter">Minutes from the start of the slot.</param>
public sealed record SessionPart(int? Slot, int? Topic, string? Title, bool IsBreak, int StartsAfter, int Minutes)
{
    public int EndsAfter => StartsAfter + Minutes;
}
