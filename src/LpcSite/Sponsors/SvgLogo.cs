using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using LpcSite.Rules;

namespace LpcSite.Sponsors;

/// <summary>
/// A logo as SVG, of which only drawing is kept: shapes, text, gradients and clipping from a list of what is allowed.
/// What runs, loads, links, animates or names anything outside of the file is left out, and cleaning what is clean
/// already gives the same bytes.
/// </summary>
internal static partial class SvgLogo
{
    /// <summary>Pixels of the longer side: a drawing has none of its own, and only their ratio counts.</summary>
    private const int LongSide = 1000;

    private const int MaxElements = 5000;
    private const int MaxDepth = 60;
    private const int MaxUses = 60;
    private const double MaxRatio = 40;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly XNamespace Link = "http://www.w3.org/1999/xlink";

    private static readonly HashSet<string> Elements = new(StringComparer.Ordinal)
    {
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "title",
        "desc",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "style",
    };

    // Words stand in these alone; elsewhere only the layout of the file does.
    private static readonly HashSet<string> WithText = new(StringComparer.Ordinal)
    {
        "text",
        "tspan",
        "title",
        "desc",
        "style",
    };

    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "id",
        "class",
        "style",
        "viewBox",
        "preserveAspectRatio",
        "transform",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "dx",
        "dy",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "fr",
        "width",
        "height",
        "d",
        "points",
        "pathLength",
        "href",
        "offset",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "clipPathUnits",
        "maskUnits",
        "maskContentUnits",
        "fill",
        "fill-opacity",
        "fill-rule",
        "stroke",
        "stroke-width",
        "stroke-opacity",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-dasharray",
        "stroke-dashoffset",
        "opacity",
        "color",
        "stop-color",
        "stop-opacity",
        "clip-path",
        "clip-rule",
        "mask",
        "display",
        "visibility",
        "vector-effect",
        "paint-order",
        "overflow",
        "font-family",
        "font-size",
        "font-style",
        "font-weight",
        "font-stretch",
        "letter-spacing",
        "word-spacing",
        "text-anchor",
        "text-decoration",
        "textLength",
        "lengthAdjust",
        "dominant-baseline",
        "baseline-shift",
        "rotate",
    };

    // What repeats drawing by naming it: inside of each other these multiply.
    private static readonly HashSet<string> Repeating = new(StringComparer.Ordinal) { "clip-path", "mask" };

    /// <returns>The bytes to keep and the size in nominal pixels; null if this is no SVG at all.</returns>
    /// <exception cref="RuleException">It is one that cannot be kept, with the reason.</exception>
    public static (byte[] Bytes, int Width, int Height)? Read(byte[] bytes)
    {
        if (!LooksLikeXml(bytes))
        {
            return null;
        }

        var root = Parse(bytes);
        Rule.Require(
            root.Name == Svg + "svg",
            "This file is XML, and not an SVG drawing: its first element should be <svg> of the namespace "
                + "http://www.w3.org/2000/svg."
        );
        var (box, width, height) = SizeOf(root);
        var clean = Clean(root, inRepeated: false)!;
        foreach (var name in new[] { "width", "height", "x", "y" })
        {
            clean.SetAttributeValue(name, null);
        }

        clean.SetAttributeValue("viewBox", box);
        RequireFlatUses(clean);
        return (Write(clean), width, height);
    }

    // Whitespace and a byte order mark may stand before the first "<".
    private static bool LooksLikeXml(ReadOnlySpan<byte> bytes)
    {
        var text = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        return text.TrimStart(" \t\r\n"u8) is [(byte)'<', ..] || bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
    }

    private static XElement Parse(byte[] bytes)
    {
        var settings = new XmlReaderSettings
        {
            // Drawing programs write one. It is passed over, not read: an entity that it would declare stays unknown,
            // and is an error.
            DtdProcessing = DtdProcessing.Ignore,
            XmlResolver = null,
            MaxCharactersInDocument = SponsorLogo.MaxBytes,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            // Counted while it is read, so that nothing deep or long is ever built.
            using (var counted = XmlReader.Create(new MemoryStream(bytes), settings))
            {
                for (var elements = 0; counted.Read(); )
                {
                    elements += counted.NodeType is XmlNodeType.Element ? 1 : 0;
                    Rule.Require(
                        counted.Depth <= MaxDepth && elements <= MaxElements,
                        $"This drawing is too complicated for a logo: it has more than {MaxElements} elements, or "
                            + $"more than {MaxDepth} inside of each other."
                    );
                }
            }

            using var reader = XmlReader.Create(new MemoryStream(bytes), settings);
            return XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
        }
        catch (XmlException broken)
        {
            throw new RuleException(
                $"This SVG cannot be read: line {broken.LineNumber} is not well-formed XML, or uses an entity. Save "
                    + "it as “plain SVG”."
            );
        }
    }

    private static XElement? Clean(XElement element, bool inRepeated)
    {
        var name = element.Name.LocalName;
        if (
            element.Name.Namespace != Svg
            || !Elements.Contains(name)
            || name == "style" && !IsHarmlessStyle(element.Value)
        )
        {
            return null;
        }

        inRepeated |= name is "clipPath" or "mask";
        var clean = new XElement(Svg + name);
        foreach (
            var (key, value) in element
                .Attributes()
                .Select(a => (Key: Key(a) ?? "", a.Value))
                .Where(a => a.Key.Length > 0)
                .OrderBy(a => a.Key, StringComparer.Ordinal)
                .DistinctBy(a => a.Key)
        )
        {
            if (IsHarmless(key, value) && !(inRepeated && Repeating.Contains(key)))
            {
                clean.SetAttributeValue(key, value);
            }
        }

        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XElement child when Clean(child, inRepeated) is { } kept:
                    clean.Add(kept);
                    break;
                case XText text when WithText.Contains(name):
                    clean.Add(text.Value);
                    break;
            }
        }

        return clean;
    }

    // The older way to name something, xlink:href, says the same as href.
    private static string? Key(XAttribute attribute) =>
        attribute.IsNamespaceDeclaration ? null
        : attribute.Name == Link + "href" ? "href"
        : attribute.Name.NamespaceName.Length == 0 && Attributes.Contains(attribute.Name.LocalName)
            ? attribute.Name.LocalName
        : null;

    private static bool IsHarmless(string key, string value) =>
        key switch
        {
            "href" => Inside().IsMatch(value.Trim()),
            "style" => IsHarmlessStyle(value),
            "clip-path" or "mask" => value.Trim() == "none" || InsideUrl().IsMatch(value.Trim()),
            "fill" or "stroke" => IsHarmlessStyle($"{key}:{value}"),
            _ => !value.Contains("url", StringComparison.OrdinalIgnoreCase)
                || key is "id" or "class" or "font-family" && !value.Contains('('),
        };

    // No escape that could spell a forbidden word, no at-rule, and no function but of colours and places; paint may
    // come from the same file.
    private static bool IsHarmlessStyle(string style)
    {
        var rest = Paint().Replace(style, "fill:none");
        return rest.IndexOfAny(['\\', '@', '<', '&']) < 0
            && Function()
                .Matches(rest)
                .All(function =>
                    function.Groups["name"].Value.ToLowerInvariant()
                        is "rgb"
                            or "rgba"
                            or "hsl"
                            or "hsla"
                            or "matrix"
                            or "translate"
                            or "translatex"
                            or "translatey"
                            or "scale"
                            or "scalex"
                            or "scaley"
                            or "rotate"
                            or "skewx"
                            or "skewy"
                );
    }

    /// <summary>
    /// A drawing that repeats a part which repeats a part can be made so large that no browser comes to its end.
    /// </summary>
    private static void RequireFlatUses(XElement root)
    {
        var uses = root.Descendants(Svg + "use").ToList();
        var named = root.DescendantsAndSelf()
            .Where(e => e.Attribute("id") is not null)
            .GroupBy(e => e.Attribute("id")!.Value, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
        Rule.Require(
            uses.Count <= MaxUses
                && uses.TrueForAll(use =>
                    !named.TryGetValue(use.Attribute("href")?.Value.Trim()[1..] ?? "", out var what)
                    || !what.DescendantsAndSelf(Svg + "use").Any()
                ),
            "This drawing repeats parts that repeat other parts. Save it as “plain SVG” with its symbols resolved."
        );
    }

    private static (string ViewBox, int Width, int Height) SizeOf(XElement root)
    {
        var numbers = (root.Attribute("viewBox")?.Value ?? "")
            .Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(Number)
            .ToList();
        var box =
            numbers is [{ } x, { } y, { } w, { } h] ? (X: x, Y: y, Width: w, Height: h)
            : Length(root.Attribute("width")?.Value) is { } width
            && Length(root.Attribute("height")?.Value) is { } height
                ? (X: 0, Y: 0, Width: width, Height: height)
            : default;
        Rule.Require(
            box is { Width: > 0, Height: > 0 },
            "This SVG does not say how large it is. Give its first element a viewBox, such as viewBox=\"0 0 300 100\"."
        );
        var ratio = box.Width / box.Height;
        Rule.Require(
            ratio is <= MaxRatio and >= 1 / MaxRatio,
            $"This SVG is more than {MaxRatio} times as long as it is wide, which is no logo."
        );
        return (
            string.Create(CultureInfo.InvariantCulture, $"{box.X} {box.Y} {box.Width} {box.Height}"),
            ratio >= 1 ? LongSide : (int)Math.Round(LongSide * ratio),
            ratio >= 1 ? (int)Math.Round(LongSide / ratio) : LongSide
        );
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    private static double? Length(string? text) =>
        text is null
            ? null
            : Number(text.Trim() is var bare && bare.EndsWith("px", StringComparison.Ordinal) ? bare[..^2] : bare);

    private static byte[] Write(XElement clean)
    {
        using var bytes = new MemoryStream();
        using (
            var writer = XmlWriter.Create(
                bytes,
                new XmlWriterSettings
                {
                    Encoding = new UTF8Encoding(false),
                    OmitXmlDeclaration = true,
                    Indent = false,
                    NewLineHandling = NewLineHandling.None,
                }
            )
        )
        {
            clean.Save(writer);
        }

        return bytes.ToArray();
    }

    [GeneratedRegex(@"\A#[\w.:-]+\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Inside();

    [GeneratedRegex(@"\Aurl\(\s*['""]?#[\w.:-]+['""]?\s*\)\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex InsideUrl();

    [GeneratedRegex(@"(?:fill|stroke)\s*:\s*url\(\s*['""]?#[\w.:-]+['""]?\s*\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Paint();

    [GeneratedRegex(@"(?<name>[\w-]*)\s*\(", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Function();
}
