using LpcSite.Emails;

namespace LpcSite.Tests.Emails;

/// <summary>Which mail addresses the site takes: those that a server on the internet can.</summary>
public sealed class MailAddressTests
{
    private const string Zero = "\u200B";

    [Theory]
    [InlineData("user@example.org", "user@example.org")]
    [InlineData("  user@example.org\t", "user@example.org")]
    [InlineData("User.Name+list@Example.ORG", "User.Name+list@example.org")]
    [InlineData("o'brien@example.org", "o'brien@example.org")]
    [InlineData("a@b.co", "a@b.co")]
    [InlineData("user@bücher.example", "user@xn--bcher-kva.example")]
    [InlineData("user@BÜCHER.example", "user@xn--bcher-kva.example")]
    [InlineData("user@xn--bcher-kva.example", "user@xn--bcher-kva.example")]
    [InlineData("user@例え.テスト", "user@xn--r8jz45g.xn--zckzah")]
    [InlineData("user@3com.example", "user@3com.example")]
    public void TryRead_OfAnAddress_WritesItInOneWay(string typed, string kept)
    {
        Assert.True(MailAddress.TryRead(typed, out var address));
        Assert.Equal(kept, address);
        Assert.Null(MailAddress.Problem(typed));
    }

    [Theory]
    [InlineData("user@example.org" + Zero)]
    [InlineData("us" + Zero + "er@example.org")]
    [InlineData("user@exam" + Zero + "ple.org")]
    [InlineData("user@example\u2060.org")]
    [InlineData("user@exam\u00ADple.org")]
    [InlineData("user@exam\u200Dple.org")]
    [InlineData("\uFEFFuser@example.org")]
    [InlineData("user\u202E@example.org")]
    [InlineData("user@example.org\u202C")]
    [InlineData("user@example。org")]
    [InlineData("user name@example.org")]
    [InlineData("user@exam ple.org")]
    [InlineData("user@\u00A0example.org")]
    [InlineData("user@example.org\r\nBcc: other@example.org")]
    [InlineData("user@example.org,other@example.org")]
    [InlineData("User <user@example.org>")]
    [InlineData("\"user\"@example.org")]
    [InlineData("user(comment)@example.org")]
    [InlineData(".user@example.org")]
    [InlineData("user.@example.org")]
    [InlineData("us..er@example.org")]
    [InlineData("jürgen@example.org")]
    [InlineData("user@.example.org")]
    [InlineData("user@example..org")]
    [InlineData("user@example.org.")]
    [InlineData("user@localhost")]
    [InlineData("user@example")]
    [InlineData("user@-example.org")]
    [InlineData("user@example-.org")]
    [InlineData("user@exam_ple.org")]
    [InlineData("user@192.0.2.1")]
    [InlineData("user@[192.0.2.1]")]
    [InlineData("user@[IPv6:2001:db8::1]")]
    [InlineData("user@example.7")]
    [InlineData("user@example.c")]
    [InlineData("user@xn--a.example")]
    [InlineData("user@@example.org")]
    [InlineData("user@host@example.org")]
    [InlineData("@example.org")]
    [InlineData("user@")]
    [InlineData("user")]
    [InlineData("@")]
    [InlineData("")]
    [InlineData(null)]
    public void TryRead_OfWhatNoServerTakes_SaysWhyNot(string? typed)
    {
        Assert.False(MailAddress.TryRead(typed, out var address));
        Assert.Null(address);
        Assert.EndsWith(".", MailAddress.Problem(typed), StringComparison.Ordinal);
    }

    // RFC 5321, section 4.5.3.1: 64 before the @, 63 for each part of the host, 254 in all.
    [Theory]
    [InlineData(64, 3, true)]
    [InlineData(65, 3, false)]
    [InlineData(1, 63, true)]
    [InlineData(1, 64, false)]
    public void TryRead_AtTheLimitsOfLength_TakesTheLongest(int name, int label, bool isTaken) =>
        Assert.Equal(isTaken, MailAddress.TryRead($"{new string('a', name)}@{new string('b', label)}.org", out _));

    [Theory]
    [InlineData(254, true)]
    [InlineData(255, false)]
    public void TryRead_OfALongAddress_TakesWhatSmtpCarries(int length, bool isTaken)
    {
        var start = $"{new string('a', 60)}@{new string('b', 63)}.{new string('c', 63)}.";

        Assert.Equal(isTaken, MailAddress.TryRead($"{start}{new string('d', length - start.Length - 4)}.org", out _));
    }

    // Of each character of another language more than one is written.
    [Fact]
    public void TryRead_OfAHostThatIsTooLongOnlyInAscii_Refuses() =>
        Assert.False(MailAddress.TryRead($"user@{new string('ü', 60)}.example", out _));

    [Theory]
    [InlineData("Erase.Me@Example.org", "erase.me@example.ORG", true)]
    [InlineData("user@bücher.example", "User@XN--BCHER-KVA.example", true)]
    [InlineData(" user@example.org ", "user@example.org", true)]
    [InlineData("user@example.org", "user@example.com", false)]
    [InlineData("user@example.org", null, false)]
    [InlineData(null, null, false)]
    public void AreSame_OfTwoSpellings_LooksThroughCaseAndEncoding(string? one, string? other, bool areSame) =>
        Assert.Equal(areSame, MailAddress.AreSame(one, other));
}
