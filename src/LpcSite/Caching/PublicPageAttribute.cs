namespace LpcSite.Caching;

/// <summary>
/// Marks what is the same for everybody, and is therefore kept ready until its content changes. The route that a
/// request matched says so, and what it says of the query: keys that are named nowhere here make no other page.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PublicPageAttribute : Attribute
{
    /// <summary>The keys of the query by which readers choose among a few pages, each of which is kept.</summary>
    public string[] Choices { get; init; } = [];

    /// <summary>
    /// The keys of the query by which readers choose so freely that what they choose is made anew each time.
    /// </summary>
    public string[] FreeChoices { get; init; } = [];

    /// <summary>
    /// False where askers choose so freely that keeping every answer would fill the memory: the search.
    /// </summary>
    public bool Kept { get; init; } = true;
}
