using System.Security.Claims;
using System.Threading.Channels;
using LpcSite.Caching;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Web.Frame;
using LpcSite.Web.Security;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Web;

/// <summary>
/// Makes the main public pages of the current conference after a start and after a change, so that they are kept before
/// anybody asks: whoever comes first waits for none of them, and while the database is away all of them are there.
/// <para>One page after the other, some time after the change, for all changes meanwhile at once, and with rests that
/// are much longer than the work: readers who ask come first. Kept pages belong to the address under which they were
/// asked for, so that nothing is made where none is configured.</para>
/// </summary>
public sealed partial class PagesAhead(
    SiteAddress address,
    OwnPages site,
    ContentVersions versions,
    ConferenceFrames frames,
    IServiceScopeFactory scopes,
    IConfiguration configuration,
    IClock clock,
    TimeProvider time,
    IHostApplicationLifetime host,
    ILogger<PagesAhead> log
) : BackgroundService
{
    public const string Setting = "Pages:MadeAhead";

    // Of a conference with more microconferences the rest is made when somebody asks.
    private const int Most = 150;

    // While leads save all the time, this takes one part in so many of one processor.
    private const int RestPerWork = 10;

    // Changes that come together are one; who has just saved looks at the page themselves.
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(2);

    // What is kept for a while only (a call closes) is made again, and another day may have another conference.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    // Where something could not be made.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    private string _current = "";
    private long _rounds;

    /// <summary>How often all of them were made.</summary>
    public long Rounds => Interlocked.Read(ref _rounds);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (address.Configured is not { } origin || !configuration.GetValue(Setting, defaultValue: true))
        {
            return;
        }

        versions.Hear(Ring);
        try
        {
            // The start waits for none of this.
            await StartedAsync(stoppingToken);
            while (true)
            {
                await Task.Delay(Gathering, time, stoppingToken);
                _rung.Reader.TryRead(out _);
                var began = time.GetTimestamp();
                var isDone = await MakeAsync(origin, stoppingToken);
                await Task.Delay(time.GetElapsedTime(began) * RestPerWork, time, stoppingToken);
                await HearAsync(isDone ? Longest : Pause, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site ends.
        }
        finally
        {
            versions.HearNoMore(Ring);
        }
    }

    private void Ring(string conference)
    {
        if (conference == ContentVersions.Everything || conference == Volatile.Read(ref _current))
        {
            _rung.Writer.TryWrite(true);
        }
    }

    private async Task StartedAsync(CancellationToken stop)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stop);
    }

    private async Task HearAsync(TimeSpan atMost, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            await _rung.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Nothing changed.
        }
    }

    /// <returns>Whether all of them are there now.</returns>
    private async Task<bool> MakeAsync(Uri origin, CancellationToken stop)
    {
        try
        {
            foreach (var path in await PathsAsync(stop))
            {
                if (await site.AskAsync(new Uri(origin, path), stop) is { Status: >= 500 })
                {
                    // The database is away: nothing else can be made, and what is kept stays.
                    return false;
                }
            }

            Interlocked.Increment(ref _rounds);
            return true;
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            LogFailed(failure);
            return false;
        }
    }

    private async Task<IReadOnlyList<string>> PathsAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LpcDbContext>();
        if (
            await db.Conferences.CurrentSlugAsync(clock.GetCurrentInstant().InUtc().Date, stop) is not { } slug
            || await frames.FindAsync(db, slug, new ClaimsPrincipal(), stop) is not { } conference
        )
        {
            return [];
        }

        Volatile.Write(ref _current, slug);
        var microconferences = await db
            .Microconferences.Where(m => m.ConferenceId == conference.Id)
            .Listed()
            .InPageOrder()
            .Select(m => m.Slug)
            .Take(Most)
            .ToListAsync(stop);
        string[] places =
        [
            "",
            "/mc",
            "/people",
            "/calls",
            "/sponsors",
            .. conference.HasSchedule ? ["/schedule"] : Array.Empty<string>(),
            .. conference.HasNews ? ["/news"] : Array.Empty<string>(),
            .. conference.Pages.Select(page => $"/{page.Slug}"),
            .. microconferences.Select(microconference => $"/mc/{microconference}"),
        ];
        return [.. places.Take(Most).Select(place => conference.Path + place)];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Public pages could not be made before somebody asks for them.")]
    private partial void LogFailed(Exception failure);
}
