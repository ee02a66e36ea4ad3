using LpcSite.Data.Content;
using LpcSite.Emails.Sending;
using NodaTime;

namespace LpcSite.Data;

/// <summary>The database, and the clock by which everything in it is dated.</summary>
internal static class DataServices
{
    public static void AddData(this IServiceCollection services)
    {
        services.AddSingleton<IClock>(SystemClock.Instance);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<DatabaseServer>();
        services.AddSingleton<ContentChangeInterceptor>();
        services.AddDbContextPool<LpcDbContext>(
            (provider, options) =>
                LpcDbContextFactory
                    .Configure(options, provider.GetRequiredService<DatabaseServer>().ConnectionString)
                    .AddInterceptors(
                        provider.GetRequiredService<ContentChangeInterceptor>(),
                        provider.GetRequiredService<EmailSignal>()
                    )
        );
    }
}
