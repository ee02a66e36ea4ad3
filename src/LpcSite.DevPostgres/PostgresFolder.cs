using System.Globalization;
using System.Security.Cryptography;

namespace LpcSite.DevPostgres;

/// <summary>The private folder of an embedded server: what lies where, and who owns it.</summary>
internal sealed class PostgresFolder(string path)
{
    private const string Unfinished = "data.unfinished-";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PrivateFolder = Private | UnixFileMode.UserExecute;

    // EWOULDBLOCK: what .NET reports for a file that another one has locked.
    private static readonly int WouldBlock = OperatingSystem.IsMacOS() ? 35 : 11;

    public string Path { get; } = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));

    public string Data => In("data");

    public string PasswordFile => In("password");

    public string Log => In("postgres.log");

    public string OwnerFile => In("owner");

    public string PidFile => System.IO.Path.Combine(Data, "postmaster.pid");

    /// <summary>
    /// Takes the folder for this process; null while another process has it. The kernel gives it back when the owner
    /// dies, however it dies, so that no process number is ever mistaken for another's.
    /// </summary>
    public FileStream? TryOwn()
    {
        try
        {
            Directory.CreateDirectory(Path, PrivateFolder);
            File.SetUnixFileMode(Path, PrivateFolder);

            var lockFile = new FileStream(
                OwnerFile,
                new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.None,
                    UnixCreateMode = Private,
                }
            );

            // The one who removes the folder may have been faster: then this is a lock on nothing.
            if (!File.Exists(OwnerFile))
            {
                lockFile.Dispose();
                return null;
            }

            lockFile.SetLength(0);
            lockFile.Write(System.Text.Encoding.UTF8.GetBytes($"{Environment.ProcessId}\n"));
            lockFile.Flush();
            return lockFile;
        }
        catch (IOException exception) when (exception is DirectoryNotFoundException || exception.HResult == WouldBlock)
        {
            return null;
        }
    }

    /// <summary>The version that made the data; null where there are none.</summary>
    /// <exception cref="EmbeddedPostgresException">The data folder holds something that is not a database.</exception>
    public int? MajorOfData()
    {
        var version = System.IO.Path.Combine(Data, "PG_VERSION");

        if (File.Exists(version))
        {
            return int.Parse(File.ReadAllText(version).Trim(), CultureInfo.InvariantCulture);
        }

        return !Directory.Exists(Data) || !Directory.EnumerateFileSystemEntries(Data).Any()
            ? null
            : throw new EmbeddedPostgresException($"{Data} is no database of PostgreSQL and not empty: move it away.");
    }

    /// <summary>
    /// A new place for initdb to work in: it becomes <see cref="Data"/> by a rename once it is complete, and is worth
    /// nothing before.
    /// </summary>
    public string NewUnfinished() => In($"{Unfinished}{Guid.NewGuid():N}");

    /// <summary>Removes what a killed process left of its initdb.</summary>
    public void RemoveUnfinished()
    {
        foreach (var unfinished in Directory.GetDirectories(Path, $"{Unfinished}*"))
        {
            try
            {
                Directory.Delete(unfinished, recursive: true);
            }
            catch (IOException)
            {
                // That initdb outlived its site by a second and is still writing there: the next start removes the
                // rest.
            }
        }
    }

    /// <summary>Says the password of the server, and thinks one up before the first run.</summary>
    public string Password()
    {
        if (!File.Exists(PasswordFile))
        {
            var fresh = $"{PasswordFile}.{Guid.NewGuid():N}";

            using (
                var file = new FileStream(
                    fresh,
                    new FileStreamOptions
                    {
                        Mode = FileMode.CreateNew,
                        Access = FileAccess.Write,
                        UnixCreateMode = Private,
                    }
                )
            )
            {
                file.Write(
                    System.Text.Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(48, lowercase: true))
                );
                file.Flush(flushToDisk: true);
            }

            File.Move(fresh, PasswordFile, overwrite: true);
        }

        return File.ReadAllText(PasswordFile).Trim();
    }

    /// <summary>What the server itself says of its state; null where it says nothing, or nothing whole yet.</summary>
    public PostgresState? State()
    {
        const int pidLine = 0,
            socketLine = 4,
            statusLine = 7;

        try
        {
            var lines = File.ReadAllLines(PidFile);

            return lines.Length > 0 && int.TryParse(lines[pidLine], CultureInfo.InvariantCulture, out var pid)
                ? new PostgresState(
                    pid,
                    lines.ElementAtOrDefault(socketLine) ?? "",
                    lines.ElementAtOrDefault(statusLine)?.Trim() == "ready"
                )
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public string EndOfLog()
    {
        const int lines = 20;
        return File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(lines)) : "";
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
