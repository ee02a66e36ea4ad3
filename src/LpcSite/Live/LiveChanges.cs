using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.Web.Errors;

namespace LpcSite.Live;

/// <summary>
/// Tells pages that stand open when what they show has changed. What is told is a stamp of what is to be seen, read
/// from the database: it is the same on every instance, whoever has made a change themselves has its stamp on their
/// page already, and whoever was away for a while sees by the first one whether they missed anything.
/// <para>What many watch is read once for all of them, and no connection to the database is held while nothing
/// happens.</para>
/// </summary>
public sealed class LiveChanges(IServiceScopeFactory scopes, TimeProvider time, IHostApplicationLifetime host)
{
    /// <summary>Of one person; a browser opens six at most.</summary>
    public const int MostPerPerson = 12;

    // Browsers ask again so long after the end of a stream.
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    // While the database does not answer.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Changes that come together are told together.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Watch> _watches = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _open = [];

    /// <summary>
    /// Then a stream ends and the browser asks again, so that whoever may not see it any more does not.
    /// </summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// So often the stamp is said again, for proxies that would close a silent stream and for the page, which hears
    /// that it is alive.
    /// </summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Something of this conference may have changed, or of all when it is <see cref="ContentVersions.Everything"/>.
    /// </summary>
    public void Tell(string conference)
    {
        lock (_gate)
        {
            foreach (
                var watch in _watches.Values.Where(w =>
                    conference == ContentVersions.Everything || w.Watched.Conference == conference
                )
            )
            {
                watch.Tell();
            }
        }
    }

    /// <returns>
    /// A place for one more stream of this person, to be given back at its end; null when they have too many open.
    /// </returns>
    public IDisposable? Enter(int person)
    {
        lock (_gate)
        {
            var open = _open.GetValueOrDefault(person);
            if (open >= MostPerPerson)
            {
                return null;
            }

            _open[person] = open + 1;
            return new Place(() => Leave(person));
        }
    }

    /// <summary>The stamp as it is now, each that follows, and the same again where nothing does.</summary>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync(
        Watched watched,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        using var patience = new CancellationTokenSource(Longest, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(
            patience.Token,
            host.ApplicationStopping,
            stop
        );
        var watch = Begin(watched);
        try
        {
            var (said, beat) = ((string?)null, time.GetTimestamp());
            while (!over.IsCancellationRequested)
            {
                // Asked for before the stamp is read: what changes meanwhile is told next.
                var changed = watch.Changed;
                var isDue = time.GetElapsedTime(beat) >= Beat;
                var stamp = await StampAsync(watch, over.Token);
                if (stamp is not null && (isDue || stamp != said))
                {
                    (said, beat) = (stamp, time.GetTimestamp());
                    yield return new(stamp) { EventId = stamp, ReconnectionInterval = Again };
                }

                var rest = stamp is null ? Pause : Beat - time.GetElapsedTime(beat);
                await changed
                    .WaitAsync(rest > Gathering ? rest : Gathering, time, over.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (changed.IsCompleted)
                {
                    await Task.Delay(Gathering, time, over.Token)
                        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
        finally
        {
            End(watch);
        }
    }

    // Null while the database is away: when it is back everybody is told.
    private async Task<string?> StampAsync(Watch watch, CancellationToken stop)
    {
        try
        {
            return await watch.StampAsync(ReadAsync, Beat).WaitAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception failure) when (ErrorPages.IsOutage(failure))
        {
            return null;
        }
    }

    private async Task<string> ReadAsync(Watched watched)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await watched.ReadAsync(
            scope.ServiceProvider.GetRequiredService<LpcDbContext>(),
            host.ApplicationStopping
        );
    }

    private Watch Begin(Watched watched)
    {
        lock (_gate)
        {
            if (!_watches.TryGetValue(watched.What, out var watch))
            {
                _watches[watched.What] = watch = new(watched, time);
            }

            watch.Followers++;
            return watch;
        }
    }

    private void End(Watch watch)
    {
        lock (_gate)
        {
            if (--watch.Followers == 0)
            {
                _watches.Remove(watch.Watched.What);
            }
        }
    }

    private void Leave(int person)
    {
        lock (_gate)
        {
            if (--_open[person] == 0)
            {
                _open.Remove(person);
            }
        }
    }

    /// <summary>What pages watch.</summary>
    /// <param name="Conference">By whose slug changes are told.</param>
    /// <param name="What">Tells it from everything else.</param>
    /// <param name="ReadAsync">Reads its stamp.</param>
    public sealed record Watched(
        string Conference,
        string What,
        Func<LpcDbContext, CancellationToken, Task<string>> ReadAsync
    );

    private sealed class Watch(Watched watched, TimeProvider time)
    {
        private readonly Lock _gate = new();
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Task<string>? _stamp;
        private long _readAt;

        public Watched Watched => watched;

        public int Followers { get; set; }

        /// <summary>Ends with the next change.</summary>
        public Task Changed
        {
            get
            {
                lock (_gate)
                {
                    return _changed.Task;
                }
            }
        }

        public void Tell()
        {
            lock (_gate)
            {
                _stamp = null;
                _changed.SetResult();
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        /// <summary>
        /// Read once between two changes, unless that failed. What nobody tells of, such as how many want to come, is
        /// seen with the next beat.
        /// </summary>
        public Task<string> StampAsync(Func<Watched, Task<string>> readAsync, TimeSpan atMost)
        {
            lock (_gate)
            {
                if (
                    _stamp is null
                    || _stamp.IsCompleted && (!_stamp.IsCompletedSuccessfully || time.GetElapsedTime(_readAt) >= atMost)
                )
                {
                    (_stamp, _readAt) = (readAsync(watched), time.GetTimestamp());
                }

                return _stamp;
            }
        }
    }

    private sealed class Place(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}
