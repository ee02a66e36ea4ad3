using LpcSite.Data;
using LpcSite.Rules;
using LpcSite.Web;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Emails.Sending;

/// <summary>What sending letters takes: the settings, who writes the message, the way out, and the database.</summary>
/// <param name="Carrier">Null where letters are written and wait.</param>
public sealed record EmailSending(
    MailOptions Options,
    EmailMessage Writer,
    IEmailTransport? Carrier,
    Func<LpcDbContext> OpenDatabase
)
{
    /// <summary>Scheme and host of the site, for links in the letters that it writes by itself.</summary>
    public required string Origin { get; init; }

    /// <exception cref="OperatorException">The mail settings cannot work.</exception>
    public static EmailSending For(IServiceProvider site)
    {
        var configuration = site.GetRequiredService<IConfiguration>();
        var options = MailOptions.Read(configuration);
        var writer = options.Writer(configuration["Site:Url"]);
        IEmailTransport? carrier =
            !options.Send ? null
            : options.HasServer ? new SmtpTransport(options, writer.Host)
            : site.GetRequiredService<IHostEnvironment>().IsDevelopment() ? site.GetRequiredService<MailFolder>()
            : null;
        var server = site.GetRequiredService<DatabaseServer>();

        return new(options, writer, carrier, Open) { Origin = site.GetRequiredService<SiteAddress>().Origin };

        // Without the site's interceptors: sending a letter changes no page, and has no need to wake the sender.
        LpcDbContext Open() =>
            new(
                (DbContextOptions<LpcDbContext>)
                    LpcDbContextFactory
                        .Configure(new DbContextOptionsBuilder<LpcDbContext>(), server.ConnectionString)
                        .Options
            );
    }
}

/// <summary>Puts the sending of letters into the site.</summary>
internal static class EmailServices
{
    public static void AddEmails(this IServiceCollection services)
    {
        services.AddSingleton<EmailSignal>();
        services.AddSingleton(static site => new MailFolder(
            Path.Combine(site.GetRequiredService<DatabaseServer>().Home, "mail")
        ));
        services.AddSingleton(EmailSending.For);
        services.AddScoped<EmailLimits>();
        services.AddHostedService<EmailSender>();
    }
}
