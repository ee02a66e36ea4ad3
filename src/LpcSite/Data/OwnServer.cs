using LpcSite.Rules;
#if DEV_POSTGRES
using LpcSite.DevPostgres;
#endif

namespace LpcSite.Data;

/// <summary>
/// The PostgreSQL that development starts for itself. This is the one place that knows the project it comes from, which
/// a build for the container image leaves out.
/// </summary>
internal sealed class OwnServer : IAsyncDisposable
{
#if DEV_POSTGRES
    private readonly EmbeddedPostgres _server;

    private OwnServer(EmbeddedPostgres server) => _server = server;

    /// <param name="folder">Keeps its data.</param>
    /// <param name="contentRoot">Searched upwards for its binaries.</param>
    /// <exception cref="OperatorException">It cannot run.</exception>
    public static async Task<OwnServer> StartAsync(string folder, string contentRoot, CancellationToken stop)
    {
        try
        {
            return new(await EmbeddedPostgres.StartAsync(new() { Folder = folder, ContentRoot = contentRoot }, stop));
        }
        catch (EmbeddedPostgresException failure)
        {
            throw new OperatorException(failure.Message, failure);
        }
    }

    /// <summary>Says how to reach a database, which is made where it is missing.</summary>
    public async Task<string> OpenAsync(string database, CancellationToken stop)
    {
        await _server.CreateDatabaseIfMissingAsync(database, stop);
        return _server.ConnectionString(database);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
#else
    /// <exception cref="OperatorException">Always.</exception>
    public static Task<OwnServer> StartAsync(string folder, string contentRoot, CancellationToken stop) =>
        throw new OperatorException(
            "This build of LpcSite brings no PostgreSQL of its own: name a server in ConnectionStrings__LpcSite."
        );

    public Task<string> OpenAsync(string database, CancellationToken stop) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
#endif
}
