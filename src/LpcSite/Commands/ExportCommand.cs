using System.CommandLine;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Exports.Folder;
using LpcSite.Rules;
using LpcSite.Texts;
using NodaTime;

namespace LpcSite.Commands;

/// <summary><c>export FOLDER</c>: writes a conference as the folder of text files that <c>import</c> reads.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder")
        {
            Description = "An empty folder, a new one, or one to which this conference was exported before.",
        };
        var conference = new Option<string?>("--conference")
        {
            Description = "The slug of the conference; without it the current one.",
        };
        var command = new Command("export", "Export a conference to a folder that can be imported.")
        {
            folder,
            conference,
        };
        command.SetAction(
            (parsed, stop) =>
                CommandLine.WithSiteAsync(
                    (services, stopping) =>
                        ExportAsync(services, parsed.GetRequiredValue(folder), parsed.GetValue(conference), stopping),
                    stop
                )
        );
        return command;
    }

    private static async Task<int> ExportAsync(
        IServiceProvider services,
        string folder,
        string? slug,
        CancellationToken stop
    )
    {
        var today = services.GetRequiredService<IClock>().GetCurrentInstant().InUtc().Date;
        slug ??=
            await services.GetRequiredService<LpcDbContext>().Conferences.CurrentSlugAsync(today, stop)
            ?? throw new OperatorException("There is no conference yet.");
        var conference =
            await services.GetRequiredService<ConferenceExport>().ReadAsync(slug, stop)
            ?? throw new OperatorException($"There is no conference '{slug}'.");
        try
        {
            ConferenceExport.Save(folder, conference);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"'{folder}' cannot be written: {refused.Message}", refused);
        }

        Console.WriteLine(
            $"Exported {conference.ShortName}: "
                + $"{Wording.Count(conference.Microconferences.Count, "microconference")} in '{folder}'."
        );
        return 0;
    }
}
