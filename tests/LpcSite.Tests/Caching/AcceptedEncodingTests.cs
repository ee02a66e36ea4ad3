using LpcSite.Caching;

namespace LpcSite.Tests.Caching;

/// <summary>The coding that a client wants most, as RFC 9110, section 12.5.3, reads its header.</summary>
public sealed class AcceptedEncodingTests
{
    [Theory]
    [InlineData("", ContentCoding.Identity)]
    [InlineData("br", ContentCoding.Brotli)]
    [InlineData("gzip, deflate, br, zstd", ContentCoding.Brotli)]
    [InlineData("gzip;q=1, br;q=0.1", ContentCoding.Gzip)]
    [InlineData("gzip;q=0.1, br;q=1", ContentCoding.Brotli)]
    [InlineData("br;q=0.5, gzip;q=0.5", ContentCoding.Brotli)]
    [InlineData("br;q=0.5, identity;q=1", ContentCoding.Identity)]
    [InlineData("gzip;q=0.5, identity", ContentCoding.Identity)]
    [InlineData("gzip;q=0, br;q=0", ContentCoding.Identity)]
    [InlineData("gzip;q=0.2, *;q=0.7", ContentCoding.Brotli)]
    [InlineData("br;q=0, *", ContentCoding.Gzip)]
    [InlineData("*", ContentCoding.Brotli)]
    [InlineData("*;q=0", ContentCoding.Identity)]
    [InlineData("identity", ContentCoding.Identity)]
    [InlineData("X-GZIP", ContentCoding.Gzip)]
    [InlineData("BR", ContentCoding.Brotli)]
    [InlineData("zstd, deflate", ContentCoding.Identity)]
    [InlineData("br;q=nonsense", ContentCoding.Identity)]
    [InlineData(";;,", ContentCoding.Identity)]
    public void Best_OfAHeader_IsWhatItWantsMost(string header, ContentCoding coding) =>
        Assert.Equal(coding, AcceptedEncoding.Best(header));
}
