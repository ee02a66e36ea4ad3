namespace LpcSite.Imports;

/// <summary>How far a long piece of work has come: what it does now, and how many of how many it has done.</summary>
/// <param name="Total">0 when a new stage begins, which is told wherever the output goes.</param>
public sealed record ImportProgress(string Step, int Done, int Total);
