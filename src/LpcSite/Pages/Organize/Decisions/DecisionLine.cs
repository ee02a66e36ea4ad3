using LpcSite.Decisions;
using LpcSite.Microconferences;

namespace LpcSite.Pages.Organize.Decisions;

/// <summary>A microconference on the page of all decisions, with what is meant to become of it.</summary>
public sealed record DecisionLine(
    int Id,
    string Slug,
    string Title,
    MicroconferenceStatus Status,
    SessionForm? Form,
    string Leads,
    DecisionLine.Meant? Prepared
)
{
    /// <summary>
    /// Waits for a decision, or for the form that was left for later; one whose letters are written does not.
    /// </summary>
    public bool IsOpen =>
        (
            Status is MicroconferenceStatus.Proposed or MicroconferenceStatus.ChangesRequested
            || Status is MicroconferenceStatus.Accepted && Form is null
        ) && Prepared?.State is not DecisionState.Applied;

    /// <summary>A decision that is not released yet.</summary>
    /// <param name="Into">The slug of the one that it is to be merged into.</param>
    public sealed record Meant(
        int MicroconferenceId,
        DecisionState State,
        Verdict Verdict,
        SessionForm? Form,
        string? Into,
        int? Place,
        string Note
    );
}
