namespace LpcSite.Decisions;

/// <summary>What a lead chose for one topic on the page of all of them.</summary>
/// <param name="Verdict">Null takes a tentative decision away.</param>
/// <param name="Minutes">So long it gets; null leaves it at what was wished for.</param>
/// <param name="IntoId">The topic that it becomes a part of.</param>
public sealed record TopicChoice(int TopicId, TopicVerdict? Verdict, int? Minutes, int? IntoId, string Note);
