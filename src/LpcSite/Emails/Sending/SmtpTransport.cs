using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace LpcSite.Emails.Sending;

/// <summary>Carries letters to the configured mail server (SMTP, RFC 5321), many over one connection.</summary>
public sealed class SmtpTransport(MailOptions options, string host) : IEmailTransport, IAsyncDisposable
{
    private static readonly TimeSpan UntilHandedOver = TimeSpan.FromMinutes(5);

    // A server may take that long to check what it got before it answers, and who hangs up earlier does not know (RFC
    // 5321, section 4.5.3.2.6).
    private static readonly TimeSpan UntilAnswered = TimeSpan.FromMinutes(10);

    private Client? _client;

    public async Task<Delivery> CarryAsync(MimeMessage message, Action handOver, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(UntilHandedOver);
        using var stopping = stop.Register(limit.Cancel);
        try
        {
            _client = await ConnectedAsync(limit.Token);
        }
        catch (Exception failure) when (IsOfTheLine(failure) && !stop.IsCancellationRequested)
        {
            return new(EmailState.Waiting, $"No connection to the mail server: {OneLine(failure)}", IsRoadClosed: true);
        }

        var step = new HandOver(() =>
        {
            // The site may stop until here. From here on it waits for the answer, so that it knows.
            stopping.Dispose();
            limit.Token.ThrowIfCancellationRequested();
            handOver();
            limit.CancelAfter(UntilAnswered);
        });
        var isUsable = false;
        try
        {
            var answer = await _client.SendAsync(
                message,
                message.From.Mailboxes.First(),
                message.To.Mailboxes,
                limit.Token,
                step
            );
            isUsable = true;
            return new(EmailState.Sent, answer);
        }
        catch (SmtpCommandException refusal)
        {
            isUsable = _client.IsConnected;
            return new(
                IsForEver(refusal) ? EmailState.Failed : EmailState.Waiting,
                $"{(int)refusal.StatusCode} {OneLine(refusal)}"
            );
        }
        catch (NotSupportedException cannot) when (!step.IsDone)
        {
            return new(EmailState.Failed, $"The mail server cannot carry this address: {OneLine(cannot)}");
        }
        catch (Exception lost)
            when (step.Refusal is null && IsOfTheLine(lost) && !(stop.IsCancellationRequested && !step.IsDone))
        {
            return step.IsDone
                ? new(EmailState.Unclear, $"The line broke before the receiving server answered: {OneLine(lost)}")
                : new(EmailState.Waiting, $"The line broke before the letter was on its way: {OneLine(lost)}");
        }
        finally
        {
            if (!isUsable)
            {
                HangUp();
            }
        }
    }

    public async Task RestAsync()
    {
        if (_client is { IsConnected: true })
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            try
            {
                await _client.DisconnectAsync(quit: true, limit.Token);
            }
            catch (Exception lost) when (IsOfTheLine(lost))
            {
                // Every letter has had its answer: how the line ends is of no interest.
            }
        }

        HangUp();
    }

    public ValueTask DisposeAsync()
    {
        HangUp();
        return ValueTask.CompletedTask;
    }

    // What a server says to the receiver or to the letter is its last word. What it says to us, such as a password it
    // no longer knows, an operator can mend.
    private static bool IsForEver(SmtpCommandException refusal) =>
        (int)refusal.StatusCode >= 500 && refusal.ErrorCode is not SmtpErrorCode.SenderNotAccepted;

    private static bool IsOfTheLine(Exception failure) =>
        failure
            is IOException
                or SocketException
                or TimeoutException
                or OperationCanceledException
                or CommandException
                or ProtocolException
                or AuthenticationException
                or SslHandshakeException
                or ServiceNotConnectedException
                or ServiceNotAuthenticatedException
                or NotSupportedException;

    private static string OneLine(Exception failure) =>
        failure is OperationCanceledException ? "it took too long." : failure.Message.ReplaceLineEndings(" ");

    private async Task<Client> ConnectedAsync(CancellationToken stop)
    {
        if (_client is { IsConnected: true } connected)
        {
            return connected;
        }

        HangUp();
        var client = new Client { Timeout = (int)UntilAnswered.TotalMilliseconds, LocalDomain = host };
        try
        {
            await client.ConnectAsync(options.Host, options.Port, options.SocketOptions, stop);
            if (options.User.Length > 0)
            {
                await client.AuthenticateAsync(options.User, options.Password, stop);
            }

            // DATA has a moment before which nothing is delivered; parts that are sent ahead (BDAT) would blur it.
            client.Capabilities &= ~(SmtpCapabilities.Chunking | SmtpCapabilities.BinaryMime);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private void HangUp()
    {
        _client?.Dispose();
        _client = null;
    }

    private sealed class Client : SmtpClient
    {
        // Lines may be that long (RFC 5321, section 4.5.3.1.6), so that links stay whole in the message as it is sent.
        protected override void Prepare(
            FormatOptions options,
            MimeMessage message,
            EncodingConstraint constraint,
            int maxLineLength
        ) => base.Prepare(options, message, constraint, 998);
    }

    /// <summary>
    /// Does its action when the first bytes of the text are about to leave: after the server asked for them (354),
    /// before it can have the last one.
    /// </summary>
    private sealed class HandOver(Action action) : ITransferProgress
    {
        public bool IsDone { get; private set; }

        /// <summary>Why the letter stayed here after all.</summary>
        public Exception? Refusal { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => Report(bytesTransferred);

        public void Report(long bytesTransferred)
        {
            if (IsDone)
            {
                return;
            }

            try
            {
                action();
                IsDone = true;
            }
            catch (Exception refusal)
            {
                Refusal = refusal;
                throw;
            }
        }
    }
}
