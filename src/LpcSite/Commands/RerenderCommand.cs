using System.CommandLine;
using LpcSite.Microconferences.Revisions;
using LpcSite.Texts;

namespace LpcSite.Commands;

/// <summary>
/// <c>rerender</c>: makes the stored HTML anew after the renderer has changed; it may be interrupted and started again.
/// </summary>
internal static class RerenderCommand
{
    public static Command Create()
    {
        var command = new Command("rerender", "Make the HTML of texts anew that an older renderer made.");
        command.SetAction((_, stop) => CommandLine.WithSiteAsync(RerenderAsync, stop));
        return command;
    }

    private static async Task<int> RerenderAsync(IServiceProvider services, CancellationToken stop)
    {
        (int Revisions, int Topics, int Others) rendered;
        using (var progress = ConsoleProgress.OnStandardError(services.GetRequiredService<TimeProvider>()))
        {
            rendered = await services.GetRequiredService<RevisionRendering>().RunAsync(progress, stop);
        }

        Console.WriteLine(
            $"Rendered {Wording.Count(rendered.Revisions, "revision")}, "
                + $"{Wording.Count(rendered.Topics, "topic")} and {Wording.Count(rendered.Others, "other text")} anew."
        );
        return 0;
    }
}
