using System.CommandLine;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Rules;
using LpcSite.Scheduling.Clashes;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Commands;

/// <summary>
/// <c>clashes CONFERENCE</c>: who is needed in two places, or while that cannot be, and which room is too small, one
/// line each, for terminals and for programs that read lines.
/// </summary>
internal static class ClashesCommand
{
    public static Command Create()
    {
        var conference = new Argument<string>("conference") { Description = "The slug of the conference." };
        var command = new Command(
            "clashes",
            "Print who is needed in two places in the draft of the schedule, or while away or at night, and which "
                + "room is too small. Exits with 1 while a hard clash is open."
        )
        {
            conference,
        };
        command.SetAction(
            (parsed, stop) =>
                CommandLine.WithSiteAsync(
                    (services, stopping) =>
                        PrintAsync(
                            services.GetRequiredService<LpcDbContext>(),
                            parsed.GetRequiredValue(conference),
                            Console.Out,
                            stopping
                        ),
                    stop
                )
        );
        return command;
    }

    /// <returns>1 with a hard clash that nobody has accepted, otherwise 0.</returns>
    internal static async Task<int> PrintAsync(LpcDbContext db, string slug, TextWriter to, CancellationToken stop)
    {
        var id =
            await db.Conferences.Where(c => c.Slug == slug).Select(c => (int?)c.Id).SingleOrDefaultAsync(stop)
            ?? throw new OperatorException($"There is no conference '{slug}'.");
        var sheet = await ClashSheet.ReadAsync(db, id, stop);
        foreach (var (clash, accepted) in sheet.Lines)
        {
            string[] columns =
            [
                clash.Severity.ToString().ToLowerInvariant(),
                Dates.Span(clash.During, sheet.Draft.Zone),
                clash.Sentence,
                clash.Key,
                accepted is null ? "open" : $"can stay: {accepted.Text}",
            ];
            await to.WriteLineAsync(string.Join('\t', columns.Select(OneLine)));
        }

        if (sheet.Lines.Count == 0)
        {
            await to.WriteLineAsync(sheet.NoClash);
        }

        return sheet.Open.Any(c => c.Severity is ClashSeverity.Hard) ? 1 : 0;
    }

    // Titles and reasons are typed by people, and a line stays a line.
    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
