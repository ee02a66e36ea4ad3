using NodaTime;

namespace LpcSite.Data.Audit;

/// <summary>An audit entry as a page lists it: under the name by which its author is known today.</summary>
public sealed record AuditLine(
    long Id,
    Instant At,
    string? By,
    string? BySlug,
    string Via,
    string Verb,
    string Subject,
    string? Before,
    string? After
)
{
    /// <summary>So many stand on one page.</summary>
    public const int PageSize = 50;
}
