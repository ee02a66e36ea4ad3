using System.Collections.Concurrent;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Serilog;
using Serilog.AspNetCore;
using Serilog.Core;
using Serilog.Events;

namespace LpcSite.Tests.Infrastructure;

/// <summary>What the log tells of a request, and what it keeps to itself.</summary>
public sealed class SecretAddressesTests
{
    [Theory]
    [InlineData("/logged/stars/1f2e3d.ics", "/logged/stars/….ics")]
    [InlineData("/account/invitation/kEy-1_?from=letter", "/account/invitation/…")]
    [InlineData("/logged/stars.ics?of=mc-1", "/logged/stars.ics")]
    [InlineData("/logged/mc/rust", "/logged/mc/rust")]
    public async Task Request_InTheLog_HoldsNoSecret(string address, string told)
    {
        var lines = new Lines();
        await using var site = Logging(lines);
        await site.InitializeAsync();
        using var reader = site.Anonymous();

        using var answer = await reader.GetAsync(address, TestContext.Current.CancellationToken);

        // Other sites of these tests may tell it something too, but nothing of this address.
        var path = address.Split('?')[0];
        Assert.Contains(lines.Told, line => line.RenderMessage(formatProvider: null).StartsWith($"HTTP \"GET\" \"{told}\" responded {(int)answer.StatusCode} in ", StringComparison.Ordinal));
        Assert.Equal(told == path, lines.Told.Any(line => line.Properties.GetValueOrDefault("RequestPath") is ScalarValue { Value: string of } && of == path));
    }

    // Each line that is written while a request is answered names its address too.
    [Fact]
    public async Task Line_WrittenDuringARequest_HoldsNoSecret()
    {
        var lines = new Lines();
        await using var site = Logging(lines);
        await site.InitializeAsync();
        site.Services.GetRequiredService<ILogger>().ForContext("RequestPath", "/2022/stars/1f2e3d.ics").Error("It failed.");

        Assert.Equal("/2022/stars/….ics", ((ScalarValue)Assert.Single(lines.Told, line => line.MessageTemplate.Text == "It failed.").Properties["RequestPath"]).Value);
    }

    // The logger of this site: the one that programs have in common is that of whichever site of these tests began last.
    private static SiteFixture Logging(Lines lines) => new()
    {
        Configure = host => host.UseSetting("Serilog:MinimumLevel:Default", "Information").ConfigureTestServices(services =>
        {
            services.AddSingleton<ILogEventSink>(lines);
            services.AddOptions<RequestLoggingOptions>().Configure<ILogger>((options, log) => options.Logger = log);
        }),
    };

    private sealed class Lines : ILogEventSink
    {
        public ConcurrentQueue<LogEvent> Told { get; } = new();

        public void Emit(LogEvent logEvent) => Told.Enqueue(logEvent);
    }
}
