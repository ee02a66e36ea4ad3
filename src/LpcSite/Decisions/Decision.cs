using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Decisions;

/// <summary>What the organizers mean to do with a proposal.</summary>
public enum Verdict
{
    Accept,
    Decline,

    /// <summary>It becomes a part of another one.</summary>
    Merge,

    /// <summary>It stays proposed, and comes in if a place becomes free.</summary>
    Wait,
}

/// <summary>
/// What is to become of a proposal: prepared in quiet, applied with its letters, and true for everybody once they are
/// released.
/// </summary>
public class Decision : PreparedDecision
{
    public const int LastPlace = 99;

    private Decision() { }

    public Decision(Microconference microconference) => Microconference = microconference;

    public int MicroconferenceId { get; private set; }
    public Microconference Microconference { get; private set; } = null!;
    public Verdict Verdict { get; private set; }

    /// <summary>Null while an accepted one's form is decided later, and for every other verdict.</summary>
    public SessionForm? Form { get; private set; }

    /// <summary>The one that it is merged into.</summary>
    public int? IntoId { get; private set; }

    public Microconference? Into { get; private set; }

    /// <summary>Its place on the waiting list, from 1.</summary>
    public int? Place { get; private set; }

    protected override string Title => Microconference.Title;

    /// <summary>Sets what is meant, in place of what was.</summary>
    /// <returns>Whether that changed anything.</returns>
    public bool Decide(
        Verdict verdict,
        SessionForm? form,
        Microconference? into,
        int? place,
        string note,
        Person by,
        Instant now
    )
    {
        if ((Verdict, Form, Into?.Id, Place, Note) == (verdict, form, into?.Id, place, note) && Id != 0)
        {
            return false;
        }

        Rule.Require(
            form is null || verdict is Verdict.Accept,
            $"{Microconference.Title}: only an accepted microconference has a form."
        );
        Rule.Require(
            (verdict is Verdict.Merge) == (into is not null),
            $"{Microconference.Title}: name the microconference that it is merged into."
        );
        Rule.Require(into is null || into != Microconference, $"{Microconference.Title} cannot be merged into itself.");
        Rule.Require(
            place is null || verdict is Verdict.Wait && place is >= 1 and <= LastPlace,
            $"{Microconference.Title}: a place on the waiting list is a number from 1 to {LastPlace}."
        );
        Set(note, by, now);
        (Verdict, Form, Into, Place) = (verdict, form, into, place);
        return true;
    }
}
