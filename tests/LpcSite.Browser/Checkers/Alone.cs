namespace LpcSite.Browser.Checkers;

/// <summary>Tests that measure time, and so run while no other test does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
