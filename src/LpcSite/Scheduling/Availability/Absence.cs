using LpcSite.People;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Scheduling.Availability;

/// <summary>
/// Some time of the conference at which somebody cannot be there, so that nobody plans with them then.
/// </summary>
public sealed class Absence
{
    public const int NoteMaxLength = 200;

    /// <summary>Nobody has more reasons than these to be away from one conference.</summary>
    public const int Most = 50;

    /// <summary>The longest one: a conference is shorter.</summary>
    public static readonly Duration Longest = Duration.FromDays(31);

    private Absence() { }

    /// <param name="note">What the organizers should know about it; null for nothing.</param>
    /// <param name="by">Themselves, or an organizer to whom they said so.</param>
    public Absence(int conferenceId, Person person, Interval during, string? note, Person by, Instant now)
    {
        Rule.Require(
            during.HasStart && during.HasEnd && during.Duration > Duration.Zero,
            "An absence ends after it begins."
        );
        Rule.Require(during.Duration <= Longest, $"An absence lasts at most {Longest.Days} days.");
        Rule.Require(
            note is null or { Length: > 0 and <= NoteMaxLength },
            $"A note has at most {NoteMaxLength} characters."
        );
        (ConferenceId, Person, PersonId, During, Note, By, At) = (
            conferenceId,
            person,
            person.Id,
            during,
            note,
            by,
            now
        );
    }

    public int Id { get; private set; }
    public int ConferenceId { get; private set; }
    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;

    /// <summary>From its start, included, to its end, not included.</summary>
    public Interval During { get; private set; }

    public string? Note { get; private set; }
    public int ById { get; private set; }
    public Person By { get; private set; } = null!;
    public Instant At { get; private set; }
}
