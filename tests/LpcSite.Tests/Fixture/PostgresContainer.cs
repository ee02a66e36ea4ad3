using System.Net.Sockets;
using Testcontainers.PostgreSql;

namespace LpcSite.Tests.Fixture;

/// <summary>A PostgreSQL in a container, where a Docker engine answers.</summary>
internal sealed class PostgresContainer : IAsyncDisposable
{
    private const string Image = "postgres:18";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly PostgreSqlContainer _container;

    private PostgresContainer(PostgreSqlContainer container) => _container = container;

    public string ConnectionString => _container.GetConnectionString();

    /// <returns>Null where no engine answers, which Testcontainers would throw about.</returns>
    public static async Task<PostgresContainer?> TryStartAsync()
    {
        if (!await EngineAnswersAsync())
        {
            return null;
        }

        // In memory and without care for a power cut, like the embedded one.
        var container = new PostgreSqlBuilder(Image)
            .WithTmpfsMount("/var/lib/postgresql")
            .WithCommand(
                "-c",
                "fsync=off",
                "-c",
                "synchronous_commit=off",
                "-c",
                "full_page_writes=off",
                "-c",
                "max_connections=300"
            )
            .Build();
        await container.StartAsync();
        return new PostgresContainer(container);
    }

    public ValueTask DisposeAsync() => _container.DisposeAsync();

    private static async Task<bool> EngineAnswersAsync()
    {
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync })
            {
                Timeout = Patience,
            };
            using var answer = await client.GetAsync(new Uri("http://docker/_ping"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var engine = Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host
            ? new Uri(host)
            : new Uri("unix:///var/run/docker.sock");

        if (engine.Scheme is "unix")
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(engine.AbsolutePath), ct);
            return new NetworkStream(socket, ownsSocket: true);
        }

        var client = new TcpClient();
        await client.ConnectAsync(engine.Host, engine.Port, ct);
        return client.GetStream();
    }
}
