namespace LpcSite.Microconferences.Editing;

/// <summary>The text of a microconference as somebody left it in a form.</summary>
/// <param name="TitleShown">
/// The title that the form showed them, so that a newer one is not taken back by somebody who changed only the text;
/// empty when it showed none.
/// </param>
/// <param name="BasedOn">The revision that they had on screen; 0 for a new one.</param>
/// <param name="Summary">What they say they changed; null when they say nothing.</param>
public sealed record WrittenText(
    string Title,
    string TitleShown,
    string Description,
    string Results,
    int BasedOn,
    string? Summary
);
