using LpcSite.People;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Decisions;

/// <summary>How far a decision has come.</summary>
public enum DecisionState
{
    /// <summary>Prepared, and changed as often as those who decide like.</summary>
    Tentative,

    /// <summary>Its letters are written and held; nobody else knows yet.</summary>
    Applied,

    /// <summary>It holds, its letters are on their way, and everybody whom it concerns can see it.</summary>
    Released,

    /// <summary>It held once, and does so no longer.</summary>
    Reopened,
}

/// <summary>
/// What decisions of organizers about proposals and of leads about topics have in common: prepared in quiet, applied
/// with their letters, and true once these are released.
/// </summary>
public abstract class PreparedDecision
{
    public const int NoteMaxLength = 2000;
    public const int ReasonMaxLength = 500;

    public int Id { get; private set; }
    public DecisionState State { get; private set; }

    /// <summary>What those whom it concerns are told beside the verdict, in their letters; may be empty.</summary>
    public string Note { get; private set; } = "";

    public int ById { get; private set; }
    public Person By { get; private set; } = null!;
    public Instant DecidedAt { get; private set; }
    public Instant? ReleasedAt { get; private set; }

    /// <summary>Why it holds no longer.</summary>
    public string? Reason { get; private set; }

    /// <summary>
    /// Changes with every write to this row (PostgreSQL's xmin): two who decide at once notice each other.
    /// </summary>
    public uint RowVersion { get; private set; }

    /// <summary>The title of what it is about, for sentences.</summary>
    protected abstract string Title { get; }

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
        Rule.Require(
            reason.Length is > 0 and <= ReasonMaxLength,
            $"Say in 1 to {ReasonMaxLength} characters why it is reopened."
        );
        (State, Reason) = (DecisionState.Reopened, reason);
    }

    /// <summary>What every choice has, whatever it is about.</summary>
    protected void Set(string note, Person by, Instant now)
    {
        Rule.Require(
            State is DecisionState.Tentative,
            $"The letters about {Title} are written. Take them back before you decide anew."
        );
        Rule.Require(
            note.Length <= NoteMaxLength,
            $"{Title}: the note has {note.Length} characters; {NoteMaxLength} fit."
        );
        (Note, By, DecidedAt) = (note, by, now);
    }
}
