using System.Text.RegularExpressions;
using LpcSite.Emails.Writing;

namespace LpcSite.Tests.Emails.Writing;

/// <summary>
/// What others typed becomes no link in a mail program, which looks for more than the site's own letters hold.
/// </summary>
public sealed partial class EmailTextUnlinkedTests
{
    [Theory]
    [InlineData("Win at https://evil.example/x now")]
    [InlineData("HTTPS://EVIL.EXAMPLE")]
    [InlineData("www.evil.com")]
    [InlineData("evil.com")]
    [InlineData("Evil.Com:8080/path?a=b")]
    [InlineData("a.b.evil.co.uk")]
    [InlineData("write to me@evil.example")]
    [InlineData("mailto:me@evil.example")]
    [InlineData("tel:+4912345")]
    [InlineData("javascript:alert(1)")]
    [InlineData(@"\\evil\share")]
    [InlineData("//evil/share")]
    [InlineData("ftp://192.0.2.1/x")]
    [InlineData("xn--bcher-kva.xn--p1ai")]
    [InlineData("bücher.пример")]
    [InlineData("evil。com")]
    [InlineData("evil．com")]
    [InlineData("https://https://evil.com")]
    public void Unlinked_OfAnAddress_HoldsNothingThatAProgramLinks(string typed)
    {
        var words = EmailText.Unlinked(typed);

        Assert.DoesNotMatch(Linkable(), words);
        Assert.DoesNotContain("<a", EmailHtml.Write(words), StringComparison.Ordinal);
        Assert.Equal(Compact(typed), Compact(words));
    }

    [Theory]
    [InlineData("Rust: what is next?")]
    [InlineData("Linux 5.19-rc1, at 10:30")]
    [InlineData("PCI/IOMMU, e.g. for VFIO.")]
    [InlineData("Sam Doe, Jr.")]
    [InlineData("J.R.R. Tolkien")]
    [InlineData("a.out and foo.c")]
    public void Unlinked_OfWords_LeavesThemAsTheyAre(string typed)
    {
        Assert.Equal(typed.Replace("a.out", "a. out", StringComparison.Ordinal), EmailText.Unlinked(typed));
    }

    [Fact]
    public void Write_ToSomebodyWhoCallsThemselvesALink_GreetsWithoutOne() =>
        Assert.StartsWith(
            "Hello Visit evil. example,\n",
            EmailText.Write("Visit evil.example", "Something happened."),
            StringComparison.Ordinal
        );

    // Full stops of other scripts become ours, and blanks are added; nothing else changes.
    private static string Compact(string text) =>
        text.Replace(" ", "", StringComparison.Ordinal).Replace('。', '.').Replace('．', '.');

    // More than any mail program looks for: a scheme, two slashes, a mailbox, a host with a top-level domain of
    // letters.
    [GeneratedRegex(
        @"\p{L}:\S|[/\\]{2}|\S@\S|[\p{L}\p{N}_-][.\u3002\uFF0E\uFF61]\p{L}{2}|www\.\S",
        RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Linkable();
}
