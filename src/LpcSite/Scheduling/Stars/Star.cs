using System.Text.RegularExpressions;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Scheduling.Releases;
using NodaTime;

namespace LpcSite.Scheduling.Stars;

/// <summary>
/// Something of the schedule that somebody does not want to miss. It names what it means as calendars do
/// (<see cref="ScheduleDocument.Entry.Uid"/>), so that it stays when the thing moves, waits for a place or is
/// cancelled, and is the same in a browser without an account.
/// </summary>
/// <remarks>It leaves no entry in the record of changes: what somebody wants to hear is nobody's business but theirs,
/// not even the organizers'.</remarks>
public sealed partial class Star
{
    public const int UidMaxLength = 40;

    /// <summary>As many as anybody can want; more is not a reader.</summary>
    public const int Most = 2_000;

    /// <summary>Below this many people organizers are not told how many, since a handful can be guessed.</summary>
    public const int FewestCounted = 5;

    private Star() { }

    public Star(Person person, int conferenceId, string uid, Instant now)
    {
        Rule.Require(IsUid(uid), "Only what stands in the schedule can be starred.");
        (Person, PersonId, ConferenceId, Uid, At) = (person, person.Id, conferenceId, uid, now);
    }

    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;
    public int ConferenceId { get; private set; }
    public string Uid { get; private set; } = null!;
    public Instant At { get; private set; }

    public static bool IsUid(string text) => text.Length <= UidMaxLength && Pattern().IsMatch(text);

    [GeneratedRegex(
        @"\A(mc-[1-9][0-9]{0,8}(-[1-9][0-9]{0,3})?|(topic|slot)-[1-9][0-9]{0,8})\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Pattern();
}
