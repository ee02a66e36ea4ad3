using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;

namespace LpcSite.Infrastructure;

/// <summary>How often one address may ask for what is not in the cache; kept pages cost nothing and are not counted.</summary>
internal static class RateLimits
{
    private const int DefaultRequestsPerSecond = 30;
    private const int Burst = 10;

    public static void AddSiteRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var perSecond = configuration.GetValue("RateLimit:RequestsPerSecond", DefaultRequestsPerSecond);
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = static (rejected, _) =>
            {
                var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : TimeSpan.FromSeconds(1);
                rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context => RateLimitPartition.GetTokenBucketLimiter(
                Network(context.Connection.RemoteIpAddress),
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = perSecond * Burst,
                    TokensPerPeriod = perSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                }));
        });
    }

    // A household or a phone gets a whole /64 of IPv6, and would otherwise have as many buckets as it likes.
    private static IPAddress Network(IPAddress? address)
    {
        if (address is null || address.IsIPv4MappedToIPv6 || address.GetAddressBytes() is not { Length: 16 } bytes)
        {
            return address?.MapToIPv4() ?? IPAddress.None;
        }

        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
