using LpcSite.Conferences;
using LpcSite.Decisions;
using LpcSite.Texts;
using LpcSite.Topics;
using NodaTime;

namespace LpcSite.Pages.Manage.Topics;

/// <summary>A topic on the leads' desk, with what they mean to do with it.</summary>
public sealed record TopicLine(
    int Id,
    string Title,
    TopicStatus Status,
    int? Minutes,
    string? Group,
    Instant? SubmittedAt,
    string? Submitter,
    IReadOnlyList<string> Speakers,
    string? SpeakersNote,
    string? Availability,
    IReadOnlyList<string> Links,
    string Html,
    string? OfferedTo,
    bool IsAsked,
    TopicLine.Meant? Plan
)
{
    /// <summary>Whether it can be put into the plan now.</summary>
    public bool IsOpen =>
        Status is TopicStatus.Submitted && OfferedTo is null && Plan?.State is not DecisionState.Applied;

    public bool IsListed => Topic.PublicStatuses.Contains(Status);

    /// <summary>Who, how long, since when: in one line below its title.</summary>
    public string Facts(DateTimeZone zone) =>
        string.Join(
            " · ",
            new[]
            {
                Speakers.Count == 0
                    ? "no speaker yet"
                    : string.Join(", ", Speakers) + (SpeakersNote is null ? "" : $" ({SpeakersNote})"),
                Minutes is { } minutes
                    ? $"{Wording.Count(minutes, "minute")}{(IsListed ? "" : " wished for")}"
                    : "no length yet",
                SubmittedAt is { } at ? $"came in {Dates.Of(at, zone)}" : null,
                Status is TopicStatus.Suggested ? "suggested by the leads" : null,
                IsAsked ? "changes asked for" : null,
            }.OfType<string>()
        );

    /// <summary>Whether one of these words stands in what a lead looks for by.</summary>
    public bool Has(string words) =>
        words.Length == 0
        || Title.Contains(words, StringComparison.CurrentCultureIgnoreCase)
        || Speakers
            .Append(Submitter)
            .Append(Group)
            .Any(s => s?.Contains(words, StringComparison.CurrentCultureIgnoreCase) is true);

    /// <summary>A plan, or a decision whose letters are written.</summary>
    public sealed record Meant(
        DecisionState State,
        TopicVerdict Verdict,
        int? Minutes,
        int? IntoId,
        string? Into,
        string Note
    );
}
