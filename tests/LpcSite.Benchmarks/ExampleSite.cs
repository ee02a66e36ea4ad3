namespace LpcSite.Benchmarks;

/// <summary>
/// The site as a newcomer starts it, with the example and its schedule in it, in a folder that is gone afterwards.
/// </summary>
internal sealed class ExampleSite : IAsyncDisposable
{
    private static readonly string Program = typeof(LpcSite.Data.LpcDbContext).Assembly.Location;

    private readonly string _folder;
    private readonly Server _server;

    private ExampleSite(string folder, Server server) => (_folder, _server) = (folder, server);

    public string Address => $"http://127.0.0.1:{_server.Port}";

    public static async Task<ExampleSite> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("lpcsite-example-").FullName;
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["LPCSITE_HOME"] = folder,
            ["RateLimit__RequestsPerSecond"] = "1000000",
        };
        return new(
            folder,
            await Server.StartAsync(
                address => [Program, "--urls", address, "--contentRoot", Path.Combine(Example.Root, "src", "LpcSite")],
                environment,
                alone: false
            )
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
