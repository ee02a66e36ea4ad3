using System.Net;
using System.Security.Cryptography;
using System.Text;
using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.Materials;

/// <summary>Slides as they go out: whole, in parts, or not again, and never as something that runs.</summary>
public sealed class ServingTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(
        "pdf",
        "application/pdf",
        "inline",
        "default-src 'none'; frame-ancestors 'none'; object-src 'self'; style-src 'unsafe-inline'"
    )]
    [InlineData(
        "odp",
        "application/vnd.oasis.opendocument.presentation",
        "attachment",
        "default-src 'none'; frame-ancestors 'none'; sandbox"
    )]
    [InlineData(
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "attachment",
        "default-src 'none'; frame-ancestors 'none'; sandbox"
    )]
    [InlineData("txt", "text/plain; charset=utf-8", "inline", "default-src 'none'; frame-ancestors 'none'; sandbox")]
    public async Task File_OfEachForm_SaysWhatItIsAndWhatItMayNot(
        string form,
        string mediaType,
        string disposition,
        string policy
    )
    {
        var (address, bytes) = await BroughtAsync(
            $"Form {form}",
            form switch
            {
                "pdf" => SomeSlides.Pdf(),
                "odp" => SomeSlides.Odp(),
                "pptx" => SomeSlides.Pptx(),
                _ => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Only words, żółw. ", 500))),
            }
        );
        using var client = site.Anonymous();
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br, gzip");

        using var file = await client.GetAsync(address, Stop);

        Assert.Equal((HttpStatusCode.OK, mediaType), (file.StatusCode, file.Content.Headers.ContentType?.ToString()));
        Assert.Equal(
            $"{disposition}; filename=talk.{form}; filename*=UTF-8''talk.{form}",
            Assert.Single(file.Content.Headers.GetValues("Content-Disposition"))
        );
        Assert.Equal(policy, Assert.Single(file.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(file.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(
            "public, no-cache",
            file.Headers.CacheControl?.ToString()
                .Replace("no-cache, public", "public, no-cache", StringComparison.Ordinal)
        );
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"", file.Headers.ETag?.Tag);
        Assert.Equal(site.Clock.GetCurrentInstant().ToDateTimeOffset(), file.Content.Headers.LastModified);
        Assert.Empty(file.Content.Headers.ContentEncoding);
        Assert.Equal(bytes, await file.Content.ReadAsByteArrayAsync(Stop));
    }

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=10-19", 10, 10)]
    [InlineData("bytes=262140-262150", 262140, 11)]
    [InlineData("bytes=262144-524287", 262144, 262144)]
    [InlineData("bytes=599990-", 599990, 10)]
    [InlineData("bytes=-7", 599993, 7)]
    [InlineData("bytes=599990-9999999", 599990, 10)]
    [InlineData("bytes=-9999999", 0, 600_000)]
    public async Task Range_ThatCanBeSatisfied_IsThatPart(string range, int from, int length)
    {
        var (address, bytes) = await BroughtAsync("Ranges", SomeSlides.Pdf(600_000));

        using var part = await SendAsync(HttpMethod.Get, address, ("Range", range));

        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(
            (from, from + length - 1, 600_000),
            (
                part.Content.Headers.ContentRange?.From,
                part.Content.Headers.ContentRange?.To,
                part.Content.Headers.ContentRange?.Length
            )
        );
        Assert.Equal(bytes[from..(from + length)], await part.Content.ReadAsByteArrayAsync(Stop));
    }

    [Theory]
    [InlineData("bytes=600000-")]
    [InlineData("bytes=-0")]
    public async Task Range_BeyondTheEnd_Is416WithTheLength(string range)
    {
        var (address, _) = await BroughtAsync("Ranges", SomeSlides.Pdf(600_000));

        using var answer = await SendAsync(HttpMethod.Get, address, ("Range", range));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        Assert.Equal("bytes */600000", answer.Content.Headers.ContentRange?.ToString());
    }

    // A server may answer several ranges, or one that it does not understand, with the whole (RFC 9110, section 14.2).
    [Theory]
    [InlineData("bytes=0-1,10-11")]
    [InlineData("pages=1-2")]
    [InlineData("bytes=9-3")]
    public async Task Range_OfSeveralOrUnknownParts_IsTheWhole(string range)
    {
        var (address, bytes) = await BroughtAsync("Ranges", SomeSlides.Pdf(600_000));

        using var whole = await SendAsync(HttpMethod.Get, address, ("Range", range));

        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        Assert.Equal(bytes, await whole.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task Conditions_OnWhatTheReaderHas_AreKept()
    {
        var (address, bytes) = await BroughtAsync("Ranges", SomeSlides.Pdf(600_000));
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"";

        using var known = await SendAsync(HttpMethod.Get, address, ("If-None-Match", tag));
        using var head = await SendAsync(HttpMethod.Head, address);
        using var same = await SendAsync(HttpMethod.Get, address, ("Range", "bytes=0-3"), ("If-Range", tag));
        using var other = await SendAsync(HttpMethod.Get, address, ("Range", "bytes=0-3"), ("If-Range", "\"other\""));
        using var wrong = await SendAsync(HttpMethod.Get, address, ("If-Match", "\"other\""));

        Assert.Equal(
            (HttpStatusCode.NotModified, 0),
            (known.StatusCode, (await known.Content.ReadAsByteArrayAsync(Stop)).Length)
        );
        Assert.Equal(
            (HttpStatusCode.OK, 600_000L, "bytes"),
            (head.StatusCode, head.Content.Headers.ContentLength, head.Headers.AcceptRanges.ToString())
        );
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal(
            (HttpStatusCode.PartialContent, HttpStatusCode.OK, HttpStatusCode.PreconditionFailed),
            (same.StatusCode, other.StatusCode, wrong.StatusCode)
        );
    }

    [Fact]
    public async Task File_UnderAnotherName_IsNotThere()
    {
        var (address, _) = await BroughtAsync("Renamed", SomeSlides.Pdf());

        using var other = await SendAsync(
            HttpMethod.Get,
            address.Replace("talk.pdf", "talk.html", StringComparison.Ordinal)
        );

        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task Text_ThatTwoReadAtOnce_KeepsNobodyWaiting()
    {
        var (address, bytes) = await BroughtAsync("Waiting", Encoding.ASCII.GetBytes(new string('a', 5_000_000)));
        using var client = site.Anonymous();
        using var slow = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, Stop);

        var whole = await client.GetByteArrayAsync(address, Stop).WaitAsync(TimeSpan.FromMinutes(2), Stop);

        Assert.Equal(bytes.Length, whole.Length);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string address,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, address);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        site.ForgetPages();
        return await site.Anonymous().SendAsync(request, Stop);
    }

    private async Task<(string Address, byte[] Bytes)> BroughtAsync(string topic, byte[] bytes)
    {
        var place = await site.TopicAsync("Serving", topic, "Ann Author");
        using var author = await site.AsAsync(place.Speaker);
        return (await author.BringOneAsync(place, bytes, "talk"), bytes);
    }
}
