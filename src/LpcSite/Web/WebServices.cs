using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using LpcSite.Caching;
using LpcSite.Texts;
using LpcSite.Web.Frame;
using LpcSite.Web.Requests;
using LpcSite.Web.Security;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.WebEncoders;

namespace LpcSite.Web;

/// <summary>What holds every answer of the site: addresses, encodings, cookies, limits and health.</summary>
internal static class WebServices
{
    public static void AddWeb(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
        });
        builder.AddObservability();
        var services = builder.Services;
        services.AddSingleton<SiteAddress>();
        services.AddSingleton<ConferenceFrames>();
        services.AddSingleton<OwnPages>();
        services.AddSingleton<PagesAhead>();
        services.AddHostedService(static site => site.GetRequiredService<PagesAhead>());
        services.AddSingleton<LinkCheck>();
        services.AddEmailCallers();
        services.AddSiteCookies(builder.Configuration, builder.Environment);
        services.AddSiteRateLimits(builder.Configuration);
        services.AddHealthChecks().AddCheck<DatabaseReadiness>("database", tags: [DatabaseReadiness.Tag]);
        AddFormats(services);
    }

    /// <summary>Kept pages are compressed once, where they are kept.</summary>
    public static void UseCompressionOfWhatIsNotKept(this WebApplication app) =>
        app.UseWhen(
            static context => context.GetEndpoint()?.Metadata.GetMetadata<PublicPageAttribute>() is null,
            static rest => rest.UseResponseCompression()
        );

    private static void AddFormats(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new TextJsonConverter()));
        // Pages are UTF-8: names stand in them as they are, not as numbers of their letters.
        services.Configure<WebEncoderOptions>(encoder =>
            encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All)
        );
        services.AddSingleton<MatcherPolicy, RepresentationSelector>();
        services.AddRouting(routing =>
        {
            routing.LowercaseUrls = true;
            routing.SetParameterPolicy<SlugRouteConstraint>("slug");
        });
        services.AddResponseCompression(compression =>
        {
            // Pages that are kept hold no secret beside text from outside (BREACH), and the rest carries masked tokens.
            compression.EnableForHttps = true;
            compression.MimeTypes =
            [
                .. ResponseCompressionDefaults.MimeTypes,
                "text/markdown",
                "text/calendar",
                "application/atom+xml",
                "application/ld+json",
                "image/svg+xml",
            ];
        });
        // The fastest level makes calendars and XML larger than gzip does.
        services.Configure<BrotliCompressionProviderOptions>(static brotli => brotli.Level = CompressionLevel.Optimal);
    }
}
