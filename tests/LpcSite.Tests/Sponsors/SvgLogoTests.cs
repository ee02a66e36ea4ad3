using System.Text;
using LpcSite.Rules;
using LpcSite.Sponsors;

namespace LpcSite.Tests.Sponsors;

/// <summary>Of an SVG only the drawing is kept; whatever could run, load, link or grow without end is not.</summary>
public sealed class SvgLogoTests
{
    private const string Open =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 200 "
        + "100\">";

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<script href=\"https://evil.example/x.js\"/>")]
    [InlineData("<script xlink:href=\"data:text/javascript,alert(1)\"/>")]
    [InlineData(
        "<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\"><img src=\"x\" "
            + "onerror=\"alert(1)\"/></body></foreignObject>"
    )]
    [InlineData("<image href=\"https://evil.example/x.png\"/>")]
    [InlineData("<image xlink:href=\"data:image/svg+xml,alert\"/>")]
    [InlineData("<use href=\"https://evil.example/x.svg#a\"/>", "<use />")]
    [InlineData("<use xlink:href=\"data:image/svg+xml,alert#a\"/>", "<use />")]
    [InlineData("<a href=\"javascript:alert(1)\"><rect width=\"1\" height=\"1\"/></a>")]
    [InlineData("<rect onclick=\"alert(1)\" onload=\"alert(1)\" width=\"1\"/>", "<rect width=\"1\" />")]
    [InlineData(
        "<rect xmlns:e=\"http://www.w3.org/2001/xml-events\" e:event=\"load\" width=\"1\"/>",
        "<rect width=\"1\" />"
    )]
    [InlineData("<set attributeName=\"href\" to=\"javascript:alert(1)\"/>")]
    [InlineData("<animate attributeName=\"x\" from=\"0\" to=\"9\" repeatCount=\"indefinite\"/>")]
    [InlineData("<handler xmlns=\"http://www.w3.org/2001/xml-events\">alert(1)</handler>")]
    [InlineData("<style>@import url(https://evil.example/x.css);</style>")]
    [InlineData("<style>@font-face{font-family:x;src:url(https://evil.example/x.woff)}</style>")]
    [InlineData("<style>rect{fill:url(https://evil.example/x.svg#a)}</style>")]
    [InlineData("<style>rect{background:\\75 rl(https://evil.example/)}</style>")]
    [InlineData("<style>rect{background:image-set(\"https://evil.example/x.png\" 1x)}</style>")]
    [InlineData("<rect style=\"background:url(https://evil.example/x)\" width=\"1\"/>", "<rect width=\"1\" />")]
    [InlineData("<rect style=\"fill:u\\72l(https://evil.example/x)\" width=\"1\"/>", "<rect width=\"1\" />")]
    [InlineData("<rect fill=\"url(https://evil.example/x.svg#a)\" width=\"1\"/>", "<rect width=\"1\" />")]
    [InlineData("<rect fill=\"url(&#34;//evil.example/x.svg#a&#34;)\" width=\"1\"/>", "<rect width=\"1\" />")]
    [InlineData(
        "<rect clip-path=\"url(//evil.example#a)\" mask=\"url(x.svg#a)\" width=\"1\"/>",
        "<rect width=\"1\" />"
    )]
    [InlineData(
        "<rect filter=\"url(#f)\" cursor=\"url(https://evil.example/x.cur)\" width=\"1\"/>",
        "<rect width=\"1\" />"
    )]
    [InlineData("<rect xml:base=\"https://evil.example/\" width=\"1\"/>", "<rect width=\"1\" />")]
    [InlineData("<text font-family=\"url(https://evil.example/x)\">A</text>", "<text>A</text>")]
    [InlineData("<!-- <script> --><?xml-stylesheet href=\"https://evil.example/x.css\"?><g/>", "<g />")]
    [InlineData("<metadata><x:y xmlns:x=\"urn:x\">secret</x:y></metadata>")]
    [InlineData("<iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"https://evil.example/\"/>")]
    [InlineData(
        "<text>a<![CDATA[<script>alert(1)</script>]]></text>",
        "<text>a&lt;script&gt;alert(1)&lt;/script&gt;</text>"
    )]
    public void Read_WhatIsNoDrawing_LeavesItOut(string hostile, string kept = "")
    {
        var text = Text(SponsorLogo.Read(Bytes($"{Open}<rect x=\"1\"/>{hostile}</svg>")));

        Assert.Equal(
            $"<svg viewBox=\"0 0 200 100\" xmlns=\"http://www.w3.org/2000/svg\"><rect x=\"1\" />{kept}</svg>",
            text
        );
    }

    [Theory]
    [InlineData(
        "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">"
    )]
    [InlineData(
        "<!DOCTYPE svg [<!ENTITY % all SYSTEM \"https://evil.example/all.dtd\"> %all; <!ATTLIST svg onload CDATA "
            + "\"alert(1)\">]>"
    )]
    public void Read_WithADoctype_PassesOverIt(string doctype) =>
        Assert.Equal(
            "<svg viewBox=\"0 0 200 100\" xmlns=\"http://www.w3.org/2000/svg\"><rect x=\"1\" /></svg>",
            Text(SponsorLogo.Read(Bytes($"{doctype}{Open}<rect x=\"1\"/></svg>")))
        );

    [Theory]
    [InlineData("<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">", "b")]
    [InlineData("<!ENTITY f SYSTEM \"file:///etc/passwd\">", "f")]
    public void Read_WithAnEntity_IsRefused(string entities, string used) =>
        Assert.Contains(
            "uses an entity",
            Assert
                .Throws<RuleException>(() =>
                    SponsorLogo.Read(Bytes($"<!DOCTYPE svg [{entities}]>{Open}<text>&{used};</text></svg>"))
                )
                .Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><rect/></svg>", "does not say how large it is")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 0 10\"/>", "does not say how large it is")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 NaN 10\"/>", "does not say how large it is")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 100\"/>", "more than 40 times")]
    [InlineData("<svg viewBox=\"0 0 1 1\"/>", "not an SVG drawing")]
    [InlineData("<html><body>Hello</body></html>", "not an SVG drawing")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">&nbsp;</svg>", "not well-formed")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">", "not well-formed")]
    public void Read_WhatCannotBeALogo_SaysWhy(string svg, string sentence) =>
        Assert.Contains(
            sentence,
            Assert.Throws<RuleException>(() => SponsorLogo.Read(Bytes(svg))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Read_DeepOrLongOrRepeating_IsRefused()
    {
        Assert.Throws<RuleException>(() =>
            SponsorLogo.Read(Bytes(Open + string.Concat(Enumerable.Repeat("<g>", 20_000))))
        );
        Assert.Throws<RuleException>(() =>
            SponsorLogo.Read(Bytes(Open + string.Concat(Enumerable.Repeat("<g/>", 20_000)) + "</svg>"))
        );
        var doubled = string.Concat(
            Enumerable
                .Range(1, 20)
                .Select(i => $"<g id=\"g{i}\"><use href=\"#g{i - 1}\"/><use href=\"#g{i - 1}\"/></g>")
        );
        Assert.Contains(
            "repeats parts",
            Assert
                .Throws<RuleException>(() => SponsorLogo.Read(Bytes($"{Open}<rect id=\"g0\"/>{doubled}</svg>")))
                .Message,
            StringComparison.Ordinal
        );
        var masks = string.Concat(
            Enumerable.Range(1, 20).Select(i => $"<mask id=\"m{i}\"><rect mask=\"url(#m{i - 1})\"/></mask>")
        );
        Assert.DoesNotContain(
            "url(#m",
            Text(SponsorLogo.Read(Bytes($"{Open}{masks}</svg>"))),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("viewBox=\"0 0 300 100\"", 1000, 333)]
    [InlineData("viewBox=\"0 0 1.5 3\" width=\"100%\" height=\"100%\"", 500, 1000)]
    [InlineData("width=\"40px\" height=\"20\"", 1000, 500)]
    public void Read_ADrawing_HasTheRatioOfItsBox(string size, int width, int height)
    {
        var logo = SponsorLogo.Read(Bytes($"<svg xmlns=\"http://www.w3.org/2000/svg\" {size}/>"));
        Assert.Equal(("image/svg+xml", width, height), (logo.MediaType, logo.Width, logo.Height));
    }

    [Fact]
    public void Read_ARealDrawing_KeepsItAndIsTheSameWhenReadAgain()
    {
        var logo = SponsorLogo.Read(
            Bytes(
                $$"""
                <?xml version="1.0" encoding="UTF-8"?>
                {{Open}}
                  <title>Tin &amp; Copper</title>
                  <defs>
                    <style>.a{fill:#c0764a;stroke:rgb(1,2,3)} .b{fill:url(#g)}</style>
                    <linearGradient id="g" xlink:href="#h"><stop offset="0" stop-color="#fff"/></linearGradient>
                    <clipPath id="c"><rect width="10" height="10"/></clipPath>
                  </defs>
                  <g transform="translate(1 2)" clip-path="url(#c)">
                    <path class="a" d="M0 0h10v10z"/><use xlink:href="#p" x="3"/>
                  </g>
                  <path id="p" fill="url(#g)" d="M1 1z"/>
                  <text x="1" y="2" font-family="Segoe UI, sans-serif">Tin &lt;3</text>
                </svg>
                """
            )
        );
        var text = Text(logo);

        Assert.Equal(
            "<svg viewBox=\"0 0 200 100\" xmlns=\"http://www.w3.org/2000/svg\"><title>Tin &amp; "
                + "Copper</title><defs><style>.a{fill:#c0764a;stroke:rgb(1,2,3)} .b{fill:url(#g)}</style>"
                + "<linearGradient href=\"#h\" id=\"g\"><stop offset=\"0\" stop-color=\"#fff\" "
                + "/></linearGradient><clipPath id=\"c\"><rect height=\"10\" width=\"10\" /></clipPath></defs>"
                + "<g clip-path=\"url(#c)\" transform=\"translate(1 2)\"><path class=\"a\" d=\"M0 0h10v10z\" /><use "
                + "href=\"#p\" x=\"3\" /></g><path d=\"M1 1z\" fill=\"url(#g)\" id=\"p\" />"
                + "<text font-family=\"Segoe UI, sans-serif\" x=\"1\" y=\"2\">Tin &lt;3</text></svg>",
            text
        );
        Assert.Equal(logo.Hash, SponsorLogo.Read(logo.Bytes).Hash);
    }

    [Fact]
    public void Read_AJpeg_FindsItsSizeBehindOtherSegments()
    {
        byte[] jpeg =
        [
            0xFF,
            0xD8,
            0xFF,
            0xE0,
            0,
            4,
            1,
            2,
            0xFF,
            0xFF,
            0xC2,
            0,
            11,
            8,
            0,
            50,
            0,
            100,
            1,
            1,
            0x11,
            0,
            0xFF,
            0xD9,
        ];
        var logo = SponsorLogo.Read(jpeg);
        Assert.Equal(("image/jpeg", 100, 50), (logo.MediaType, logo.Width, logo.Height));
        Assert.Throws<RuleException>(() => SponsorLogo.Read([0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF, 1, 2]));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(SponsorLogo logo) => Encoding.UTF8.GetString(logo.Bytes);
}
