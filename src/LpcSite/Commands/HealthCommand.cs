using System.CommandLine;
using LpcSite.Rules;

namespace LpcSite.Commands;

/// <summary>
/// <c>health</c>: asks the running site whether it is alive, for container images that have no other client.
/// </summary>
internal static class HealthCommand
{
    public static Command Create()
    {
        var address = new Argument<Uri>("address")
        {
            DefaultValueFactory = _ => new Uri("http://127.0.0.1:8080/healthz"),
            Description = "The address to ask.",
        };
        var command = new Command("health", "Ask a running site whether it is alive.") { address };
        command.SetAction((parsed, stop) => AskAsync(parsed.GetRequiredValue(address), stop));
        return command;
    }

    private static async Task<int> AskAsync(Uri address, CancellationToken stop)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var response = await client.GetAsync(address, stop);
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or TaskCanceledException)
        {
            throw new OperatorException($"{address} does not answer: {unreachable.Message}", unreachable);
        }
    }
}
