using System.CommandLine;
using LpcSite.Data;

namespace LpcSite.Commands;

/// <summary>
/// <c>migrate</c>: brings the database up to this build's schema, before the site is started in Production.
/// </summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the database up to this version's schema.");
        command.SetAction((_, stop) => CommandLine.WithSiteAsync(MigrateAsync, stop));
        return command;
    }

    private static async Task<int> MigrateAsync(IServiceProvider services, CancellationToken stop)
    {
        await services.GetRequiredService<DatabaseServer>().MigrateAsync(stop);
        Console.WriteLine("The database is up to date.");
        return 0;
    }
}
