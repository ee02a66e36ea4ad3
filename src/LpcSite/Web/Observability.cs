using System.Globalization;
using LpcSite.Web.Security;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace LpcSite.Web;

/// <summary>
/// What the site says of itself: a log line a request (JSON outside development), and traces and metrics where a
/// collector is named.
/// </summary>
internal static class Observability
{
    public static void AddObservability(this WebApplicationBuilder builder)
    {
        builder.Services.AddSerilog(
            (services, log) =>
            {
                log.MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                    .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
                    // It says nothing that the request line does not, and would cost every kept page a tenth of its
                    // time.
                    .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LevelAlias.Off)
                    .ReadFrom.Configuration(builder.Configuration)
                    .ReadFrom.Services(services)
                    .Enrich.FromLogContext()
                    .Enrich.With<SecretAddresses>();
                if (builder.Environment.IsDevelopment())
                {
                    log.WriteTo.Console(
                        formatProvider: CultureInfo.InvariantCulture,
                        outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}"
                    );
                }
                else
                {
                    log.WriteTo.Console(new RenderedCompactJsonFormatter());
                }
            }
        );

        // The standard variable of OpenTelemetry names the collector; without it nothing is collected.
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            builder
                .Services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService("lpcsite"))
                .WithTracing(traces =>
                    traces
                        .AddAspNetCoreInstrumentation()
                        .AddNpgsql()
                        .AddProcessor(new SecretAddresses.OfTraces())
                        .AddOtlpExporter()
                )
                .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddMeter("Npgsql").AddOtlpExporter());
        }
    }

    public static void UseRequestLog(this WebApplication app) =>
        app.UseSerilogRequestLogging(log =>
        {
            log.IncludeQueryInRequestPath = false;
            log.EnrichDiagnosticContext = static (line, context) => line.Set("RequestId", context.TraceIdentifier);
            log.GetLevel = static (context, _, failure) =>
                failure is not null || context.Response.StatusCode is >= 500 and not StatusCodes.Status501NotImplemented
                    ? LogEventLevel.Error
                : context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal)
                || context.Request.Path.StartsWithSegments("/readyz", StringComparison.Ordinal)
                    ? LogEventLevel.Debug
                : LogEventLevel.Information;
        });
}
