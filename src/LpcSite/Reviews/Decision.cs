using LpcSite.Infrastructure;
using LpcSite.Microconferences;
using LpcSite.People;
using NodaTime;

namespace LpcSite.Reviews;

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

/// <summary>How far a decision has come.</summary>
public enum DecisionState
{
    /// <summary>Prepared, and changed as often as the organizers like.</summary>
    Tentative,

    /// <summary>Its letters are written and held; nobody but the organizers knows yet.</summary>
    Applied,

    /// <summary>It holds, its letters are on their way, and everybody can see it.</summary>
    Released,

    /// <summary>It held once, and does so no longer.</summary>
    Reopened,
}

/// <summary>What is to become of a proposal: prepared in quiet, applied with its letters, and true for everybody once they are released.</summary>
public class Decision
{
    public const int NoteMaxLength = 2000;
    public const int ReasonMaxLength = 500;
    public const int LastPlace = 99;

    private Decision()
    {
    }

    public Decision(Microconference microconference) => Microconference = microconference;

    public int Id { get; private set; }
    public int MicroconferenceId { get; private set; }
    public Microconference Microconference { get; private set; } = null!;
    public DecisionState State { get; private set; }
    public Verdict Verdict { get; private set; }

    /// <summary>Null while an accepted one's form is decided later, and for every other verdict.</summary>
    public SessionForm? Form { get; private set; }

    /// <summary>The one that it is merged into.</summary>
    public int? IntoId { get; private set; }

    public Microconference? Into { get; private set; }

    /// <summary>Its place on the waiting list, from 1.</summary>
    public int? Place { get; private set; }

    /// <summary>What its leads are told beside the verdict, in their letters; may be empty.</summary>
    public string Note { get; private set; } = "";

    public int ById { get; private set; }
    public Person By { get; private set; } = null!;
    public Instant DecidedAt { get; private set; }
    public Instant? ReleasedAt { get; private set; }

    /// <summary>Why it holds no longer.</summary>
    public string? Reason { get; private set; }

    /// <summary>Changes with every write to this row (PostgreSQL's xmin): two organizers who decide at once notice each other.</summary>
    public uint RowVersion { get; private set; }

    /// <summary>Sets what is meant, in place of what was.</summary>
    /// <returns>Whether that changed anything.</returns>
    public bool Decide(Verdict verdict, SessionForm? form, Microconference? into, int? place, string note, Person by, Instant now)
    {
        if ((Verdict, Form, Into?.Id, Place, Note) == (verdict, form, into?.Id, place, note) && Id != 0)
        {
            return false;
        }

        Rule.Require(State is DecisionState.Tentative, $"The letters about {Microconference.Title} are written. Take them back before you decide anew.");
        Rule.Require(form is null || verdict is Verdict.Accept, $"{Microconference.Title}: only an accepted microconference has a form.");
        Rule.Require((verdict is Verdict.Merge) == (into is not null), $"{Microconference.Title}: name the microconference that it is merged into.");
        Rule.Require(into is null || into != Microconference, $"{Microconference.Title} cannot be merged into itself.");
        Rule.Require(place is null || verdict is Verdict.Wait && place is >= 1 and <= LastPlace, $"{Microconference.Title}: a place on the waiting list is a number from 1 to {LastPlace}.");
        Rule.Require(note.Length <= NoteMaxLength, $"{Microconference.Title}: the note has {note.Length} characters; {NoteMaxLength} fit.");
        (Verdict, Form, Into, Place, Note, By, DecidedAt) = (verdict, form, into, place, note, by, now);
        return true;
    }

    /// <summary>Its letters are written in the same transaction.</summary>
    public void Apply()
    {
        Rule.Require(State is DecisionState.Tentative, "This decision was applied already.");
        State = DecisionState.Applied;
    }

    /// <summary>Its letters are stopped in the same transaction; nobody outside has known anything.</summary>
    public void TakeBack()
    {
        Rule.Require(State is DecisionState.Applied, "Only a decision whose letters are held can be taken back.");
        State = DecisionState.Tentative;
    }

    public void Release(Instant now)
    {
        Rule.Require(State is DecisionState.Applied, "Only a decision whose letters are written can be released.");
        (State, ReleasedAt) = (DecisionState.Released, now);
    }

    /// <param name="reason">For the record, as others will ask.</param>
    public void Reopen(string reason)
    {
        Rule.Require(State is DecisionState.Released, "Only a decision that holds can be reopened.");
        Rule.Require(reason.Length is > 0 and <= ReasonMaxLength, $"Say in 1 to {ReasonMaxLength} characters why it is reopened.");
        (State, Reason) = (DecisionState.Reopened, reason);
    }
}
