using NodaTime;

namespace LpcSite.Scheduling;

/// <summary>How bad it is that one person is needed in two places.</summary>
public enum ClashSeverity
{
    /// <summary>Cannot be: he leads or speaks in both at once. Nothing with such a clash is released without a reason.</summary>
    Hard,

    /// <summary>He would miss something where others count on him.</summary>
    Soft,

    /// <summary>He would come late: the way from one room to the other takes longer than the time between.</summary>
    Walk,
}

/// <summary>One person, needed in two places.</summary>
/// <param name="One">What begins first.</param>
public sealed record Clash(ClashSeverity Severity, Need One, Need Other)
{
    public int Person => One.Person;

    public string Name => One.Name;

    /// <summary>The same as long as the same person clashes as badly between the same two, wherever they move: a reason given for it still holds.</summary>
    public string Key
    {
        get
        {
            var (first, second) = string.CompareOrdinal(One.Where, Other.Where) <= 0 ? (One.Where, Other.Where) : (Other.Where, One.Where);
            return FormattableString.Invariant($"{Person}:{first}:{second}:{Severity}");
        }
    }

    /// <summary>While he is needed twice; for a walk, the time that there is for it.</summary>
    public Interval During => Severity is ClashSeverity.Walk
        ? new(One.During.End, Other.During.Start)
        : new(Instant.Max(One.During.Start, Other.During.Start), Instant.Min(One.During.End, Other.During.End));

    /// <summary>Whether another one is about the same person and the same two, however bad.</summary>
    public bool IsBetweenTheSameAs(Clash other) =>
        Person == other.Person && ((One.Where, Other.Where) == (other.One.Where, other.Other.Where) || (One.Where, Other.Where) == (other.Other.Where, other.One.Where));

    /// <summary>One sentence that says who and what, without the time.</summary>
    public string Sentence => Severity is ClashSeverity.Walk
        ? $"{Name} {One.Does} and right afterwards, in another room, {Other.Does}."
        : $"{Name} {One.Does} and at the same time {Other.Does}.";
}
