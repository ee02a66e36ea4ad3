using System.IO.Compression;
using System.Text;
using LpcSite.Caching;
using LpcSite.Tests.Fixture;
using Microsoft.AspNetCore.Http;

namespace LpcSite.Tests.Caching;

/// <summary>What is kept of a page: once as it is, and compressed as well as it goes.</summary>
public sealed class PageCacheTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static byte[] Text =>
        Encoding.UTF8.GetBytes(
            string.Join(
                '\n',
                Enumerable
                    .Range(0, 2000)
                    .Select(n => $"<p>Topic {n}: what the scheduler does with {n * 7919 % 1000} tasks</p>")
            )
        );

    [Theory]
    [InlineData("br", ContentCoding.Brotli)]
    [InlineData("gzip", ContentCoding.Gzip)]
    public async Task Press_MakesAFormNoLarger_AndItStaysTheSameForWhoHasIt(string accepted, ContentCoding coding)
    {
        var page = new CachedPage(new HeaderDictionary { ["Content-Type"] = "text/html" }, Text);
        var (quick, quickTag) = await ReadAsync(page, accepted);

        Assert.False(page.IsPressed(coding));
        page.Press(coding);
        var (best, bestTag) = await ReadAsync(page, accepted);

        Assert.True(page.IsPressed(coding));
        Assert.InRange(best.Length, 1, coding is ContentCoding.Brotli ? quick.Length - 1 : quick.Length);
        Assert.Equal(quickTag, bestTag);
        Assert.Equal(Text, Decompressed(best, coding));
        Assert.Equal(Text, Decompressed(quick, coding));
        Assert.True(best.Length < Fastest(coding), $"{best.Length} bytes are no fewer than the fastest level makes.");
    }

    [Fact]
    public async Task Forms_OfOnePage_HaveTagsOfTheirOwn()
    {
        var page = new CachedPage(new HeaderDictionary(), Text);

        var tags = new[]
        {
            (await ReadAsync(page, "br")).Tag,
            (await ReadAsync(page, "gzip")).Tag,
            (await ReadAsync(page, "")).Tag,
        };

        Assert.Equal(3, tags.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Page_ThatCompressionMakesLarger_GoesOutAsItIs()
    {
        var page = new CachedPage(new HeaderDictionary(), "User-agent: *\n"u8.ToArray());

        Assert.Equal("User-agent: *\n"u8.ToArray(), (await ReadAsync(page, "br")).Bytes);
        Assert.True(page.IsPressed(ContentCoding.Brotli));
    }

    // XML too, which brotli's fastest level makes larger than gzip does.
    [Theory]
    [InlineData("/2022/mc")]
    [InlineData("/2022/mc.md")]
    [InlineData("/2022/people")]
    [InlineData("/2022/mc.atom")]
    [InlineData("/sitemap.xml")]
    public async Task Page_InBrotli_IsSmallerThanInGzip(string path)
    {
        for (var i = 0; i < 12; i++)
        {
            await site.Given.MicroconferenceAsync(
                $"Number {i}",
                leads: [$"Lead {i}"],
                topics: [$"Topic {i}", $"Other {i}"],
                description: string.Join(' ', Enumerable.Range(i, 60).Select(n => $"word{n * 31 % 97}"))
            );
        }

        using var reader = site.Anonymous();

        Assert.InRange(await LengthAsync(reader, path, "br"), 1, await LengthAsync(reader, path, "gzip"));
    }

    // What is read again is pressed in the background, and its readers keep what they have.
    [Fact]
    public async Task Page_ReadAgain_IsSoonAsSmallAsItGets()
    {
        await site.Given.MicroconferenceAsync(
            "Pressed",
            conference: "press",
            description: string.Join(' ', Enumerable.Range(0, 3000).Select(n => $"word{n * 31 % 997}"))
        );
        using var reader = site.Anonymous();
        var quick = await LengthAsync(reader, "/press/mc", "br");

        var best = quick;
        for (var patience = 0; patience < 600 && best == quick; patience++)
        {
            await Task.Delay(100, Stop);
            best = await LengthAsync(reader, "/press/mc", "br");
        }

        Assert.True(best < quick, $"{best} of {quick} bytes");
    }

    private static async Task<long> LengthAsync(HttpClient reader, string path, string accepted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Headers = { { "Accept-Encoding", accepted } },
        };
        using var answer = await reader.SendAsync(request, Stop);
        Assert.Equal(accepted, Assert.Single(answer.Content.Headers.ContentEncoding));
        return (await answer.Content.ReadAsByteArrayAsync(Stop)).Length;
    }

    private static async Task<(byte[] Bytes, string Tag)> ReadAsync(CachedPage page, string accepted)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Request = { Method = "GET" }, Response = { Body = body } };
        context.Request.Headers.AcceptEncoding = accepted;
        await page.WriteAsync(context);
        return (body.ToArray(), context.Response.Headers.ETag.ToString());
    }

    private static long Fastest(ContentCoding coding)
    {
        using var compressed = new MemoryStream();
        using (
            Stream opened =
                coding is ContentCoding.Brotli
                    ? new BrotliStream(compressed, CompressionLevel.Fastest, leaveOpen: true)
                    : new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true)
        )
        {
            opened.Write(Text);
        }

        return compressed.Length;
    }

    private static byte[] Decompressed(byte[] bytes, ContentCoding coding)
    {
        using var compressed = new MemoryStream(bytes);
        using Stream opened =
            coding is ContentCoding.Brotli
                ? new BrotliStream(compressed, CompressionMode.Decompress)
                : new GZipStream(compressed, CompressionMode.Decompress);
        using var text = new MemoryStream();
        opened.CopyTo(text);
        return text.ToArray();
    }
}
