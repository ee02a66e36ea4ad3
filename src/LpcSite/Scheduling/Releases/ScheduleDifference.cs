namespace LpcSite.Scheduling.Releases;

/// <summary>
/// What one schedule says otherwise than another, in whole sentences, so that nobody has to compare two tables: for the
/// organizers before they release, for readers and feeds afterwards.
/// </summary>
/// <param name="Zone">In which all its times are given (IANA).</param>
/// <param name="Groups">
/// What concerns all first, then each microconference by title, then plenaries and tracks. A group has at least one
/// sentence.
/// </param>
public sealed record ScheduleDifference(string Zone, IReadOnlyList<ScheduleDifference.Group> Groups)
{
    /// <summary>No time, room, topic or name is another; details such as the seats of a room may be.</summary>
    public bool IsEmpty => Groups.Count == 0;

    public int Count => Groups.Sum(g => g.Sentences.Count);

    public static ScheduleDifference Between(ScheduleDocument before, ScheduleDocument after) =>
        new ScheduleComparison(before, after).Write();

    /// <summary>What is said about one microconference.</summary>
    /// <param name="Slug">Null for what is no microconference.</param>
    public sealed record Group(string Title, string? Slug, IReadOnlyList<string> Sentences);
}
