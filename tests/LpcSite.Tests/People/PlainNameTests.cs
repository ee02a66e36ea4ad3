using System.Net;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Tests.Fixture;

namespace LpcSite.Tests.People;

/// <summary>A name is printed in letters and lists: an address in it would be a link there.</summary>
public sealed class PlainNameTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Theory]
    [InlineData("Visit evil.example")]
    [InlineData("evil.com")]
    [InlineData("EVIL.COM")]
    [InlineData("Evilshop.Com")]
    [InlineData("https://evil.example/x")]
    [InlineData("Sam //evil")]
    [InlineData("www.evil")]
    [InlineData("Sam sam@evil.example")]
    [InlineData("пример.рф")]
    [InlineData("例え.テスト")]
    [InlineData("evil。com")]
    public void Person_WithAnAddressForAName_IsRefused(string name) =>
        Assert.Contains(
            "address",
            Assert.Throws<RuleException>(() => new Person(name, "slug")).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("Sam Doe, Jr.")]
    [InlineData("J.R.R. Tolkien")]
    [InlineData("J. R. R. Tolkien")]
    [InlineData("Dr.Smith")]
    [InlineData("Prof. Ann Arbor")]
    [InlineData("Oliver St.John")]
    [InlineData("O'Brien")]
    [InlineData("María José Carreño Quiñones")]
    [InlineData("李雷")]
    [InlineData("X Æ A-12")]
    public void Person_WithAName_Keeps(string name) => Assert.Equal(name, new Person(name, "slug").Name);

    [Theory]
    [InlineData("jane.doe@example.org", "jane doe")]
    [InlineData("jane_doe+lists@example.org", "jane doe lists")]
    [InlineData("info@example.org", "info")]
    public void FromAddress_OfAnAddress_IsAName(string mail, string name)
    {
        Assert.Equal(name, PlainName.FromAddress(mail));
        Assert.Equal(name, new Person(name, "slug").Name);
    }

    [Fact]
    public async Task Profile_WithAnAddressForAName_SaysSoBesideTheField()
    {
        using var browsing = await site.AsAsync(await site.Given.PersonAsync("Pat Profile"));

        using var refused = await browsing.SubmitAsync(
            "/account/profile",
            new() { ["Input.Name"] = "Buy at evil.example" }
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(
            "without an address",
            (await Browsing.ParseAsync(refused)).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
    }
}
