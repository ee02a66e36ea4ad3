using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Nominations;

/// <summary>
/// How many free passes and how many guaranteed places, past the waiting list, the leads of a microconference may give,
/// and until when: set by the organizers for the conference, and in other numbers for one microconference where it
/// needs them.
/// </summary>
public class Allowance
{
    public const int Most = 100;

    private Allowance() { }

    /// <param name="microconferenceId">The one that gets other numbers; null for what holds for all.</param>
    public Allowance(int conferenceId, int? microconferenceId = null) =>
        (ConferenceId, MicroconferenceId) = (conferenceId, microconferenceId);

    public int Id { get; private set; }
    public int ConferenceId { get; private set; }
    public int? MicroconferenceId { get; private set; }
    public int Passes { get; private set; }
    public int Places { get; private set; }

    /// <summary>Until when leads nominate; null where only the numbers are other than the conference's.</summary>
    public Instant? ClosesAt { get; private set; }

    /// <summary>In which the deadline was announced.</summary>
    public DateTimeZone? Zone { get; private set; }

    /// <summary>
    /// The deadline of which the leads were reminded; another one, if it is moved, is worth another letter.
    /// </summary>
    public Instant? RemindedOf { get; private set; }

    /// <summary>Changes with every write (PostgreSQL's xmin): the second of two organizers is told.</summary>
    public uint RowVersion { get; private set; }

    public void Give(int passes, int places)
    {
        Rule.Require(
            passes is >= 0 and <= Most && places is >= 0 and <= Most,
            $"A microconference gives from 0 to {Most} of each."
        );
        (Passes, Places) = (passes, places);
    }

    public void CloseAt(Instant closesAt, DateTimeZone zone)
    {
        Rule.Require(MicroconferenceId is null, "The deadline is one for all microconferences.");
        (ClosesAt, Zone) = (closesAt, zone);
    }

    public void Reminded() => RemindedOf = ClosesAt;

    public int Of(NominationKind kind) => kind is NominationKind.Pass ? Passes : Places;
}
