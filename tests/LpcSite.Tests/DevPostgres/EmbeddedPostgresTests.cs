using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using LpcSite.DevPostgres;
using Npgsql;

namespace LpcSite.Tests.DevPostgres;

/// <summary>The site's own PostgreSQL: it keeps its data, and nothing but its data survives the site.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedPostgresTests : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"lpcsite-embedded-{Guid.NewGuid():N}");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string PidFile => Path.Combine(_folder, "data", "postmaster.pid");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => Assert.True(await EmbeddedPostgres.RemoveAsync(_folder));

    [Fact]
    public async Task Start_AfterAStop_KeepsTheData()
    {
        await using (var first = await StartAsync())
        {
            await first.CreateDatabaseIfMissingAsync("lpc", Ct);
            await first.CreateDatabaseIfMissingAsync("lpc", Ct);
            await AskAsync(first, "lpc", "CREATE TABLE pipe AS SELECT 'kept' AS word");
        }

        Assert.False(File.Exists(PidFile));
        await using var second = await StartAsync();

        Assert.Equal("kept", await AskAsync(second, "lpc", "SELECT word FROM pipe"));
    }

    [Theory]
    [InlineData(true, "on replica")]
    [InlineData(false, "off minimal")]
    public async Task Start_WithADurability_SetsIt(bool durable, string expected)
    {
        await using var server = await EmbeddedPostgres.StartAsync(
            new()
            {
                Folder = _folder,
                Durable = durable,
                MaxConnections = 17,
            },
            Ct
        );

        Assert.Equal(
            expected,
            await AskAsync(server, "postgres", "SELECT current_setting('fsync') || ' ' || current_setting('wal_level')")
        );
        Assert.Equal("17", await AskAsync(server, "postgres", "SELECT current_setting('max_connections')"));
    }

    [Fact]
    public async Task Start_OnANewFolder_IsPrivateAndOffTheNetwork()
    {
        await using var server = await StartAsync();

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(SocketFolder()));
        Assert.Equal(owner, File.GetUnixFileMode(Path.Combine(_folder, "password")));
        Assert.Equal("", await AskAsync(server, "postgres", "SELECT current_setting('listen_addresses')"));
        Assert.Equal(
            "UTF8 i",
            await AskAsync(
                server,
                "postgres",
                "SELECT pg_encoding_to_char(encoding) || ' ' || datlocprovider::text FROM pg_database WHERE datname "
                    + "= current_database()"
            )
        );
    }

    [Fact]
    public async Task Start_WithAWrongPassword_IsRefused()
    {
        await using var server = await StartAsync();
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres"))
        {
            Password = "guess",
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Ct));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
    }

    [Fact]
    public async Task Start_TwiceAtOnce_RunsOneServerThatBothUse()
    {
        var both = await Task.WhenAll(Task.Run(() => StartAsync()), Task.Run(() => StartAsync()));
        var owner = Assert.Single(both, server => server.IsOwner);
        var guest = Assert.Single(both, server => !server.IsOwner);

        var started = await AskAsync(guest, "postgres", "SELECT pg_postmaster_start_time()::text");
        await guest.DisposeAsync();

        Assert.Equal(started, await AskAsync(owner, "postgres", "SELECT pg_postmaster_start_time()::text"));
        await owner.DisposeAsync();
    }

    [Fact]
    public async Task Start_WhileAnotherProcessOwns_SharesAndLeavesItRunning()
    {
        using var owner = await OwnerProcess.StartAsync(_folder);
        var postmaster = Postmaster();

        await using (var guest = await StartAsync())
        {
            Assert.False(guest.IsOwner);
            Assert.Equal("1", await AskAsync(guest, "postgres", "SELECT 1::text"));
        }

        Assert.False(await EmbeddedPostgres.RemoveAsync(_folder, Ct));
        Assert.Equal(postmaster, Postmaster());
        owner.Kill();
        await WaitForEndAsync(postmaster);
    }

    [Fact]
    public async Task Kill_OfTheOwner_StopsTheServerAndRemovesItsSocket()
    {
        using var owner = await OwnerProcess.StartAsync(_folder);
        var postmaster = Postmaster();
        var sockets = SocketFolder();
        Assert.True(Directory.Exists(sockets));

        owner.Kill();

        await WaitForEndAsync(postmaster);
        await WaitUntilAsync(() => !Directory.Exists(sockets));
        Assert.False(File.Exists(PidFile));
    }

    [Fact]
    public async Task Start_BesideAnOrphan_StopsItFirst()
    {
        using var owner = await OwnerProcess.StartAsync(_folder);
        var orphan = Postmaster();
        var sockets = SocketFolder();

        // The wrapper and its watch would tell the server that its owner is gone. Of the three the watch goes first, so
        // that it sees nothing.
        var wrapper = ParentOf(orphan);
        ChildrenOf(wrapper)
            .Where(child => child != orphan)
            .Append(wrapper)
            .ToList()
            .ForEach(pid => Process.GetProcessById(pid).Kill());
        owner.Kill();
        Assert.True(IsRunning(orphan));

        await using var server = await StartAsync();

        Assert.True(server.IsOwner);
        Assert.False(IsRunning(orphan), $"process {orphan} is {string.Join(' ', StatOf(orphan))}");
        Assert.False(
            Directory.Exists(sockets),
            $"{sockets} holds {string.Join(' ', Directory.Exists(sockets) ? Directory.GetFiles(sockets) : [])}"
        );
        Assert.Equal("1", await AskAsync(server, "postgres", "SELECT 1::text"));
    }

    [Fact]
    public async Task Start_WithAStalePidFileWhoseNumberWasGivenAway_LeavesThatProcessAlone()
    {
        await (await StartAsync()).DisposeAsync();
        using var bystander = Process.Start("sleep", "60");
        await File.WriteAllTextAsync(PidFile, $"{bystander.Id}\n{_folder}/data\n1\n5432\n/nowhere\n\n\nready\n", Ct);

        await using var server = await StartAsync();

        Assert.False(bystander.HasExited);
        Assert.NotEqual(bystander.Id, Postmaster());
        bystander.Kill();
    }

    [Fact]
    public async Task Start_InAVeryLongFolder_PutsTheSocketElsewhere()
    {
        var deep = Path.Combine(_folder, string.Join('/', Enumerable.Repeat("a-rather-long-name", 15)));

        await using var server = await EmbeddedPostgres.StartAsync(new() { Folder = deep, Durable = false }, Ct);

        Assert.Equal("1", await AskAsync(server, "postgres", "SELECT 1::text"));
    }

    [Fact]
    public async Task Start_AfterAKilledInitdb_BeginsItAnew()
    {
        // What initdb leaves when it is killed: files in the place where it works, and no data.
        var unfinished = Path.Combine(_folder, "data.unfinished-1");
        Directory.CreateDirectory(Path.Combine(unfinished, "base"));
        await File.WriteAllTextAsync(Path.Combine(unfinished, "PG_VERSION"), "18\n", Ct);

        await using var server = await StartAsync();

        Assert.False(Directory.Exists(unfinished));
        Assert.Equal("1", await AskAsync(server, "postgres", "SELECT 1::text"));
    }

    [Fact]
    public async Task Start_WhileAKilledOwnersInitdbStillRuns_IsNotDisturbedByIt()
    {
        using var owner = OwnerProcess.Begin(_folder);
        await WaitUntilAsync(() =>
            Directory.Exists(_folder) && Directory.GetDirectories(_folder, "data.unfinished-*").Length > 0
        );
        owner.Kill();
        Assert.False(Directory.Exists(Path.Combine(_folder, "data")));

        await using var server = await StartAsync();

        Assert.True(server.IsOwner);
        Assert.Equal("1", await AskAsync(server, "postgres", "SELECT 1::text"));
    }

    [Fact]
    public async Task Start_OnDataThatAreNoDatabase_RefusesAndKeepsThem()
    {
        var precious = Path.Combine(_folder, "data", "thesis.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(precious)!);
        await File.WriteAllTextAsync(precious, "", Ct);

        var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => StartAsync());

        Assert.EndsWith(
            "is no database of PostgreSQL and not empty: move it away.",
            refusal.Message,
            StringComparison.Ordinal
        );
        Assert.True(File.Exists(precious));
    }

    [Fact]
    public async Task Start_WithABrokenConfiguration_ShowsTheLog()
    {
        await (await StartAsync()).DisposeAsync();
        await File.AppendAllTextAsync(Path.Combine(_folder, "data", "postgresql.conf"), "pipes = copper\n", Ct);

        var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => StartAsync());

        Assert.Contains("unrecognized configuration parameter \"pipes\"", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<string?> AskAsync(EmbeddedPostgres server, string database, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Ct) as string;
    }

    // A process that ended and waits for its parent to ask is a zombie: it does not run.
    private static bool IsRunning(int pid) => File.Exists($"/proc/{pid}/stat") && StatOf(pid)[0] != "Z";

    private static int ParentOf(int pid) => int.Parse(StatOf(pid)[1], CultureInfo.InvariantCulture);

    private static IEnumerable<int> ChildrenOf(int parent) =>
        from folder in Directory.EnumerateDirectories("/proc")
        let pid = int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var number) ? number : 0
        where pid > 0 && StatOf(pid) is [_, var found, ..] && found == $"{parent}"
        select pid;

    private static string[] StatOf(int pid)
    {
        try
        {
            // State and parent follow the program's name, which stands in parentheses.
            return File.ReadAllText($"/proc/{pid}/stat").Split(") ").Last().Split(' ');
        }
        catch (IOException)
        {
            return ["Z"];
        }
    }

    private static Task WaitForEndAsync(int pid) => WaitUntilAsync(() => !IsRunning(pid));

    private static async Task WaitUntilAsync(Func<bool> isSo)
    {
        var waiting = Stopwatch.StartNew();

        while (!isSo())
        {
            Assert.True(waiting.Elapsed < TimeSpan.FromMinutes(2), "It did not happen.");
            await Task.Delay(20, Ct);
        }
    }

    private Task<EmbeddedPostgres> StartAsync() =>
        EmbeddedPostgres.StartAsync(new() { Folder = _folder, Durable = false }, Ct);

    private string SocketFolder() => File.ReadLines(PidFile).ElementAt(4);

    private int Postmaster() => int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);
}
