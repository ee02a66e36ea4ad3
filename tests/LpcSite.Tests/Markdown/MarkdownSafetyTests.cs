using AngleSharp.Dom;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LpcSite.Markdown;

namespace LpcSite.Tests.Markdown;

public class MarkdownSafetyTests
{
    private static readonly HtmlAllowList AllowList = new();

    private static readonly Dictionary<string, string[]> Made = new(StringComparer.Ordinal)
    {
        ["a"] = ["href", "rel", "title"],
        ["blockquote"] = [],
        ["br"] = [],
        ["code"] = [],
        ["del"] = [],
        ["div"] = ["aria-label", "class", "role", "tabindex"],
        ["em"] = [],
        ["h2"] = ["id"],
        ["h3"] = ["id"],
        ["h4"] = ["id"],
        ["h5"] = ["id"],
        ["h6"] = ["id"],
        ["hr"] = [],
        ["img"] = ["alt", "decoding", "loading", "src", "title"],
        ["li"] = ["class"],
        ["ol"] = ["start"],
        ["p"] = [],
        ["pre"] = ["tabindex"],
        ["strong"] = [],
        ["table"] = [],
        ["tbody"] = [],
        ["td"] = ["class"],
        ["th"] = ["class"],
        ["thead"] = [],
        ["tr"] = [],
        ["ul"] = [],
    };

