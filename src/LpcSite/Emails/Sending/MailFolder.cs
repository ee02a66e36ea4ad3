using MimeKit;

namespace LpcSite.Emails.Sending;

/// <summary>Development's post: every letter becomes a file that <c>/dev/mail</c> shows, and goes nowhere.</summary>
public sealed class MailFolder(string path) : IEmailTransport
{
    private const string Ending = ".eml";

    public async Task<Delivery> CarryAsync(MimeMessage message, Action handOver, CancellationToken stop)
    {
        Directory.CreateDirectory(path);
        var name = message.MessageId!.Split('@')[0];
        var unfinished = Path.Combine(path, $"{name}.new");
        await using (var file = File.Create(unfinished))
        {
            await message.WriteToAsync(file, stop);
        }

        // Under a name that is the letter's own, writing it twice leaves one letter.
        handOver();
        File.Move(unfinished, Path.Combine(path, name + Ending), overwrite: true);
        return new(EmailState.Sent, $"Written to {name}{Ending}.");
    }

    /// <returns>The letters' names, newest first.</returns>
    public IReadOnlyList<string> Names() =>
        !Directory.Exists(path)
            ? []
            :
            [
                .. new DirectoryInfo(path)
                    .EnumerateFiles($"*{Ending}")
                    .OrderByDescending(f => f.LastWriteTimeUtc)
                    .ThenBy(f => f.Name, StringComparer.Ordinal)
                    .Select(f => Path.GetFileNameWithoutExtension(f.Name)),
            ];

    /// <returns>Null if there is no letter of that name.</returns>
    public async Task<MimeMessage?> FindAsync(string name, CancellationToken stop)
    {
        var file = Path.Combine(path, name + Ending);
        return Guid.TryParseExact(name, "N", out _) && File.Exists(file)
            ? await MimeMessage.LoadAsync(file, stop)
            : null;
    }

    public Task RestAsync() => Task.CompletedTask;
}
