using System.CommandLine;
using LpcSite.People.Merging;

namespace LpcSite.Commands;

/// <summary><c>people merge A B</c>: joins two people who turned out to be one.</summary>
internal static class PeopleCommand
{
    public static Command Create()
    {
        var kept = new Argument<string>("kept")
        {
            Description = "Who stays: the last part of the address of their page.",
        };
        var other = new Argument<string>("other")
        {
            Description = "Who turned out to be the same human, by the same part of their address.",
        };
        var merge = new Command(
            "merge",
            "Join two people who are one: the first stays, both spellings mean them, old addresses lead to them."
        )
        {
            kept,
            other,
        };
        merge.SetAction(
            (parsed, stop) =>
                CommandLine.WithSiteAsync(
                    (services, stopping) =>
                        MergeAsync(services, parsed.GetRequiredValue(kept), parsed.GetRequiredValue(other), stopping),
                    stop
                )
        );
        return new Command("people", "Look after the people of all conferences.") { merge };
    }

    private static async Task<int> MergeAsync(
        IServiceProvider services,
        string kept,
        string other,
        CancellationToken stop
    )
    {
        Console.WriteLine(
            await services.GetRequiredService<PersonMerge>().MergeAsync(kept, other, "people merge", by: null, stop)
        );
        return 0;
    }
}