    public static TheoryData<string> HtmlVectors =>
        [
            "<script>alert(1)</script>",
            "<SCRIPT SRC=https://x.example/a.js></SCRIPT>",
            "<scr<script>ipt>alert(1)</scr</script>ipt>",
            "<script/x>alert(1)</script>",
            "<script\n>alert(1)</script\n>",
            "<<SCRIPT>alert(1);//<</SCRIPT>",
            "<script>alert(1)",
            "<script src=data:,alert(1)></script>",
            "</script><script>alert(1)</script>",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
            "<img src=x onerror=alert(1)>",
            "<img src=x:alert(1) onerror=eval(src)>",
            "<IMG SRC=\"javascript:alert(1);\">",
            "<IMG SRC=JaVaScRiPt:alert(1)>",
            "<IMG SRC=`javascript:alert(1)`>",
            "<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\"\\>",
            "<IMG SRC=# onmouseover=\"alert(1)\">",
            "<IMG SRC= onmouseover=\"alert(1)\">",
            "<img/src=x/onerror=alert(1)>",
            "<img src=\"x\"onerror=alert(1)>",
            "<img src=x onerror\t=alert(1)>",
            "<img src=x onerror\u000b=alert(1)>",
            "<IMG SRC=&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)>",
            "<IMG SRC=&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)>",
            "<IMG SRC=\"jav\tascript:alert(1);\">",
            "<IMG SRC=\"jav&#x09;ascript:alert(1);\">",
            "<IMG SRC=\"jav&#x0A;ascript:alert(1);\">",
            "<IMG SRC=\" &#14; javascript:alert(1);\">",
            "<IMG SRC='vbscript:msgbox(\"x\")'>",
            "<IMG DYNSRC=\"javascript:alert(1)\">",
            "<IMG LOWSRC=\"javascript:alert(1)\">",
            "<img srcset=\"x, javascript:alert(1) 2x\">",
            "<svg onload=alert(1)>",
            "<svg/onload=alert(1)>",
            "<svg><script>alert(1)</script></svg>",
            "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
            "<svg><a xlink:href=\"javascript:alert(1)\"><text y=20>x</text></a></svg>",
            "<svg><use href=\"data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'/>#x\"/></svg>",
            "<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>",
            "<svg><style><img src=x onerror=alert(1)></style></svg>",
            "<math><mi xlink:href=\"data:x,<script>alert(1)</script>\">",
            "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
            "<math href=\"javascript:alert(1)\">x</math>",
            "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
            "<iframe src=\"javascript:alert(1)\"></iframe>",
            "<iframe srcdoc=\"<script>alert(1)</script>\">",
            "<IFRAME SRC=# onmouseover=\"alert(1)\"></IFRAME>",
            "<FRAMESET><FRAME SRC=\"javascript:alert(1);\"></FRAMESET>",
            "<object data=\"javascript:alert(1)\">",
            "<OBJECT TYPE=\"text/x-scriptlet\" DATA=\"https://x.example/x.html\"></OBJECT>",
            "<EMBED SRC=\"data:image/svg+xml;base64,PHN2Zz4=\" type=\"image/svg+xml\" "
                + "AllowScriptAccess=\"always\"></EMBED>",
            "<applet code=x>",
            "<portal src=https://x.example>",
            "<body onload=alert(1)>",
            "<BODY BACKGROUND=\"javascript:alert(1)\">",
            "<BODY onload!#$%&()*~+-_.,:;?@[/|\\]^`=alert(1)>",
            "<html onmouseover=alert(1)>",
            "<input autofocus onfocus=alert(1)>",
            "<INPUT TYPE=\"IMAGE\" SRC=\"javascript:alert(1);\">",
            "<select autofocus onfocus=alert(1)>",
            "<textarea autofocus onfocus=alert(1)>",
            "<form action=javascript:alert(1)><button>x</button></form>",
            "<button formaction=javascript:alert(1)>x</button>",
            "<isindex type=image src=1 onerror=alert(1)>",
            "<details open ontoggle=alert(1)>",
            "<video><source onerror=alert(1)>",
            "<video poster=javascript:alert(1)>",
            "<audio src=x onerror=alert(1)>",
            "<marquee onstart=alert(1)>",
            "<div onpointerover=alert(1)>x</div>",
            "<div style=\"background:url(javascript:alert(1))\">x</div>",
            "<DIV STYLE=\"width: expression(alert(1));\">",
            "<p class=\"organizer-button\">x</p>",
            "<STYLE>@import'https://x.example/x.css';</STYLE>",
            "<style>li {list-style-image: url(\"javascript:alert(1)\");}</style>",
            "<LINK REL=\"stylesheet\" HREF=\"javascript:alert(1);\">",
            "<META HTTP-EQUIV=\"refresh\" CONTENT=\"0;url=javascript:alert(1);\">",
            "<base href=\"javascript:alert(1);//\">",
            "<TABLE BACKGROUND=\"javascript:alert(1)\">",
            "<td background=javascript:alert(1)>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<a href=\"jAvAsCrIpT&colon;alert&lpar;1&rpar;\">x</a>",
            "<a href=\"java&Tab;script:alert(1)\">x</a>",
            "<a href=\"java&NewLine;script:alert(1)\">x</a>",
            "<a href=\"\u0001javascript:alert(1)\">x</a>",
            "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
            "<a href=https://a.example onclick=alert(1)>x</a>",
            "<a href=https://a.example ping=https://b.example>x</a>",
            "<a href=\"https://a.example\" target=\"_blank\" style=\"position:fixed;inset:0\">x</a>",
            "<a href=\"//a.example\">x</a>",
            "<a id=x name=y href=\"feed:javascript:alert(1)\">x</a>",
            "<xss onafterscriptexecute=alert(1)>",
            "<x contenteditable onblur=alert(1)>x</x>",
            "<template><script>alert(1)</script></template>",
            "<slot onslotchange=alert(1)>",
            "<xmp><p title=\"</xmp><svg/onload=alert(1)>\">",
            "<plaintext><script>alert(1)</script>",
            "<listing>&lt;img onerror=alert(1) src=x&gt;</listing>",
            "<title><img title=\"</title><img src=x onerror=alert(1)>\">",
            "<!--[if gte IE 4]><SCRIPT>alert(1);</SCRIPT><![endif]-->",
            "<!--><img src=x onerror=alert(1)>-->",
            "<![CDATA[<script>alert(1)</script>]]>",
            "<?php echo '<script>'; ?>",
            "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>",
        ];

