using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using LpcSite.People;
using LpcSite.Web.Errors;

namespace LpcSite.Web.Requests;

/// <summary>
/// How often one reader may ask for what is not in the cache; kept pages cost nothing and are not counted. Who is
/// signed in is counted by person, as a room full of leads shares one address, and the others by address.
/// </summary>
internal static class RateLimits
{
    /// <summary>For what costs more than a page.</summary>
    public const string Preview = nameof(Preview);

    /// <summary>For what makes the site ask other sites.</summary>
    public const string Links = nameof(Links);

    private const int DefaultRequestsPerSecond = 30;
    private const int Burst = 10;

    public static void AddSiteRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var perSecond = configuration.GetValue("RateLimit:RequestsPerSecond", DefaultRequestsPerSecond);
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = static (rejected, stop) =>
            {
                var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter)
                    ? retryAfter
                    : TimeSpan.FromSeconds(1);
                var response = rejected.HttpContext.Response;
                response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                if (ErrorPages.IsForPrograms(rejected.HttpContext))
                {
                    return ValueTask.CompletedTask;
                }

                // In words alone: a page for each of too many requests would cost what the limit is there to spare.
                response.ContentType = "text/plain; charset=utf-8";
                return new(response.WriteAsync(ErrorWords.Sentence(response.StatusCode) + "\n", stop));
            };
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (int? Person, IPAddress? Network)>(
                context =>
                    RateLimitPartition.GetTokenBucketLimiter(
                        context.User.PersonId() is { } person
                            ? ((int?)person, null)
                            : ((int?)null, (IPAddress?)Network(context.Connection.RemoteIpAddress)),
                        _ => new TokenBucketRateLimiterOptions
                        {
                            TokenLimit = perSecond * Burst,
                            TokensPerPeriod = perSecond,
                            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                        }
                    )
            );
            limiter.AddPolicy(Preview, context => ByPerson(context, burst: 40, every: TimeSpan.FromMilliseconds(400)));
            limiter.AddPolicy(Links, context => ByPerson(context, burst: 5, every: TimeSpan.FromSeconds(20)));
        });
    }

    private static RateLimitPartition<int> ByPerson(HttpContext context, int burst, TimeSpan every) =>
        RateLimitPartition.GetTokenBucketLimiter(
            context.User.PersonId() ?? 0,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = burst,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = every,
            }
        );

    // A household or a phone gets a whole /64 of IPv6, and would otherwise have as many buckets as it likes.
    internal static IPAddress Network(IPAddress? address)
    {
        if (address is null || address.IsIPv4MappedToIPv6 || address.GetAddressBytes() is not { Length: 16 } bytes)
        {
            return address?.MapToIPv4() ?? IPAddress.None;
        }

        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
