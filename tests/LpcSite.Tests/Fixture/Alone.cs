namespace LpcSite.Tests.Fixture;

/// <summary>Tests that measure what the whole process does, and so run while no other test does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
