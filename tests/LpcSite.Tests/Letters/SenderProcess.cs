using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using LpcSite.Data;
using LpcSite.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace LpcSite.Tests.Letters;

/// <summary>This test program once more, as a process in which the site's sender runs as the site runs it, so that a test can kill it.</summary>
public sealed class SenderProcess : IDisposable
{
    private const string Database = "LPCSITE_TEST_SEND_LETTERS_OF";
    private const string Port = "LPCSITE_TEST_SEND_LETTERS_TO";

    private readonly Process _process;

    private SenderProcess(Process process) => _process = process;

    public static SenderProcess Start(string connectionString, int smtpPort)
    {
        // Run as "dotnet exec", the program is dotnet and wants to know what to execute.
        var program = Environment.ProcessPath!;
        string[] arguments = Path.GetFileNameWithoutExtension(program) == "dotnet" ? ["exec", typeof(SenderProcess).Assembly.Location] : [];
        return new SenderProcess(Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            Environment =
            {
                [Database] = connectionString,
                [Port] = smtpPort.ToString(CultureInfo.InvariantCulture),

                // Every run is a first run, for which measuring code to compile it again better does not pay.
                ["DOTNET_TieredPGO"] = "0",

                // A killed process would leave the sockets of its diagnostics behind.
                ["DOTNET_EnableDiagnostics"] = "0",
            },
        })!);
    }

    public bool HasExited => _process.HasExited;

    /// <summary>SIGKILL: the process has no moment left to tidy up.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    // Before Main, so that the test platform with its own ideas about arguments is out of the picture.
    [ModuleInitializer]
    internal static void SendIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Database) is not { } database)
        {
            return;
        }

        var options = new MailOptions
        {
            Host = "127.0.0.1",
            Port = int.Parse(Environment.GetEnvironmentVariable(Port)!, CultureInfo.InvariantCulture),
            Security = MailSecurity.None,
            From = "noreply@pipes.example.org",
            PerDomainAndMinute = 100_000,
        };
        var writer = options.Writer("https://pipes.example.org");
        var post = new PostOffice(options, writer, new SmtpCarrier(options, writer.Host), () => new(
            (DbContextOptions<LpcDbContext>)LpcDbContextFactory.Configure(new DbContextOptionsBuilder<LpcDbContext>(), database).Options));
        using var sender = new LetterSender(post, new LetterBell(TimeProvider.System), SystemClock.Instance, NullLogger<LetterSender>.Instance);
        sender.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        Thread.Sleep(Timeout.Infinite);
    }
}
