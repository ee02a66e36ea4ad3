using LpcSite.Rules;
using MailKit.Security;
using MimeKit;

namespace LpcSite.Emails.Sending;

/// <summary>How the site sends its letters, from the configuration's section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>Whether this instance sends at all; letters are written and wait in any case.</summary>
    public bool Send { get; init; } = true;

    /// <summary>
    /// The server that takes our letters (SMTP). Without one, letters wait in Production, and become files in
    /// development.
    /// </summary>
    public string Host { get; init; } = "";

    public int Port { get; init; } = 587;

    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    public string User { get; init; } = "";
    public string Password { get; init; } = "";

    /// <summary>
    /// Who writes, such as <c>Linux Plumbers &lt;noreply@lpc.example.org&gt;</c>; also where undeliverable letters
    /// return.
    /// </summary>
    public string From { get; init; } = "";

    /// <summary>Where answers go, if not to <see cref="From"/>.</summary>
    public string ReplyTo { get; init; } = "";

    /// <summary>
    /// Letters a minute to one receiving domain, for each instance of the site; list servers put off who sends faster.
    /// </summary>
    public int PerDomainAndMinute { get; init; } = 30;

    public bool HasServer => Host.Length > 0;

    public SecureSocketOptions SocketOptions =>
        Security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        };

    /// <exception cref="OperatorException">Something in it cannot work.</exception>
    public static MailOptions Read(IConfiguration configuration)
    {
        MailOptions options;
        try
        {
            options = configuration.GetSection(Section).Get<MailOptions>() ?? new();
        }
        catch (InvalidOperationException wrong)
        {
            throw new OperatorException(
                $"The mail settings cannot be read: {wrong.Message} Mail__Port and Mail__PerDomainAndMinute are "
                    + "numbers, Mail__Send is true or false, Mail__Security is StartTls, Tls or None.",
                wrong
            );
        }

        Require(
            !options.HasServer || options.From.Length > 0,
            "Mail__Host is set, but Mail__From is not: set it to the address that letters come from, such as 'Our "
                + "conference <noreply@example.org>'."
        );
        Require(
            !options.HasServer || configuration["Site:Url"] is { Length: > 0 },
            "Mail__Host is set, but Site__Url is not: letters need the site's public address, such as "
                + "'https://lpc.example.org'."
        );
        Require(
            options.From.Length == 0 || MailboxAddress.TryParse(options.From, out _),
            $"Mail__From is '{options.From}', which is not a mail address."
        );
        Require(
            options.ReplyTo.Length == 0 || MailboxAddress.TryParse(options.ReplyTo, out _),
            $"Mail__ReplyTo is '{options.ReplyTo}', which is not a mail address."
        );
        Require(options.Port is > 0 and <= 65535, $"Mail__Port is {options.Port}; a port is a number from 1 to 65535.");
        Require(
            options.PerDomainAndMinute > 0,
            $"Mail__PerDomainAndMinute is {options.PerDomainAndMinute}; it has to be at least 1. To send nothing, "
                + "set Mail__Send to false."
        );
        Require(
            options.User.Length > 0 == options.Password.Length > 0,
            "Mail__User and Mail__Password belong together: set both or neither."
        );
        return options;
    }

    /// <param name="siteUrl">The public origin, if it is configured.</param>
    public EmailMessage Writer(string? siteUrl)
    {
        var host = Uri.TryCreate(siteUrl, UriKind.Absolute, out var url) ? url.IdnHost : "localhost";
        return new(
            host,
            MailboxAddress.Parse(From.Length > 0 ? From : $"Microconferences <noreply@{host}>"),
            ReplyTo.Length > 0 ? MailboxAddress.Parse(ReplyTo) : null
        );
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new OperatorException(otherwise);
        }
    }
}

/// <summary>How the line to the mail server is kept secret.</summary>
public enum MailSecurity
{
    /// <summary>
    /// Begins in the open and turns to TLS before anything is said (RFC 3207); a server without it is refused.
    /// </summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314), usually port 465.</summary>
    Tls,

    /// <summary>In the open, for a server on the same machine.</summary>
    None,
}
