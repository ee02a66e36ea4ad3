namespace LpcSite.Topics.Submissions;

/// <summary>What somebody typed about a topic.</summary>
/// <param name="Problem">Markdown.</param>
/// <param name="Minutes">Wished for; null for no wish.</param>
/// <param name="SpeakersNote">What the list of speakers cannot say.</param>
/// <param name="Availability">For the leads alone.</param>
/// <param name="Links">Where it has been discussed, patches, slides.</param>
/// <param name="BasedOn">The revision that was on screen; 0 for a new one.</param>
public sealed record SubmittedText(
    string Title,
    string Problem,
    int? Minutes,
    IReadOnlyList<SubmittedSpeaker> Speakers,
    string? SpeakersNote,
    string? Availability,
    IReadOnlyList<string> Links,
    int BasedOn
);
