using System.Globalization;

namespace LpcSite.DevPostgres;

/// <summary>
/// Whom the server runs as: the caller, or somebody without privileges where the caller is root, which PostgreSQL
/// refuses.
/// </summary>
/// <param name="Prefix">The words before a command that make it run so.</param>
/// <param name="User">
/// User and group number of the account that needs to own the server's folders; null where they stay the caller's.
/// </param>
internal sealed record PostgresAccount(IReadOnlyList<string> Prefix, string? User)
{
    // The conventional number of nobody. Inside the user namespace it stands for the caller themselves.
    private const int Nobody = 65534;

    /// <exception cref="EmbeddedPostgresException">
    /// The caller is root, and no other account can run the server there.
    /// </exception>
    public static async Task<PostgresAccount> ChooseAsync(
        PostgresBinaries binaries,
        string folder,
        CancellationToken ct
    )
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new PostgresAccount([], User: null);
        }

        // An earlier run may have had to give the folder to somebody else.
        var caller = new PostgresAccount(["unshare", "--user", $"--map-user={Nobody}", "--"], User: null);
        await GiveAsync("0:0", folder, ct);

        if (await caller.CanRunAsync(binaries, folder, ct))
        {
            return caller;
        }

        var (uid, gid) = await NumbersOfAsync("postgres", ct) ?? await NumbersOfAsync("nobody", ct) ?? (Nobody, Nobody);
        var other = new PostgresAccount(
            ["setpriv", $"--reuid={uid}", $"--regid={gid}", "--clear-groups", "--"],
            $"{uid}:{gid}"
        );
        await other.TakeAsync(folder, ct);

        return await other.CanRunAsync(binaries, folder, ct)
            ? other
            : throw new EmbeddedPostgresException(
                $"PostgreSQL does not run as root, and as user {uid} it cannot reach {folder} or {binaries.Folder}: "
                    + "run the site as an ordinary user, "
                    + "keep it in a folder that every user may pass through, or name a server in "
                    + "ConnectionStrings__LpcSite."
            );
    }

    /// <summary>Makes a folder and all that is in it the account's.</summary>
    public Task TakeAsync(string folder, CancellationToken ct) =>
        User is null ? Task.CompletedTask : GiveAsync(User, folder, ct);

    private static async Task GiveAsync(string user, string folder, CancellationToken ct)
    {
        var (exitCode, output) = await PostgresCommand.RunAsync(["chown", "-R", "-P", user, folder], ct);

        if (exitCode != 0)
        {
            throw new EmbeddedPostgresException($"The folder {folder} cannot be given to user {user}: {output.Trim()}");
        }
    }

    private async Task<bool> CanRunAsync(PostgresBinaries binaries, string folder, CancellationToken ct)
    {
        const string script = """test "$(id -u)" -ne 0 && test -w "$1" && "$2" --version""";
        var (exitCode, _) = await PostgresCommand.RunAsync(
            [.. Prefix, "/bin/sh", "-c", script, "sh", folder, binaries.Postgres],
            ct
        );
        return exitCode == 0;
    }

    private static async Task<(int Uid, int Gid)?> NumbersOfAsync(string name, CancellationToken ct)
    {
        var (exitCode, output) = await PostgresCommand.RunAsync(
            ["/bin/sh", "-c", """id -u "$1" && id -g "$1" """, "sh", name],
            ct
        );

        if (exitCode != 0)
        {
            return null;
        }

        var numbers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (
            int.Parse(numbers[0], CultureInfo.InvariantCulture),
            int.Parse(numbers[1], CultureInfo.InvariantCulture)
        );
    }
}
