using LpcSite.Microconferences;

namespace LpcSite.Decisions;

/// <summary>What an organizer chose for one proposal on the page of all of them.</summary>
/// <param name="Verdict">Null takes a tentative decision away.</param>
/// <param name="IntoId">The microconference that it is merged into.</param>
/// <param name="Place">On the waiting list; null puts it at the end.</param>
public sealed record ProposalChoice(
    int MicroconferenceId,
    Verdict? Verdict,
    SessionForm? Form,
    int? IntoId,
    int? Place,
    string Note
);
