using LpcSite.Emails;
using LpcSite.People;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Nominations;

/// <summary>What somebody is nominated for.</summary>
public enum NominationKind
{
    /// <summary>They come without paying.</summary>
    Pass,

    /// <summary>They may register past the waiting list.</summary>
    Place,
}

/// <summary>Somebody to whom the leads of a microconference give one of their passes or places.</summary>
public class Nomination
{
    private Nomination() { }

    public Nomination(int microconferenceId, Person person, string mail, NominationKind kind, Person by, Instant now)
    {
        (MicroconferenceId, Person, By, NominatedAt) = (microconferenceId, person, by, now);
        Change(mail, kind);
    }

    public int Id { get; private set; }
    public int MicroconferenceId { get; private set; }
    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;

    /// <summary>Where the organizers reach them with what they need to register.</summary>
    public string Mail { get; private set; } = null!;

    public NominationKind Kind { get; private set; }
    public int ById { get; private set; }
    public Person By { get; private set; } = null!;
    public Instant NominatedAt { get; private set; }

    public void Change(string mail, NominationKind kind)
    {
        Rule.Require(mail.Length > 0, "Say where the organizers reach them.");
        (Mail, Kind) = (MailAddress.Require(mail), kind);
    }
}
