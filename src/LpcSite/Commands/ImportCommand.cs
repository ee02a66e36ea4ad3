using System.CommandLine;
using LpcSite.Imports;

namespace LpcSite.Commands;

/// <summary>
/// <c>import FOLDER</c>: brings a conference in from a folder of text files, the first time and every time after.
/// </summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder")
        {
            Description = "The folder with conference.yaml and a SLUG.md for each microconference.",
        };
        var command = new Command(
            "import",
            "Import a conference from a folder, all of it or nothing; again, and it updates."
        )
        {
            folder,
        };
        command.SetAction(
            (parsed, stop) =>
                CommandLine.WithSiteAsync(
                    (services, stopping) => ImportAsync(services, parsed.GetRequiredValue(folder), stopping),
                    stop
                )
        );
        return command;
    }

    private static async Task<int> ImportAsync(IServiceProvider services, string folder, CancellationToken stop)
    {
        ImportSummary summary;
        using (var progress = ConsoleProgress.OnStandardError(services.GetRequiredService<TimeProvider>()))
        {
            summary = await services.GetRequiredService<ConferenceImport>().ImportAsync(folder, progress, stop);
        }

        Console.WriteLine(summary);
        if (summary.Untouched.Count > 0)
        {
            Console.WriteLine($"Not in the folder, and left as they are: {string.Join(", ", summary.Untouched)}.");
        }

        Tell("People with an account:", summary.Accounts);
        Tell(
            "People with the name of someone else. If two are one, merge them, or write the name with its address:",
            summary.Namesakes
        );
        return 0;
    }

    private static void Tell(string heading, IReadOnlyList<string> lines)
    {
        if (lines.Count > 0)
        {
            Console.WriteLine(string.Join("\n  ", lines.Prepend(heading)));
        }
    }
}
