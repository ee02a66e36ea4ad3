namespace LpcSite.Infrastructure;

/// <summary>Marks what is the same for everybody, and is therefore kept ready in the output cache until its content changes.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PublicPageAttribute : Attribute
{
    /// <summary>The query key that makes a different page of any that is kept; all others are ignored.</summary>
    public const string QueryKey = "status";

    /// <summary>What readers choose from the schedule by: so freely that what they choose is made anew each time.</summary>
    public static readonly string[] ScheduleKeys = ["room", "mc", "person"];

    /// <summary>False where askers choose so freely that keeping every answer would fill the memory: the search.</summary>
    public bool Kept { get; init; } = true;
}
