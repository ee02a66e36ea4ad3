using System.Collections.Concurrent;
using System.Diagnostics;
using LpcSite.Tests.Fixture;
using LpcSite.Web.Security;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Serilog;
using Serilog.AspNetCore;
using Serilog.Core;
using Serilog.Events;

namespace LpcSite.Tests.Web.Security;

/// <summary>What the log tells of a request, and what it keeps to itself.</summary>
public sealed class SecretAddressesTests
{
    [Theory]
    [InlineData("/logged/stars/1f2e3d.ics", "/logged/stars/….ics")]
    [InlineData("/account/invitation/kEy-1_?from=letter", "/account/invitation/…")]
    [InlineData("/Logged/Stars/1f2e3d.ICS", "/Logged/Stars/….ICS")]
    [InlineData("/ACCOUNT/Invitation/kEy-1_", "/ACCOUNT/Invitation/…")]
    [InlineData("/account/invitation/kEy-1_/", "/account/invitation/…/")]
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
        Assert.Contains(
            lines.Told,
            line =>
                line.RenderMessage(formatProvider: null)
                    .StartsWith(
                        $"HTTP \"GET\" \"{told}\" responded {(int)answer.StatusCode} in ",
                        StringComparison.Ordinal
                    )
        );
        Assert.Equal(
            told == path,
            lines.Told.Any(line =>
                line.Properties.GetValueOrDefault("RequestPath") is ScalarValue { Value: string of } && of == path
            )
        );
    }

    // Each line that is written while a request is answered names its address too.
    [Fact]
    public async Task Line_WrittenDuringARequest_HoldsNoSecret()
    {
        var lines = new Lines();
        await using var site = Logging(lines);
        await site.InitializeAsync();
        site.Services.GetRequiredService<ILogger>()
            .ForContext("RequestPath", "/2022/stars/1f2e3d.ics")
            .Error("It failed.");

        Assert.Equal(
            "/2022/stars/….ics",
            (
                (ScalarValue)
                    Assert.Single(lines.Told, line => line.MessageTemplate.Text == "It failed.").Properties[
                        "RequestPath"
                    ]
            ).Value
        );
    }

    // Whatever the framework calls it, and as a whole address as well.
    [Theory]
    [InlineData(
        "https://pipes.example.org/account/confirm?id=7&token=abc.def#x",
        "https://pipes.example.org/account/confirm?id=7&token=…#x"
    )]
    [InlineData("/2022/mc/propose?late=abc", "/2022/mc/propose?late=…")]
    [InlineData(
        "Request starting HTTP/1.1 GET http://localhost/2022/STARS/1f2e3d.ics - - -",
        "Request starting HTTP/1.1 GET http://localhost/2022/STARS/….ics - - -"
    )]
    [InlineData("/2022/stars.ics?of=mc-1", "/2022/stars.ics?of=mc-1")]
    public void Mask_OfAText_LeavesTheRest(string text, string told) => Assert.Equal(told, SecretAddresses.Mask(text));

    [Theory]
    [InlineData("/traced/stars/1f2e3d.ics", "1f2e3d")]
    [InlineData("/Account/INVITATION/kEy-1_", "kEy-1_")]
    [InlineData("/account/confirm?id=7&token=abcdef", "abcdef")]
    public async Task Request_InTheTraces_HoldsNoSecret(string address, string secret)
    {
        var traces = new Traces();
        await using var site = new SiteFixture
        {
            Configure = host =>
                host.UseSetting("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
                    .ConfigureTestServices(services =>
                        services.ConfigureOpenTelemetryTracerProvider(provider => provider.AddProcessor(traces))
                    ),
        };
        await site.InitializeAsync();
        using var reader = site.Anonymous();

        using var answer = await reader.GetAsync(address, TestContext.Current.CancellationToken);
        await traces.Request.WaitAsync(TestContext.Current.CancellationToken);

        var path = address.Split('?')[0].Split('/')[1];
        Assert.Contains(
            traces.Told,
            words => words.Any(word => word.Contains($"/{path}/", StringComparison.OrdinalIgnoreCase))
        );
        Assert.DoesNotContain(
            traces.Told,
            words => words.Any(word => word.Contains(secret, StringComparison.OrdinalIgnoreCase))
        );
    }

    // The logger of this site: the one that programs have in common is that of whichever site of these tests began
    // last.
    private static SiteFixture Logging(Lines lines) =>
        new()
        {
            Configure = host =>
                host.UseSetting("Serilog:MinimumLevel:Default", "Information")
                    .ConfigureTestServices(services =>
                    {
                        services.AddSingleton<ILogEventSink>(lines);
                        services
                            .AddOptions<RequestLoggingOptions>()
                            .Configure<ILogger>((options, log) => options.Logger = log);
                    }),
        };

    private sealed class Traces : BaseProcessor<Activity>
    {
        private readonly TaskCompletionSource _request = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<List<string>> Told { get; } = new();

        /// <summary>Ends with the trace of the request, which its reader does not wait for.</summary>
        public Task Request => _request.Task;

        public override void OnEnd(Activity data)
        {
            Told.Enqueue([data.DisplayName, .. data.TagObjects.Select(tag => tag.Value?.ToString() ?? "")]);
            if (data.Kind is ActivityKind.Server)
            {
                _request.TrySetResult();
            }
        }
    }

    private sealed class Lines : ILogEventSink
    {
        public ConcurrentQueue<LogEvent> Told { get; } = new();

        public void Emit(LogEvent logEvent) => Told.Enqueue(logEvent);
    }
}
