namespace LpcSite.DevPostgres;

/// <summary>Where the site's own PostgreSQL keeps its data, and how much it cares for them.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>
    /// A folder for this server alone: it is made private (0700) and holds the data, the password, the log and the
    /// owner's lock.
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Searched upwards for the npm package with the binaries, beside the folder of the running program.
    /// </summary>
    public string? ContentRoot { get; init; }

    /// <summary>
    /// False gives up what a power cut could cost, for speed: right for tests, whose data nobody misses.
    /// </summary>
    public bool Durable { get; init; } = true;

    public int MaxConnections { get; init; } = 100;
}
