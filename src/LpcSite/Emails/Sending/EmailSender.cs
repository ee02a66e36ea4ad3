using LpcSite.Emails.Writing;
using LpcSite.Materials.Slides;
using LpcSite.Nominations;
using LpcSite.Web.Errors;
using NodaTime;

namespace LpcSite.Emails.Sending;

/// <summary>
/// Sends the letters that are due, one by one. A letter is in the hands of at most one sender among all instances;
/// before its text leaves, the database knows that it may have arrived; and what the receiving server answered is
/// written down. So a site that is killed sends no letter twice: one that surely did not arrive is tried again, and one
/// of which nobody knows waits for an organizer's eye.
/// </summary>
public sealed partial class EmailSender(EmailSending post, EmailSignal bell, IClock clock, ILogger<EmailSender> log)
    : BackgroundService
{
    // Other instances and people at the database's prompt ring no bell here.
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly DomainLimit _limit = new(post.Options.PerDomainAndMinute);

    // Somebody waits for these: they have as much again, so that no number of others keeps them back.
    private readonly DomainLimit _urgentLimit = new(post.Options.PerDomainAndMinute);

    /// <summary>Sends until none is due, or nothing gets through.</summary>
    public async Task SendDueAsync(IEmailTransport carrier, CancellationToken stop)
    {
        await EmailLimits.ForgetAsync(post.OpenDatabase, clock.GetCurrentInstant(), stop);
        await DailyEmail.WriteDueAsync(post.OpenDatabase, clock.GetCurrentInstant(), stop);
        await SlideReminders.WriteDueAsync(post.OpenDatabase, post.Origin, clock.GetCurrentInstant(), stop);
        await NominationReminder.WriteDueAsync(post.OpenDatabase, post.Origin, clock.GetCurrentInstant(), stop);
        var cutOff = await ClaimedEmail.PutDownCutOffAsync(post.OpenDatabase, clock.GetCurrentInstant(), stop);
        if (cutOff > 0)
        {
            LogCutOff(cutOff);
        }

        try
        {
            while (await SendNextAsync(carrier, stop))
            {
                stop.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await carrier.RestAsync();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (post.Carrier is not { } carrier)
        {
            if (post.Options.Send)
            {
                LogNoServer();
            }

            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SendDueAsync(carrier, stoppingToken);
                await bell.HearAsync(Round, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Whatever is wrong with a letter or the database, pages go on being served, and the next round tries
                // again.
                LogRoundFailed(failure);
                await PauseAsync(stoppingToken);
            }
        }
    }

    private async Task<bool> SendNextAsync(IEmailTransport carrier, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var letter = await ClaimedEmail.TakeAsync(
            post.OpenDatabase,
            (_limit.Full(now), _urgentLimit.Full(now)),
            now,
            stop
        );
        if (letter is null)
        {
            return false;
        }

        (letter.IsUrgent ? _urgentLimit : _limit).Count(letter.Domain, now);
        if (await CarryAsync(letter, carrier, stop) is not { } delivery)
        {
            return true;
        }

        await RecordAsync(letter, delivery, stop);
        return !delivery.IsRoadClosed;
    }

    /// <returns>Null if the letter is somebody else's by now.</returns>
    private async Task<Delivery?> CarryAsync(ClaimedEmail letter, IEmailTransport carrier, CancellationToken stop)
    {
        try
        {
            var message = await letter.ComposeAsync(post.Writer, stop);
            return await carrier.CarryAsync(message, () => letter.HandOver(clock.GetCurrentInstant()), stop);
        }
        catch (FormatException noAddress)
        {
            return new(EmailState.Failed, noAddress.Message);
        }
        catch (EmailGoneException gone)
        {
            LogGone(gone);
            return null;
        }
        catch (Exception outage) when (ErrorPages.IsOutage(outage))
        {
            return new(
                EmailState.Waiting,
                "The database was out of reach when the letter was about to be sent.",
                IsRoadClosed: true
            );
        }
    }

    // What the receiving server said is known here alone: a database that is away for a moment must not make it
    // unclear.
    private async Task RecordAsync(ClaimedEmail letter, Delivery delivery, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await letter.RecordAsync(delivery, clock.GetCurrentInstant(), CancellationToken.None);
                return;
            }
            catch (Exception outage) when (ErrorPages.IsOutage(outage) && !stop.IsCancellationRequested)
            {
                LogNotRecorded(outage);
                await PauseAsync(stop);
            }
        }
    }

    private async Task PauseAsync(CancellationToken stop) =>
        await Task.Delay(Pause, bell.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Mail__Host is not set: letters are written and wait until it is."
    )]
    private partial void LogNoServer();

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} letters were being sent when a sender stopped; they are tried again, or marked unclear "
            + "where they may have arrived."
    )]
    private partial void LogCutOff(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending letters failed; it is tried again in a moment.")]
    private partial void LogRoundFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A letter was left to another sender.")]
    private partial void LogGone(Exception gone);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "What became of a letter could not be written down; it is tried again in a moment."
    )]
    private partial void LogNotRecorded(Exception outage);
}
