using LpcSite.Data;
using LpcSite.Emails.Sending;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace LpcSite.Tests.Emails.Sending;

/// <summary>
/// The site's own sender over a test's database and mail server; each test writes to addresses of its own.
/// </summary>
public sealed class GivenSender(
    string connectionString,
    IClock clock,
    SmtpServer server,
    int perDomainAndMinute = 10_000
) : IAsyncDisposable
{
    private const string Origin = "https://pipes.example.org";

    private readonly SmtpTransport _carrier = new(Options(server, perDomainAndMinute), "pipes.example.org");
    private EmailSender? _sender;

    public async Task SendDueAsync()
    {
        _sender ??= new(
            new EmailSending(
                Options(server, perDomainAndMinute),
                Options(server, perDomainAndMinute).Writer(Origin),
                _carrier,
                Open
            )
            {
                Origin = Origin,
            },
            new EmailSignal(TimeProvider.System),
            clock,
            NullLogger<EmailSender>.Instance
        );
        await _sender.SendDueAsync(_carrier, TestContext.Current.CancellationToken);
    }

    public static MailOptions Options(SmtpServer server, int perDomainAndMinute) =>
        new()
        {
            Host = "127.0.0.1",
            Port = server.Port,
            Security = MailSecurity.None,
            From = "Pipes <noreply@pipes.example.org>",
            ReplyTo = "organizers@pipes.example.org",
            PerDomainAndMinute = perDomainAndMinute,
        };

    public async ValueTask DisposeAsync()
    {
        await _carrier.DisposeAsync();
        _sender?.Dispose();
    }

    private LpcDbContext Open() =>
        new(
            (DbContextOptions<LpcDbContext>)
                LpcDbContextFactory.Configure(new DbContextOptionsBuilder<LpcDbContext>(), connectionString).Options
        );
}
