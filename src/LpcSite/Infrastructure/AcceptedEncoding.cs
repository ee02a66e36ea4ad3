using Microsoft.Net.Http.Headers;

namespace LpcSite.Infrastructure;

/// <summary>
/// Reads Accept-Encoding once (RFC 9110, section 12.5.3) and leaves one of three words of it, so that the cache keeps a page at most
/// three times however differently browsers phrase the same wish.
/// </summary>
public static class AcceptedEncoding
{
    public static string Best(string header)
    {
        // What every browser of today sends, answered without parsing.
        if (header is "gzip, deflate, br" or "gzip, deflate, br, zstd" or "br")
        {
            return "br";
        }

        if (header.Length == 0 || !StringWithQualityHeaderValue.TryParseList([header], out var wishes))
        {
            return "identity";
        }

        return Wanted("br") ? "br" : Wanted("gzip") ? "gzip" : "identity";

        bool Wanted(string encoding) =>
            (wishes.FirstOrDefault(w => w.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase)) ?? wishes.FirstOrDefault(w => w.Value == "*"))
            is { } wish && wish.Quality != 0;
    }
}
