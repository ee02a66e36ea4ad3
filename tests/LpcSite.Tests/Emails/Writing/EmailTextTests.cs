using LpcSite.Emails.Writing;

namespace LpcSite.Tests.Emails.Writing;

/// <summary>How letters read: in a terminal, and in programs that show HTML.</summary>
public sealed class EmailTextTests
{
    private const string Link =
        "https://pipes.example.org/account/confirm?id=4711"
        + "&key=CfDJ8NrAkSkey-that-is-longer-than-any-line-should-be-and-must-stay-whole_0123456789";

    [Fact]
    public void Write_GreetsWrapsAndSaysWhoAnswers() =>
        Assert.Equal(
            """
            Hello Lena,

            Your microconference "Real-time" was accepted in full length, three and
            a half hours with a break of thirty minutes in the middle of it.

            https://pipes.example.org/2022/mc/real-time

            -- 
            Questions: reply to this letter, and the organizers will answer.

            """,
            EmailText.Write(
                "Lena",
                "Your microconference \"Real-time\" was accepted in full length, three and a half hours with a "
                    + "break of thirty minutes in the middle of it.",
                "https://pipes.example.org/2022/mc/real-time"
            )
        );

    [Fact]
    public void Write_WithALongLink_NeverBreaksIt()
    {
        var text = EmailText.Write(
            "Lena",
            $"To confirm your address open {Link} in your browser within a day, and then choose a password of your own."
        );

        Assert.Contains(text.Split('\n'), line => line == Link);
        Assert.All(
            text.Split('\n').Where(line => line != Link),
            line => Assert.InRange(line.Length, 0, EmailText.Width)
        );
    }

    [Fact]
    public void Write_WithLinesOfTheirOwn_KeepsThem()
    {
        var text = EmailText.Write(
            "Lena",
            "Topics:\n- one\n- two",
            "    git log --oneline   v6.0..",
            "> what you wrote"
        );

        Assert.Contains(
            "\n\nTopics:\n- one\n- two\n\n    git log --oneline   v6.0..\n\n> what you wrote\n\n",
            text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Html_OfAText_HasItsParagraphsAndLinks()
    {
        var long_ = string.Join(' ', Enumerable.Repeat("word", 20));
        var html = EmailHtml.Write(EmailText.Write("<Lena> & Co", $"{long_}\nnext", $"See {Link}.", "    a < b"));

        Assert.Contains("<p>Hello &lt;Lena&gt; &amp; Co,</p>", html, StringComparison.Ordinal);
        Assert.Contains("word\nword", html, StringComparison.Ordinal);
        Assert.Contains("word<br>\nnext</p>", html, StringComparison.Ordinal);
        var link = Link.Replace("&", "&amp;", StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{link}\">{link}</a>.</p>", html, StringComparison.Ordinal);
        Assert.Contains("<pre>    a &lt; b</pre>", html, StringComparison.Ordinal);
        Assert.Contains("<p>-- <br>\nQuestions:", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(see https://a.example/b).", "https://a.example/b")]
    [InlineData("<https://a.example/b>", "https://a.example/b")]
    [InlineData("https://a.example/?q=\"onmouseover=", "https://a.example/?q=")]
    [InlineData("javascript:alert(1)", null)]
    public void Linked_TakesTheLinkAndNothingAround(string text, string? address)
    {
        var html = EmailHtml.Linked(text);

        if (address is null)
        {
            Assert.DoesNotContain("<a", html, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains($">{address}</a>", html, StringComparison.Ordinal);
        }
    }
}
