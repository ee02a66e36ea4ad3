using LpcSite.Scheduling.Releases;

namespace LpcSite.Pages.Manage.Sessions;

/// <summary>A topic that is in a microconference, for its leads to give it a time.</summary>
/// <param name="Minutes">Wished for; null while nobody has said.</param>
/// <param name="Availability">When its speakers cannot be there.</param>
public sealed record SessionTopic(
    int Id,
    string Title,
    int? Minutes,
    string? Group,
    string? Availability,
    IReadOnlyList<ScheduleDocument.Speaker> Speakers
)
{
    public string Facts =>
        string.Join(
            ", ",
            new[]
            {
                Minutes is { } minutes ? $"{minutes} min wished for" : null,
                Group,
                string.Join(" and ", Speakers.Select(s => s.FullName)),
            }.Where(fact => !string.IsNullOrEmpty(fact))
        );
}
