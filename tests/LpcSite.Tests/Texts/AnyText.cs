using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace LpcSite.Tests.Texts;

/// <summary>
/// Texts that people paste and attackers type, forty at a time: characters of every kind, and the marks that formats
/// and terminals obey.
/// </summary>
internal static class AnyText
{
    private static readonly string[] Marks =
    [
        "\0",
        "\u0001",
        "\u0008",
        "\u000B",
        "\u000C",
        "\u001B]0;owned\u0007",
        "\u001B[31m",
        "\u007F",
        "\u0085",
        "\u009B2J",
        "\u00AD",
        "\u200B",
        "\u200E",
        "\u202E",
        "\u2028",
        "\u2029",
        "\u2066",
        "\u2069",
        "\uFEFF",
        "\uFFFE",
        "\uFFFF",
        "\uFDD0",
        "\U0001FFFF",
        "\U000E0041",
        "\r\n",
        "\r",
        "\n",
        "\t",
        " ",
        " ",
        "\u00A0",
        "]]>",
        "<![CDATA[",
        "<!--",
        "&",
        "&#27;",
        "<script>",
        "\"",
        "'",
        "`",
        "```\n",
        "[1]",
        "[1]: /x\n",
        "](",
        "#",
        "|",
        ";",
        ",",
        ":",
        "\\",
        "\\\n",
        "{",
        "%0A",
        "=1+1",
        "\uFF1D1",
        "e\u0301",
        "\uFB01",
        "\u212B",
        "שלום",
        "مرحبا",
        "\U0001F469\u200D\U0001F4BB",
        "\u2800",
        "\u3164",
        "word",
        "BEGIN:VEVENT",
        "---\n",
        "../x",
        "https://a.example/",
    ];

    private static readonly Gen<string> Rune =
        from value in Gen.Choose(0x20, 0x10FFFF)
        where System.Text.Rune.IsValid(value)
        select new Rune(value).ToString();

    private static readonly Gen<string> Text =
        from length in Gen.Choose(1, 10)
        from parts in Gen.Frequency((4, Gen.Elements(Marks)), (1, Rune), (2, Gen.Elements("a", "Ada", " ", "b c")))
            .ListOf(length)
        select string.Concat(parts);

    public static Gen<IReadOnlyList<string>> Forty { get; } =
        Text.ListOf(40).Select(texts => (IReadOnlyList<string>)[.. texts]);
}
