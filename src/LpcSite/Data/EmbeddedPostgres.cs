namespace LpcSite.Data;
/// <summary>temporary</summary>
public sealed record EmbeddedPostgresOptions { public required string DataFolder { get; init; } }
/// <summary>temporary</summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    public static Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, CancellationToken ct) => throw new NotSupportedException();
    public string ConnectionString(string database) => database;
    public Task CreateDatabaseIfMissingAsync(string database, CancellationToken ct) => Task.CompletedTask;
    public ValueTask DisposeAsync() => default;
}
