using MimeKit;

namespace LpcSite.Emails.Sending;

/// <summary>Carries letters out of the site: to a mail server, or in development into a folder.</summary>
public interface IEmailTransport
{
    /// <param name="handOver">
    /// Called at the last moment at which surely nobody has the letter, before the first byte of its text leaves. If it
    /// throws, the letter stays here and the exception is passed on.
    /// </param>
    Task<Delivery> CarryAsync(MimeMessage message, Action handOver, CancellationToken stop);

    /// <summary>Nothing is left to carry for a while.</summary>
    Task RestAsync();
}
