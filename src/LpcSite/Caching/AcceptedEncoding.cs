using Microsoft.Net.Http.Headers;

namespace LpcSite.Caching;

/// <summary>
/// The forms in which the bytes of an answer go over the wire (RFC 9110, section 8.4.1), the smallest last.
/// </summary>
public enum ContentCoding
{
    Identity,
    Gzip,
    Brotli,
}

/// <summary>Chooses the coding of an answer by Accept-Encoding (RFC 9110, section 12.5.3).</summary>
public static class AcceptedEncoding
{
    /// <returns>What the client wants most; of what it wants equally, the smallest.</returns>
    public static ContentCoding Best(string header)
    {
        // What every browser of today sends, answered without parsing.
        if (header is "gzip, deflate, br" or "gzip, deflate, br, zstd" or "br")
        {
            return ContentCoding.Brotli;
        }

        if (header.Length == 0 || !StringWithQualityHeaderValue.TryParseList([header], out var wishes))
        {
            return ContentCoding.Identity;
        }

        var (brotli, gzip, identity) = (
            QualityOf(wishes, "br"),
            QualityOf(wishes, "gzip", "x-gzip"),
            QualityOf(wishes, "identity")
        );
        return brotli > 0 && brotli >= gzip && brotli >= identity ? ContentCoding.Brotli
            : gzip > 0 && gzip >= identity ? ContentCoding.Gzip
            : ContentCoding.Identity;
    }

    // A coding that nobody names is as good as "*" says; without one it is not wanted.
    private static double QualityOf(IList<StringWithQualityHeaderValue> wishes, params ReadOnlySpan<string> names)
    {
        double? others = null;
        foreach (var wish in wishes)
        {
            foreach (var name in names)
            {
                if (wish.Value.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return wish.Quality ?? 1;
                }
            }

            others = wish.Value == "*" ? wish.Quality ?? 1 : others;
        }

        return others ?? 0;
    }
}