    public static TheoryData<string> MarkdownVectors =>
        [
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x]( javascript:alert(1))",
            "[x](<javascript:alert(1)>)",
            "[x](<java\tscript:alert(1)>)",
            "[x](java&#9;script:alert(1))",
            "[x](java&#10;script:alert(1))",
            "[x](&#106;avascript:alert(1))",
            "[x](&#x6A;avascript&colon;alert(1))",
            "[x](javascript&#58;alert(1))",
            "[x](\\javascript:alert(1))",
            "[x](javascript\\:alert(1))",
            "[x](&#1;javascript:alert(1))",
            "[x](%6Aavascript:alert(1))",
            "[x](javascript%3Aalert(1))",
            "[x](vbscript:msgbox(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "[x](DATA:text/html,x)",
            "[x](file:///etc/passwd)",
            "[x](blob:https://a.example/x)",
            "[x](view-source:https://a.example)",
            "[x](intent://x#Intent;scheme=https;end)",
            "[x](ms-word:ofe|u|https://a.example)",
            "[x](//a.example)",
            "[x](\\\\\\\\a.example)",
            "[x](/\\a.example)",
            "[x](https:javascript:alert(1))",
            "[x](http:/\\a.example)",
            "[x](https://a.example\" onclick=\"alert(1))",
            "[x](https://a.example \"y\\\" onclick=\\\"alert(1)\")",
            "[x](https://a.example '\"><script>alert(1)</script>')",
            "[x](https://a.example/\"><img/src=x/onerror=alert(1)>)",
            "[x](https://a.example (\"onmouseover=alert(1)//))",
            "[<script>alert(1)</script>](https://a.example)",
            "[x]\n\n[x]: javascript:alert(1)",
            "[x][y]\n\n[y]: <java\tscript:alert(1)> 'z'",
            "[x][]\n\n[x]: data:text/html,<script>alert(1)</script>",
            "[x]: javascript:alert(1) \"unused\"",
            "<javascript:alert(1)>",
            "<JAVASCRIPT:alert(1)>",
            "<data:text/html,x>",
            "<javascript&colon;alert(1)>",
            "<vbscript:x>",
            "<x@a.example\"onclick=alert(1)>",
            "![x](javascript:alert(1))",
            "![x](data:image/svg+xml;base64,PHN2Zz4=)",
            "![x\" onerror=\"alert(1)](https://a.example/x.png)",
            "![x](https://a.example/x.png\" onerror=\"alert(1))",
            "![x](https://a.example/x.png \"y\\\" onerror=\\\"alert(1)\")",
            "![x](x.png)",
            "![<img src=x onerror=alert(1)>](https://a.example/x.png)",
            "[![x](javascript:alert(1))](javascript:alert(2))",
            "![[x](javascript:alert(1))](https://a.example/x.png)",
            "![x]\n\n[x]: javascript:alert(1)",
            "https://a.example/\"onclick=alert(1)",
            "https://a.example/'><script>alert(1)</script>",
            "https://a.example/<script>alert(1)</script>",
            "mailto:x@a.example\"onclick=alert(1)",
            "https://a.example/&quot;onclick=alert(1)//",
            "```\"><script>alert(1)</script>\nx\n```",
            "```js onclick=alert(1)\nx\n```",
            "~~~ x\" onclick=\"alert(1)\nx\n~~~",
            "`<script>alert(1)</script>`",
            "    <script>alert(1)</script>",
            "# <img src=x onerror=alert(1)>",
            "# x {#y onclick=alert(1)}",
            "# x\" onclick=\"alert(1)",
            "|<script>|\n|-|\n|<img src=x onerror=alert(1)>|",
            "- [x] <script>alert(1)</script>",
            "> <script>\n> alert(1)\n> </script>",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "&#60;script&#62;alert(1)",
            "\\<script>alert(1)</script>",
            "<a href=\"[x](javascript:alert(1))\">",
            "[x](https://a.example){onclick=alert(1)}",
            "*<script>*alert(1)*</script>*",
            "<scr\n\nipt>alert(1)</script>",
            "[x\n](javascript:alert(1)\n\"y\")",
            "[a](<javascript:alert(1)>'y')",
            "[x](#\" onclick=\"alert(1))",
        ];

    [Theory]
    [MemberData(nameof(HtmlVectors))]
    [MemberData(nameof(MarkdownVectors))]
    public void Render_Attack_MakesNothingButWhatMarkdownMakes(string vector)
    {
        AssertMade(vector);
        AssertMade($"text {vector} text");
        AssertMade($"> - {vector.ReplaceLineEndings("\n>   ")}");
        AssertMade($"[{vector}](https://a.example \"{vector}\") ![{vector}](https://a.example/x.png)");
    }

    [Theory]
    [MemberData(nameof(HtmlVectors))]
    public void Clean_Attack_LetsNothingElseThrough(string vector)
    {
        var body = Rendered.Parse(AllowList.Clean(vector));

        Assert.All(
            body.QuerySelectorAll("*"),
            element =>
            {
                Assert.Contains(element.LocalName, Made.Keys);
                Assert.All(
                    element.Attributes,
                    attribute => Assert.Contains(attribute.LocalName, Made.Values.SelectMany(names => names))
                );
                Assert.All(element.ClassList, name => Assert.Contains(name, HtmlAllowList.Classes));
                AssertAddresses(element);
            }
        );
        Assert.DoesNotContain("<!--", body.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_EveryElementItMakes_PassesTheAllowListUnchanged()
    {
        var html = Rendered.Html(
            "# a\n\n[b](https://a.example \"t\") `c` **d** *e* ~~f~~  \n![g](https://a.example/g.png)\n\n"
                + "- [ ] h\n\n2. i\n\n> j\n\n---\n\n    k\n\n|l|\n|:-|\n|m|\n"
        );

        Assert.Equal(html, AllowList.Clean(html));
        Assert.Empty(
            Made.Keys.Except(Rendered.Parse(html).QuerySelectorAll("*").Select(element => element.LocalName))
                .Except(["h2", "h4", "h5", "h6"])
        );
        Assert.Equal(Made.Keys.Order(StringComparer.Ordinal), HtmlAllowList.Elements.Order(StringComparer.Ordinal));
        Assert.Equal(
            Made.Values.SelectMany(names => names).Distinct().Order(StringComparer.Ordinal),
            HtmlAllowList.Attributes.Order(StringComparer.Ordinal)
        );
    }

    [Property(MaxTest = 300)]
    public void Render_AnyString_MakesNothingButWhatMarkdownMakes(string? source) => AssertMade(source ?? "");

    [Property(MaxTest = 1_500)]
    public Property Render_AnyMixOfMarks_MakesNothingButWhatMarkdownMakes() => Prop.ForAll(MixesOfMarks(), AssertMade);

    private static Arbitrary<string> MixesOfMarks()
    {
        string[] marks =
        [
            "a",
            "b ",
            " ",
            "\n",
            "\n\n",
            "\r\n",
            "\t",
            "    ",
            "*",
            "**",
            "_",
            "~~",
            "`",
            "```\n",
            "# ",
            "> ",
            "- ",
            "1. ",
            "- [ ] ",
            "[",
            "]",
            "(",
            ")",
            "](",
            "][",
            "]: ",
            "![",
            "!",
            "<",
            ">",
            "\"",
            "'",
            "\\",
            "&",
            "&#x3C;",
            "&quot;",
            "&#0;",
            "&{",
            ";",
            ":",
            "|",
            "|-|\n",
            "---\n",
            "===\n",
            "https://",
            "http://a.example/",
            "https://b.example",
            "mailto:x@y.example",
            "javascript:",
            "data:",
            "#x",
            "<script>",
            "</p>",
            "<!--",
            "é",
            "😀",
            "\ud83d",
            "\0",
            "\u00a0",
        ];

        return Gen.Elements(marks).ListOf().Select(parts => string.Concat(parts)).ToArbitrary();
    }

    private static void AssertMade(string source)
    {
        var html = Rendered.Html(source);
        var body = Rendered.Parse(html);

        Assert.Equal(html, Rendered.Html(source));
        Assert.All(
            body.QuerySelectorAll("*"),
            element =>
            {
                Assert.True(
                    Made.TryGetValue(element.LocalName, out var attributes),
                    $"<{element.LocalName}> from {source}"
                );
                Assert.All(element.Attributes, attribute => Assert.Contains(attribute.LocalName, attributes));
                Assert.All(element.ClassList, name => Assert.Contains(name, HtmlAllowList.Classes));
                AssertAddresses(element);
            }
        );
        Assert.All(
            body.QuerySelectorAll("a"),
            link => Assert.True(link.HasAttribute("href") && link.QuerySelector("a") is null)
        );
        Assert.All(
            body.QuerySelectorAll("a"),
            link => Assert.True(link.TextContent.Length > 0 || link.QuerySelector("img") is not null)
        );
        Assert.All(
            body.QuerySelectorAll("img"),
            image => Assert.True(image.HasAttribute("src") && image.HasAttribute("alt"))
        );
        Assert.DoesNotContain("<!--", body.InnerHtml, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', html);
    }

    private static void AssertAddresses(IElement element)
    {
        if (element.GetAttribute("href") is { } href)
        {
            // A place on the site itself is a path; two slashes or a backslash after the first would be another site.
            Assert.Matches(@"^(?i:https?://|mailto:|#|\.{0,2}/(?![/\\]))", href);
        }

        if (element.GetAttribute("src") is { } src)
        {
            Assert.Matches("^(?i:https://)", src);
        }
    }
}
