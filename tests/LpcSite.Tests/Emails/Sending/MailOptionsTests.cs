using LpcSite.Emails.Sending;
using LpcSite.Rules;
using Microsoft.Extensions.Configuration;

namespace LpcSite.Tests.Emails.Sending;

/// <summary>Mail settings that cannot work are told to the operator in a sentence, at the start.</summary>
public sealed class MailOptionsTests
{
    [Theory]
    [InlineData("Mail:Host=mail", "Mail__Host is set, but Mail__From is not")]
    [InlineData("Mail:Host=mail;Mail:From=a@example.org", "Mail__Host is set, but Site__Url is not")]
    [InlineData("Mail:From=nobody at all <", "Mail__From is 'nobody at all <', which is not a mail address.")]
    [InlineData("Mail:ReplyTo=<", "Mail__ReplyTo is '<', which is not a mail address.")]
    [InlineData("Mail:Port=70000", "Mail__Port is 70000")]
    [InlineData("Mail:Port=smtp", "The mail settings cannot be read")]
    [InlineData("Mail:Security=Some", "The mail settings cannot be read")]
    [InlineData("Mail:PerDomainAndMinute=0", "Mail__PerDomainAndMinute is 0")]
    [InlineData("Mail:User=us", "Mail__User and Mail__Password belong together")]
    public void Read_OfWhatCannotWork_SaysWhatToMend(string settings, string sentence) =>
        Assert.StartsWith(
            sentence,
            Assert.Throws<OperatorException>(() => MailOptions.Read(Configuration(settings))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Writer_TakesItsHostFromTheSitesAddress()
    {
        var options = MailOptions.Read(
            Configuration(
                "Mail:Host=mail;Mail:From=Pipes "
                    + "<pipes@example.org>;Mail:ReplyTo=us@example.org;Site:Url=https://lpc.example.org/"
            )
        );

        var writer = options.Writer("https://lpc.example.org/");

        Assert.Equal(
            ("lpc.example.org", "pipes@example.org", "us@example.org"),
            (writer.Host, writer.From.Address, writer.ReplyTo?.Address)
        );
    }

    private static IConfiguration Configuration(string settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings
                    .Split(';')
                    .Select(s => s.Split('=', 2))
                    .Select(s => new KeyValuePair<string, string?>(s[0], s[1]))
            )
            .Build();
}
