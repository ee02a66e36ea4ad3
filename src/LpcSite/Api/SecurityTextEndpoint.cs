using LpcSite.Caching;
using LpcSite.Emails.Sending;
using LpcSite.Web;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Api;

/// <summary>
/// Whom to tell of a weakness of this site, where those who find one look for it (RFC 9116):
/// <c>Site:SecurityContact</c>, a mail address or the address of a page, or else where the answers to the site's
/// letters go.
/// </summary>
internal static class SecurityTextEndpoint
{
    private const string Address = "/.well-known/security.txt";

    // Less than a year is recommended (section 2.5.5), and a site that runs on goes on saying it.
    private static readonly Duration Lasts = Duration.FromDays(180);

    public static void MapSecurityText(this WebApplication app) =>
        app.MapMethods(Address, PublicEndpoints.Reading, Write);

    private static IResult Write(HttpContext context, EmailSending post, IConfiguration configuration, IClock clock)
    {
        var contact = configuration["Site:SecurityContact"] is { Length: > 0 } configured
            ? configured
            : post.Writer.ReplyTo?.Address ?? post.Writer.From.Address;
        var expires = clock.GetCurrentInstant().Plus(Lasts).InUtc().Date.AtMidnight().InUtc().ToInstant();
        context.Response.Headers.CacheControl = "public, max-age=86400";
        return Results.Text(
            $"""
            Contact: {(Uri.TryCreate(contact, UriKind.Absolute, out var page) ? page.AbsoluteUri : $"mailto:{contact}")}
            Expires: {InstantPattern.General.Format(expires)}
            Preferred-Languages: en
            Canonical: {context.Origin()}{Address}

            """.ReplaceLineEndings("\n"),
            "text/plain; charset=utf-8"
        );
    }
}
