using LpcSite.DevPostgres;

namespace LpcSite.Tests.Fixture;

/// <summary>
/// The embedded server of a test program, in memory where there is room for it, and gone with the program.
/// </summary>
internal sealed class EmbeddedTestPostgres : IAsyncDisposable
{
    private const string Memory = "/dev/shm";
    private const string Prefix = "lpcsite-test-";
    private const long RoomForTests = 2L << 30;

    private readonly string _folder;
    private readonly EmbeddedPostgres _server;

    private EmbeddedTestPostgres(string folder, EmbeddedPostgres server) => (_folder, _server) = (folder, server);

    public string ConnectionString => _server.ConnectionString("postgres");

    public static async Task<EmbeddedTestPostgres> StartAsync()
    {
        var inMemory = Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= RoomForTests;
        var parent = inMemory ? Memory : Path.GetTempPath();
        await RemoveLeftoversAsync(parent);

        var folder = Path.Combine(parent, $"{Prefix}{Guid.NewGuid():N}");

        try
        {
            return new EmbeddedTestPostgres(
                folder,
                await EmbeddedPostgres.StartAsync(
                    new()
                    {
                        Folder = folder,
                        Durable = false,
                        MaxConnections = 300,
                    }
                )
            );
        }
        catch
        {
            await EmbeddedPostgres.RemoveAsync(folder);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await EmbeddedPostgres.RemoveAsync(_folder);
    }

    // A killed run could not tidy up; a living one keeps its folder.
    private static async Task RemoveLeftoversAsync(string parent)
    {
        foreach (var leftover in Directory.GetDirectories(parent, $"{Prefix}*"))
        {
            try
            {
                await EmbeddedPostgres.RemoveAsync(leftover);
            }
            catch (UnauthorizedAccessException)
            {
                // Another person's tests: theirs to remove.
            }
        }
    }
}
