using System.Collections.Concurrent;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serilog.Core;
using Serilog.Events;

namespace LpcSite.Tests.Infrastructure;

/// <summary>What the log tells of a request, and what it keeps to itself.</summary>
public sealed class SecretAddressesTests
{
    [Theory]
    [InlineData("/2022/stars/1f2e3d.ics", "/2022/stars/….ics")]
    [InlineData("/account/invitation/kEy-1_?from=letter", "/account/invitation/…")]
    [InlineData("/2022/stars.ics?of=mc-1", "/2022/stars.ics")]
    [InlineData("/2022/mc/rust", "/2022/mc/rust")]
    public async Task Request_InTheLog_HoldsNoSecret(string address, string told)
    {
        var lines = new Lines();
        await using var site = new SiteFixture { Configure = host => host.UseSetting("Serilog:MinimumLevel:Default", "Information").ConfigureTestServices(services => services.AddSingleton<ILogEventSink>(lines)) };
        await site.InitializeAsync();
        using var reader = site.Anonymous();

        using var answer = await reader.GetAsync(address, TestContext.Current.CancellationToken);

        var line = Assert.Single(lines.Told, line => line.MessageTemplate.Text.StartsWith("HTTP ", StringComparison.Ordinal));
        Assert.StartsWith($"HTTP \"GET\" \"{told}\" responded {(int)answer.StatusCode} in ", line.RenderMessage(formatProvider: null), StringComparison.Ordinal);
        Assert.Equal(told, ((ScalarValue)line.Properties["RequestPath"]).Value);
    }

    // Each line that is written while a request is answered names its address too.
    [Fact]
    public async Task Line_WrittenDuringARequest_HoldsNoSecret()
    {
        var lines = new Lines();
        await using var site = new SiteFixture { Configure = host => host.ConfigureTestServices(services => services.AddSingleton<ILogEventSink>(lines)) };
        await site.InitializeAsync();
        var log = site.Services.GetRequiredService<ILoggerFactory>().CreateLogger("A part of the site");
        using (log.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["RequestPath"] = "/2022/stars/1f2e3d.ics" }))
        {
            log.Log(LogLevel.Error, default, "It failed.", exception: null, (text, _) => text);
        }

        Assert.Equal("/2022/stars/….ics", ((ScalarValue)Assert.Single(lines.Told).Properties["RequestPath"]).Value);
    }

    private sealed class Lines : ILogEventSink
    {
        public ConcurrentQueue<LogEvent> Told { get; } = new();

        public void Emit(LogEvent logEvent) => Told.Enqueue(logEvent);
    }
}
