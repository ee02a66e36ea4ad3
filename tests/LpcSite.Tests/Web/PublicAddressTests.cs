using System.Net;
using LpcSite.Web;

namespace LpcSite.Tests.Web;

/// <summary>Which machines the site may ask because somebody wrote their address.</summary>
public sealed class PublicAddressTests
{
    [Theory]
    [
        InlineData("127.0.0.1"),
        InlineData("127.8.8.8"),
        InlineData("0.0.0.0"),
        InlineData("10.1.2.3"),
        InlineData("172.16.0.1"),
        InlineData("172.31.255.255"),
        InlineData("192.168.1.1")
    ]
    [
        InlineData("169.254.169.254"),
        InlineData("100.64.0.1"),
        InlineData("198.18.0.1"),
        InlineData("224.0.0.1"),
        InlineData("255.255.255.255"),
        InlineData("192.0.0.170")
    ]
    [
        InlineData("::"),
        InlineData("::1"),
        InlineData("fe80::1"),
        InlineData("fc00::1"),
        InlineData("fd12::1"),
        InlineData("ff02::1"),
        InlineData("::ffff:10.0.0.1"),
        InlineData("::ffff:127.0.0.1")
    ]
    [
        InlineData("64:ff9b::a00:1"),
        InlineData("2002:a00:1::"),
        InlineData("2001:0:a00:1::"),
        InlineData("2001:db8::1"),
        InlineData("::7f00:1")
    ]
    public void IsPublic_OfAnAddressOfNoUseElsewhere_IsFalse(string address) =>
        Assert.False(IPAddress.Parse(address).IsPublic());

    [Theory]
    [
        InlineData("8.8.8.8"),
        InlineData("172.15.0.1"),
        InlineData("172.32.0.1"),
        InlineData("100.128.0.1"),
        InlineData("192.169.0.1"),
        InlineData("::ffff:8.8.8.8")
    ]
    [InlineData("2606:4700::1111"), InlineData("2a00:1450::1")]
    public void IsPublic_OfAnAddressOfTheInternet_IsTrue(string address) =>
        Assert.True(IPAddress.Parse(address).IsPublic());
}
