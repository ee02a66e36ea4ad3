using LpcSite.Data;
using LpcSite.Live;
using Npgsql;

namespace LpcSite.Caching;

/// <summary>
/// Hears of changes that other instances, commands and people at the database's prompt make (PostgreSQL LISTEN/NOTIFY),
/// drops the pages concerned, and tells those that stand open. While the database is away the pages stay: old news beat
/// none. When it comes back all of them go, since nobody knows what was missed.
/// </summary>
public sealed partial class ContentListener(
    DatabaseServer server,
    ContentVersions versions,
    LiveChanges live,
    ILogger<ContentListener> log
) : BackgroundService
{
    public const string Channel = "lpcsite_content";

    /// <summary>Of what only organizers and leads see.</summary>
    public const string DraftChannel = "lpcsite_draft";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception lost) when (lost is NpgsqlException or IOException or TimeoutException)
            {
                LogLost(lost);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        var address = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false, KeepAlive = 15 };
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        var changed = new HashSet<(string Channel, string Conference)>();
        connection.Notification += (_, notice) => changed.Add((notice.Channel, notice.Payload));
        await connection.OpenAsync(stop);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}; LISTEN {DraftChannel}", connection))
        {
            await listen.ExecuteNonQueryAsync(stop);
        }

        changed.Add((Channel, ContentVersions.Everything));
        while (true)
        {
            foreach (var (channel, conference) in changed)
            {
                if (channel == Channel)
                {
                    versions.Change(IsSlug(conference) ? conference : ContentVersions.Everything);
                }

                live.Tell(conference);
            }

            changed.Clear();
            await connection.WaitAsync(stop);
        }
    }

    // A notice that says nothing of a conference may mean any.
    private static bool IsSlug(string notice) =>
        notice.Length > 0 && notice.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The database is out of reach; pages are shown as they were until it is back."
    )]
    private partial void LogLost(Exception lost);
}
