using System.Net;
using LpcSite.People.Pictures;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LpcSite.Tests.Caching;

/// <summary>
/// However slowly somebody reads, and whether they read at all, is nothing to those who ask for the same.
/// </summary>
public sealed class SlowReaderTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    // So long nobody waits who does not wait for ever.
    private static readonly TimeSpan ForEver = TimeSpan.FromMinutes(2);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Page_WhoseFirstReaderReadsNothing_IsThereForTheOthers(string method)
    {
        await LongPageAsync();
        site.ForgetPages();
        using var slow = site.Anonymous();
        using var reader = site.Anonymous();
        using var first = await slow.GetAsync("/long/mc", HttpCompletionOption.ResponseHeadersRead, Stop);

        using var request = new HttpRequestMessage(new HttpMethod(method), "/long/mc");
        using var answer = await reader.SendAsync(request, Stop).WaitAsync(ForEver, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((await first.Content.ReadAsByteArrayAsync(Stop)).Length, answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Page_WhoseReadersAllReadNothing_IsThereForTheNext()
    {
        await LongPageAsync();
        site.ForgetPages();
        using var reader = site.Anonymous();
        var slow = new List<HttpResponseMessage>();
        for (var i = 0; i < 5; i++)
        {
            slow.Add(
                await reader
                    .GetAsync("/long/mc", HttpCompletionOption.ResponseHeadersRead, Stop)
                    .WaitAsync(ForEver, Stop)
            );
        }

        Assert.Contains(
            "long tale",
            await reader.GetStringAsync("/long/mc", Stop).WaitAsync(ForEver, Stop),
            StringComparison.Ordinal
        );
        slow.ForEach(answer => answer.Dispose());
    }

    [Fact]
    public async Task Page_AskedForByHead_IsKeptWholeForTheNext()
    {
        await LongPageAsync();
        site.ForgetPages();
        using var reader = site.Anonymous();
        using var asked = new HttpRequestMessage(HttpMethod.Head, "/long/mc");
        using var head = await reader.SendAsync(asked, Stop);
        site.Statements.Clear();

        var text = await reader.GetStringAsync("/long/mc", Stop);

        Assert.Equal(head.Content.Headers.ContentLength, System.Text.Encoding.UTF8.GetByteCount(text));
        Assert.Empty(site.Statements.Texts);
    }

    // The first is cut off while the database still works for it; one of those who wait goes on in its place.
    [Fact]
    public async Task Page_WhoseMakerGoesAway_IsMadeForThoseWhoWait()
    {
        await LongPageAsync();
        site.ForgetPages();
        using var first = site.Anonymous();
        using var reader = site.Anonymous();
        await using var locked = new NpgsqlConnection(site.ConnectionString);
        await locked.OpenAsync(Stop);
        await using (var holding = await locked.BeginTransactionAsync(Stop))
        {
            await using var hold = new NpgsqlCommand(
                "LOCK TABLE microconferences IN ACCESS EXCLUSIVE MODE",
                locked,
                holding
            );
            await hold.ExecuteNonQueryAsync(Stop);
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            var abandoned = first.GetAsync("/long/mc", gone.Token);
            await BlockedAsync();
            var waiting = Enumerable.Range(0, 3).Select(_ => reader.GetStringAsync("/long/mc", Stop)).ToList();
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
            await holding.CommitAsync(Stop);

            Assert.All(
                await Task.WhenAll(waiting).WaitAsync(ForEver, Stop),
                text => Assert.Contains("long tale", text, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task Page_WhoseReaderGoesAwayWhileReading_StaysKept()
    {
        await LongPageAsync();
        site.ForgetPages();
        using var reader = site.Anonymous();
        (await reader.GetAsync("/long/mc", HttpCompletionOption.ResponseHeadersRead, Stop)).Dispose();
        site.Statements.Clear();

        Assert.Contains(
            "long tale",
            await reader.GetStringAsync("/long/mc", Stop).WaitAsync(ForEver, Stop),
            StringComparison.Ordinal
        );
        Assert.Empty(site.Statements.Texts);
    }

    // What is not kept is not waited for either.
    [Fact]
    public async Task Picture_WhoseFirstReaderReadsNothing_IsThereForTheOthers()
    {
        var hash = new string('a', 64);
        await using (var db = site.OpenDatabase())
        {
            if (!await db.PersonPictures.AnyAsync(p => p.Hash == hash, Stop))
            {
                var person = await site.Given.PersonAsync("Pia Pictured");
                db.Add(
                    new PersonPicture(
                        await db.People.SingleAsync(p => p.Id == person.Id, Stop),
                        hash,
                        "image/png",
                        new byte[PersonPicture.MaxBytes]
                    )
                );
                await db.SaveChangesAsync(Stop);
            }
        }

        using var slow = site.Anonymous();
        using var reader = site.Anonymous();
        using var first = await slow.GetAsync($"/pictures/{hash}", HttpCompletionOption.ResponseHeadersRead, Stop);

        Assert.Equal(
            PersonPicture.MaxBytes,
            (await reader.GetByteArrayAsync($"/pictures/{hash}", Stop).WaitAsync(ForEver, Stop)).Length
        );
    }

    [Fact]
    public async Task Page_ThatIsNone_IsWaitedForByNobody()
    {
        await site.Given.ConferenceAsync("long");
        using var slow = site.Anonymous();
        using var reader = site.Anonymous();
        using var first = await slow.GetAsync("/long/mc/nothing-here", HttpCompletionOption.ResponseHeadersRead, Stop);

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await reader.GetAsync("/long/mc/nothing-here", Stop).WaitAsync(ForEver, Stop)).StatusCode
        );
    }

    // Larger than what waits between site and reader, and short enough for one page.
    private async Task LongPageAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            await site.Given.MicroconferenceAsync(
                $"Long {i}",
                conference: "long",
                description: string.Join(' ', Enumerable.Range(0, 5000).Select(n => $"long tale {n}"))
            );
        }
    }

    private async Task BlockedAsync()
    {
        await using var db = site.OpenDatabase();
        while (
            await db
                .Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_locks WHERE NOT granted")
                .SingleAsync(Stop) == 0
        )
        {
            await Task.Delay(10, Stop);
        }
    }
}
