namespace LpcSite.Infrastructure;

/// <summary>Marks what is the same for everybody, and is therefore kept ready in the output cache until its content changes.</summary>
/// <param name="query">The query keys that make a different page; all others are ignored.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PublicPageAttribute(params string[] query) : Attribute
{
    public string[] Query { get; } = query;

    /// <summary>False where askers choose so freely that keeping every answer would fill the memory: the search.</summary>
    public bool Kept { get; init; } = true;
}
