using System.Globalization;
using System.Text;
using QRCoder;

namespace LpcSite.Exports;

/// <summary>
/// An address as a picture that a phone reads (ISO/IEC 18004), to stand inside a page: dark on a white margin of its
/// own, whatever the colours of the page, and without styles, which the content policy would refuse.
/// </summary>
public static class QrPicture
{
    /// <summary>
    /// In characters. What is longer has modules too small for the camera of a phone that is held before a screen.
    /// </summary>
    public const int MostLetters = 900;

    // Where more fits in than a phone reads comfortably, less of it is spent on repairing dirt, of which a screen has
    // none.
    private const int Many = 250;

    /// <returns>The element <c>svg</c>; null where the text is too long.</returns>
    public static string? Of(string text, string label)
    {
        if (text.Length > MostLetters)
        {
            return null;
        }

        using var code = QRCodeGenerator.GenerateQrCode(
            text,
            text.Length > Many ? QRCodeGenerator.ECCLevel.L : QRCodeGenerator.ECCLevel.M
        );
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Length; x++)
            {
                var from = x;
                while (x < rows[y].Length && rows[y][x])
                {
                    x++;
                }

                if (x > from)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
                }
            }
        }

        // The matrix brings its margin of four modules along.
        var (size, name) = (rows.Count, System.Net.WebUtility.HtmlEncode(label));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""<svg class="qr" role="img" aria-label="{name}" viewBox="0 0 {size} {size}" """
                + $"""shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/>"""
                + $"""<path d="{path}" fill="#000"/></svg>"""
        );
    }
}
