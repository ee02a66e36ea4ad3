using System.Text.Json;
using LpcSite.Browser.Fixture;
using Microsoft.Playwright;

namespace LpcSite.Browser.Pages;

/// <summary>How many bytes a first visit costs an attendee on a conference's Wi-Fi.</summary>
public sealed class WeightTests(BrowserFixture browser, ITestOutputHelper output)
{
    [Theory, InlineData(PublicPages.Weighed, 60), InlineData(PublicPages.Schedule, 80)]
    public async Task FirstVisit_ToAPageThatShowsAWholeConference_IsLight(string page, int most)
    {
        await using var reader = await browser.ReaderAsync(Screen.Phone);
        var protocol = await reader.Context.NewCDPSessionAsync(reader.Page);
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        protocol.Event("Network.responseReceived").OnEvent += (_, e) =>
        {
            var response = e!.Value.GetProperty("response");
            var encoding = response
                .GetProperty("headers")
                .EnumerateObject()
                .FirstOrDefault(h => h.Name.Equals("content-encoding", StringComparison.OrdinalIgnoreCase))
                .Value;
            addresses[Id(e)] = $"{response.GetProperty("url").GetString()} {encoding}";
        };
        protocol.Event("Network.loadingFinished").OnEvent += (_, e) =>
            sizes[Id(e)] = (int)e!.Value.GetProperty("encodedDataLength").GetDouble();
        await protocol.SendAsync("Network.enable");

        await reader.OpenAsync(page);
        await reader.Page.EvaluateAsync("() => scrollTo(0, document.documentElement.scrollHeight)");
        await reader.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        foreach (var (id, size) in sizes)
        {
            output.WriteLine($"{size, 7:N0} bytes  {addresses.GetValueOrDefault(id)}");
        }

        output.WriteLine($"{sizes.Values.Sum(), 7:N0} bytes in all, of {most * 1024:N0}");
        Assert.Contains(addresses.Values, address => address == $"{browser.Address}{page} br");
        Assert.Contains(addresses.Values, address => address.Contains(".css", StringComparison.Ordinal));
        Assert.Equal(addresses.Count, sizes.Count);
        Assert.InRange(sizes.Values.Sum(), 1, most * 1024);
    }

    private static string Id(JsonElement? e) => e!.Value.GetProperty("requestId").GetString()!;
}
