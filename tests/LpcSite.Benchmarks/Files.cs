using System.Diagnostics;
using System.Security.Cryptography;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Benchmarks;

/// <summary>
/// A thousand slides of 10 MB, sent by the site's own form and fetched again, a few at a time. What arrives is what was
/// sent, and the site never holds a file whole: its peak is printed beside what it had before the first.
/// </summary>
internal static class Files
{
    private const int Count = 1000;
    private const int AtOnce = 4;
    private const int Size = 10 * 1024 * 1024;
    private const long MostMemory = 400L * 1024 * 1024;

    public static async Task<int> RunAsync()
    {
        await using var site = await OwnSite.CreateAsync();
        await LeadDesk.AppearAsync(site);
        var topics = await TopicsAsync(site);
        await using var server = await site.StartAsync(alone: false);
        using var browser = new LeadBrowser(server.Port);
        await browser.SignInAsync(LeadDesk.Mail, LeadDesk.Password);
        await browser.TimeAsync($"{topics[0]}/materials");
        var (before, started) = (server.PeakMemory, Stopwatch.GetTimestamp());
        var files = await EachAsync(number => SendAsync(browser, topics[number % topics.Count], number));
        var (sent, sending) = (server.PeakMemory, Stopwatch.GetElapsedTime(started));
        started = Stopwatch.GetTimestamp();
        var wrong = (
            await EachAsync(async number => await browser.HashAsync(files[number].Address) == files[number].Hash)
        ).Count(same => !same);
        var fetching = Stopwatch.GetElapsedTime(started);
        Console.WriteLine(
            $"{Count} files of {Size / 1024 / 1024} MB: sent in {sending.TotalSeconds:0} s, fetched in "
                + $"{fetching.TotalSeconds:0} s, {wrong} of them not as they were sent."
        );
        Console.WriteLine(
            $"The site's memory at its highest: {Megabytes(before)} MB before, {Megabytes(sent)} MB after sending, "
                + $"{Megabytes(server.PeakMemory)} MB after fetching."
        );
        return wrong == 0 && server.PeakMemory < MostMemory ? 0 : 1;
    }

    private static long Megabytes(long bytes) => bytes / 1024 / 1024;

    private static async Task<IReadOnlyList<string>> TopicsAsync(OwnSite site)
    {
        await using var db = site.Open();
        return await (
            from m in db.Microconferences
            from t in m.Topics.Where(t => t.Status == TopicStatus.Accepted)
            orderby t.Id
            select $"/{m.Conference.Slug}/mc/{m.Slug}/topics/{t.Id}"
        ).ToListAsync();
    }

    // No two are alike, as the same slides are refused.
    private static async Task<(string Address, string Hash)> SendAsync(LeadBrowser browser, string topic, int number)
    {
        var bytes = new byte[Size];
        new Random(number).NextBytes(bytes);
        "%PDF-1.7\n"u8.CopyTo(bytes);
        var address = await browser.UploadAsync($"{topic}/materials", "Slides", $"slides-{number}.pdf", bytes);
        return (address, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static async Task<T[]> EachAsync<T>(Func<int, Task<T>> work)
    {
        var results = new T[Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (number, _) => results[number] = await work(number)
        );
        return results;
    }
}
