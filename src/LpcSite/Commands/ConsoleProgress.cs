using LpcSite.Imports;

namespace LpcSite.Commands;

/// <summary>
/// Tells on standard error how far a verb has come: in one line that is written over and over on a terminal, and where
/// the output is kept in a plain line for each stage and now and then between.
/// </summary>
internal sealed class ConsoleProgress(TextWriter output, bool terminal, TimeProvider time)
    : IProgress<ImportProgress>,
        IDisposable
{
    private static readonly TimeSpan PauseInTerminal = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PauseInLog = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _pause = terminal ? PauseInTerminal : PauseInLog;
    private long _last = time.GetTimestamp();
    private int _width;

    public static ConsoleProgress OnStandardError(TimeProvider time) =>
        new(Console.Error, !Console.IsErrorRedirected, time);

    public void Report(ImportProgress value)
    {
        if (value.Total > 0 && time.GetElapsedTime(_last) < _pause)
        {
            return;
        }

        _last = time.GetTimestamp();
        var line =
            value.Total == 0
                ? $"{value.Step} …"
                : FormattableString.Invariant($"{value.Done} of {value.Total}: {value.Step}");
        if (terminal)
        {
            output.Write($"\r{line.PadRight(_width)}");
            _width = line.Length;
        }
        else
        {
            output.WriteLine(line);
        }
    }

    /// <summary>Leaves an empty line for what comes next.</summary>
    public void Dispose()
    {
        if (_width > 0)
        {
            output.Write($"\r{new string(' ', _width)}\r");
        }
    }
}
