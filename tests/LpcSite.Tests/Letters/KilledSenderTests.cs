using System.Diagnostics;
using System.Security.Cryptography;
using LpcSite.Letters;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Tests.Letters;

/// <summary>
/// The built site is killed with SIGKILL at random moments while its letters go to a mail server on loopback: each is delivered exactly once
/// or, where the server's answer was cut off, marked for an organizer's eye; none is lost.
/// </summary>
public sealed class KilledSenderTests : IAsyncLifetime
{
    private const int Kills = 50;
    private const int Letters = 300;

    // Two at a time: starting takes a site longer than its life, and living sites have to leave each other's letters alone.
    private const int Lanes = 2;
    // In commands that the server hears, about four a letter: so many that kills meet every moment, so few that letters are left for the last one.
    private const int LongestLife = 24;

    private readonly SiteFixture _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Sending_KilledFiftyTimes_DeliversEachLetterOnceOrMarksItUnclear()
    {
        var servers = Enumerable.Range(0, Lanes).Select(_ => new SmtpServer { Thinking = static () => TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(4)) }).ToArray();
        await WriteAsync();
        await Task.WhenAll(servers.Select(server => Task.Run(() => KillAsync(server), Stop)));
        await FinishAsync(servers[0]);

        await using var db = _site.OpenDatabase();
        var letters = await db.Letters.AsNoTracking().ToListAsync(Stop);
        var attempts = await db.LetterAttempts.GroupBy(a => a.Outcome).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, Stop);
        var deliveries = servers.SelectMany(s => s.Taken).CountBy(m => m.MessageId!.Split('@')[0], StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var unclear = letters.Where(l => l.State is LetterState.Unclear).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{letters.Count(l => l.State is LetterState.Sent)} sent; {unclear.Count} unclear, of which {unclear.Count(l => deliveries.ContainsKey(l.Reference.ToString("N")))} arrived; "
            + $"{attempts.GetValueOrDefault(LetterState.Waiting)} times cut off early and tried again");
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }

        Assert.Equal(Letters, letters.Count);
        Assert.All(letters, l => Assert.True(l.State is LetterState.Sent or LetterState.Unclear, $"{l.State}: {l.Problem}"));
        Assert.All(letters.Where(l => l.State is LetterState.Sent), l => Assert.Equal(1, deliveries.GetValueOrDefault(l.Reference.ToString("N"))));
        Assert.All(unclear, l => Assert.InRange(deliveries.GetValueOrDefault(l.Reference.ToString("N")), 0, 1));
        Assert.InRange(unclear.Count, 0, Kills);

        // Otherwise no kill would have met a letter on its way, and the test would have shown nothing.
        Assert.True(unclear.Count + attempts.GetValueOrDefault(LetterState.Waiting) > Kills / 5);
    }

    private async Task KillAsync(SmtpServer server)
    {
        for (var kill = 0; kill < Kills / Lanes; kill++)
        {
            var step = server.Commands.Count + RandomNumberGenerator.GetInt32(1, LongestLife);
            using var site = SiteProcess.Start(_site.ConnectionString, server.Port);
            await UntilAsync(() => server.Commands.Count >= step || site.HasExited);
            Assert.False(site.HasExited);
            await Task.Delay(RandomNumberGenerator.GetInt32(4), Stop);
            site.Kill();
        }
    }

    // The site after the last kill starts as any does, sends what is left and serves its pages.
    private async Task FinishAsync(SmtpServer server)
    {
        using var site = SiteProcess.Start(_site.ConnectionString, server.Port);
        await UntilAsync(async () =>
        {
            await using var db = _site.OpenDatabase();
            return !await db.Letters.AnyAsync(l => l.State == LetterState.Waiting || l.State == LetterState.Sending, Stop);
        });
        using var reader = new HttpClient();
        Assert.Equal("Healthy", await reader.GetStringAsync($"{await site.AddressAsync(Stop)}/readyz", Stop));
    }

    private async Task WriteAsync()
    {
        await using var db = _site.OpenDatabase();
        db.AddRange(Enumerable.Range(0, Letters).Select(i => new Letter(null, "Ann", $"reader{i}@example.org", "News", $"{new string('x', 60)}\n", SystemClock.Instance.GetCurrentInstant())));
        await db.SaveChangesAsync(Stop);
    }

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var patience = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(60), "It took too long.");
            await Task.Delay(2, Stop);
        }
    }
}
