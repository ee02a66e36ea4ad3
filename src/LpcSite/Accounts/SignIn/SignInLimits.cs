using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LpcSite.Data;
using LpcSite.Web.Requests;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Accounts.SignIn;

/// <summary>
/// How many passwords and codes may be tried. A browser in which an account has signed in before has a number of tries
/// of its own, so that nobody who guesses from elsewhere can keep the account's owner out; all others are counted by
/// address and network, by address alone and by network (OWASP, "Slow Down Online Guessing Attacks with Device
/// Cookies"). A try is counted before the password is compared: of a thousand that come at once, only as many as are
/// allowed are compared at all.
/// </summary>
public sealed class SignInLimits(LpcDbContext db, KnownDevice device, IHttpContextAccessor context, IClock clock)
{
    /// <summary>From one browser, or for one account from one network, within <see cref="Pause"/>.</summary>
    public const int TriesFromOnePlace = 10;

    /// <summary>For one account from all browsers that are not known, within an hour.</summary>
    public const int TriesOfStrangers = 100;

    /// <summary>The same for codes of six digits, of which there are few, after the right password.</summary>
    public const int CodesOfStrangers = 20;

    /// <summary>
    /// From one network for whatever accounts, within <see cref="Pause"/>; those that succeed are taken off again.
    /// </summary>
    public const int TriesFromOneNetwork = 300;

    public static readonly Duration Pause = Duration.FromMinutes(10);

    private static readonly Duration Hour = Duration.FromHours(1);

    /// <summary>Counts a try to sign in with a password.</summary>
    /// <param name="mail">As two spellings of it are compared.</param>
    /// <param name="account">The account that has it; null for none, which makes no difference to what is done.</param>
    public Task<SignInTry> BeginPasswordAsync(string mail, int? account, CancellationToken stop) =>
        CountAsync(
            device.NumberFor(account) is { } known
                ? [new($"password device {known}", TriesFromOnePlace, Pause)]
                :
                [
                    new($"password {mail} {Network}", TriesFromOnePlace, Pause),
                    new($"password {mail}", TriesOfStrangers, Hour),
                    new($"password network {Network}", TriesFromOneNetwork, Pause),
                ],
            stop
        );

    /// <summary>Counts a try of a code after the right password.</summary>
    public Task<SignInTry> BeginCodeAsync(int account, CancellationToken stop) =>
        CountAsync(
            device.NumberFor(account) is { } known
                ? [new($"code device {known}", TriesFromOnePlace, Pause)]
                :
                [
                    new(
                        string.Create(CultureInfo.InvariantCulture, $"code {account} {Network}"),
                        TriesFromOnePlace,
                        Pause
                    ),
                    new(string.Create(CultureInfo.InvariantCulture, $"code {account}"), CodesOfStrangers, Hour),
                ],
            stop
        );

    /// <summary>
    /// Counts a try to prove, in a browser that is signed in already, that it is the account's owner who sits there.
    /// </summary>
    public Task<SignInTry> BeginProofAsync(Guid session, CancellationToken stop) =>
        CountAsync([new($"proof {session:N}", TriesFromOnePlace, Pause)], stop);

    /// <summary>It was right: the place begins anew, and it counts for nobody else.</summary>
    public Task SucceedAsync(SignInTry made, CancellationToken stop)
    {
        var (keys, place) = (made.Keys.ToArray(), made.Keys[0]);
        return db
            .SignInCounters.Where(c => keys.Contains(c.Key))
            .ExecuteUpdateAsync(
                set => set.SetProperty(c => c.Count, c => c.Key == place || c.Count == 0 ? 0 : c.Count - 1),
                stop
            );
    }

    private string Network => RateLimits.Network(context.HttpContext?.Connection.RemoteIpAddress).ToString();

    // One statement whatever the address. Rows are taken in the order of their keys, so that two who come at once wait
    // for each other instead of blocking one another; what has ended is cleared away by whoever comes next.
    private async Task<SignInTry> CountAsync(IReadOnlyList<Limit> limits, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        string[] keys = [.. limits.Select(l => Digest(l.Of))];
        int[] seconds = [.. limits.Select(l => (int)l.Within.TotalSeconds)];
        var counted = await db
            .Database.SqlQuery<Counted>(
                $"""
                WITH ended AS (
                    DELETE FROM sign_in_counters WHERE key IN (
                        SELECT key FROM sign_in_counters WHERE ends_at <= {now} AND key <> ALL ({keys})
                        ORDER BY key LIMIT 50 FOR UPDATE SKIP LOCKED))
                INSERT INTO sign_in_counters AS c (key, count, ends_at)
                SELECT tried.key, 1, {now} + make_interval(secs => tried.seconds)
                FROM unnest({keys}, {seconds}) AS tried (key, seconds) ORDER BY tried.key
                ON CONFLICT (key) DO UPDATE SET
                    count = CASE WHEN c.ends_at <= {now} THEN 1 ELSE c.count + 1 END,
                    ends_at = CASE WHEN c.ends_at <= {now} THEN EXCLUDED.ends_at ELSE c.ends_at END
                RETURNING key, count
                """
            )
            .ToListAsync(stop);
        return new(keys, limits.Zip(keys).All(l => counted.Exists(c => c.Key == l.Second && c.Count <= l.First.Most)));
    }

    private static string Digest(string of) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(of)));

    private sealed record Limit(string Of, int Most, Duration Within);

    private sealed record Counted(string Key, int Count);
}
