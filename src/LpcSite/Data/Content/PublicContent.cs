using Microsoft.EntityFrameworkCore.Metadata;

namespace LpcSite.Data.Content;

/// <summary>
/// That public pages show the rows of an entity, and of which conference. It is said once, in the entity's
/// configuration: what a save drops follows from it, and so do the triggers (<see cref="ContentTriggers"/>).
/// </summary>
public sealed class PublicContent
{
    /// <summary>Under which a configuration says it. The snapshot of the migrations does not know of it.</summary>
    internal const string Annotation = "LpcSite:Public";

    /// <summary>
    /// Keys to what a row belongs to, by whose conference it is shown: one of them is set. None where pages of all
    /// conferences show it.
    /// </summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>What no public page shows of a row.</summary>
    public IReadOnlySet<string> Hidden { get; internal set; } = new HashSet<string>();

    /// <summary>Whether a new row is shown by what names it, and by nothing before.</summary>
    public bool IsShownOnceNamed { get; internal set; }

    /// <summary>The same, where the row that this key names is new as well.</summary>
    public string? ShownOnceNamedBy { get; internal set; }

    /// <returns>Null for what no public page shows.</returns>
    public static PublicContent? Of(IEntityType entity) =>
        entity.FindRuntimeAnnotationValue(Annotation) as PublicContent;
}
