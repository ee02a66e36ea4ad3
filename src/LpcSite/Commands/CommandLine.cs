using System.CommandLine;
using System.Net.Sockets;
using LpcSite.Data;
using LpcSite.Rules;
using Microsoft.AspNetCore.Connections;
using Npgsql;

namespace LpcSite.Commands;

/// <summary>What the site does when it is started: serve, or one of the operator's verbs.</summary>
public static class CommandLine
{
    private static readonly Func<Command>[] Verbs =
    [
        HealthCommand.Create,
        MigrateCommand.Create,
        ImportCommand.Create,
        ExportCommand.Create,
        ClashesCommand.Create,
        PeopleCommand.Create,
        OrganizersCommand.Create,
        SessionsCommand.Create,
        RerenderCommand.Create,
    ];

    /// <returns>
    /// The exit status: 0 when all went well, 1 after a sentence on standard error that says what did not.
    /// </returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            // Anything that is not a verb is the host's: --urls, --environment and any other setting.
            if (
                args.Length == 0
                || args[0].StartsWith("--", StringComparison.Ordinal) && args[0] is not ("--help" or "--version")
            )
            {
                await ServeAsync(args);
                return 0;
            }

            var root = new RootCommand(
                "The website of a conference made of microconferences. Without a verb it serves the site."
            );
            foreach (var verb in Verbs)
            {
                root.Subcommands.Add(verb());
            }

            return await root.Parse(args)
                .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperatorException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }

    /// <summary>
    /// Runs a verb's work with the site's own services and database, but no web server. Development brings the schema
    /// up to date first, as it does when it serves; in Production that stays the operator's word.
    /// </summary>
    public static async Task<int> WithSiteAsync(
        Func<IServiceProvider, CancellationToken, Task<int>> work,
        CancellationToken stop
    )
    {
        // A verb serves no files, and need not say where it would look for them.
        await using var site = Program.Build([
            "--Serilog:MinimumLevel:Override:Microsoft.AspNetCore.StaticFiles=Error",
        ]);
        var server = site.Services.GetRequiredService<DatabaseServer>();
        await server.StartAsync(stop);
        if (site.Environment.IsDevelopment())
        {
            await server.MigrateAsync(stop);
        }

        await using var scope = site.Services.CreateAsyncScope();
        try
        {
            return await work(scope.ServiceProvider, stop);
        }
        catch (PostgresException behind)
            when (behind.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn)
        {
            throw new OperatorException(
                "The database does not have this version's schema; run the verb 'migrate' first.",
                behind
            );
        }
        catch (Exception lost)
            when (lost is not PostgresException && lost.GetBaseException() is SocketException or TimeoutException)
        {
            throw new OperatorException($"The database cannot be reached: {lost.GetBaseException().Message}", lost);
        }
    }

    private static async Task ServeAsync(string[] args)
    {
        await using var site = Program.Build(args);
        await site.PrepareAsync();
        try
        {
            await site.RunAsync();
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            throw new OperatorException(
                $"{taken.Message.TrimEnd('.')}. Stop what listens there, or name another address with --urls.",
                taken
            );
        }
    }
}
