namespace LpcSite.Microconferences;

/// <summary>The text of a microconference as somebody left it in a form.</summary>
/// <param name="BasedOn">The revision that he had on screen; 0 for a new one.</param>
/// <param name="Summary">What he says he changed; null when he says nothing.</param>
public sealed record WrittenText(string Title, string Description, string Results, int BasedOn, string? Summary);
