namespace LpcSite.Imports;

/// <summary>How far a long piece of work has come: what it does now, and how many of how many it has done.</summary>
public sealed record ImportProgress(string Step, int Done, int Total);
