using System.Text;
using LpcSite.People;
using LpcSite.Texts;

namespace LpcSite.Tests.Texts;

public sealed class TextInTests
{
    [Theory]
    [InlineData("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour")]
    [InlineData("a\u0085b\u2028c\u2029d\fe\vf", "a\nb\nc\nd\ne\nf")]
    [InlineData("\tcode\0\u0001\u0007\u001b[31m\u007f\u009b", "\tcode[31m")]
    [InlineData("\uFEFFBegin\uFEFF", "Begin")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("no characters: \uFFFE\uFFFF\uFDD0", "no characters: ")]
    [InlineData("\U0001FFFFplane", "plane")]
    [InlineData("\u200Fשלום\u200E \u200D\u200C", "\u200Fשלום\u200E \u200D\u200C")]
    [InlineData("", "")]
    public void Lines_OfAnything_AreWhatFormatsCarry(string typed, string expected) =>
        Assert.Equal(expected, TextIn.Lines(typed));

    [Theory]
    [InlineData(" Ada\tLovelace\r\n", "Ada Lovelace")]
    [InlineData("Ada Lovelace\u200B", "Ada Lovelace")]
    [InlineData("\u202E.evil", ".evil")]
    [InlineData("\u2066a\u2069\u2060\u00AD\u061C\uFEFF\u180E\u034F\u115F\u3164\uFFA0\u2800b", "ab")]
    [InlineData("x\U000E0041\U000E007Fy\uFE0F", "xy")]
    [InlineData("\u26A0\uFE0F Warning", "\u26A0\uFE0F Warning")]
    [InlineData("葛\U000E0100", "葛\U000E0100")]
    [InlineData("\u0600\u0661", "\u0600\u0661")]
    [InlineData("\u200B\u200B", "")]
    [InlineData("Topic \u001b]0;owned\u0007 x", "Topic ]0;owned x")]
    public void Line_OfAnything_HasNothingInvisible(string typed, string expected) =>
        Assert.Equal(expected, TextIn.Line(typed));

    [Theory]
    [InlineData("Ada\u00A0 \u2003Lovelace", "Ada Lovelace")]
    [InlineData("Jose\u0301", "José")]
    public void Name_InOtherSpaces_HasSingleOnes(string typed, string expected) =>
        Assert.Equal(expected, TextIn.Name(typed));

    [Theory]
    [InlineData("O'Brien", "O\u2019Brien")]
    [InlineData("O'Brien", "O\u02BCBrien")]
    [InlineData("Ada Lovelace", "ada  LOVELACE\u200D")]
    [InlineData("Smith-Jones", "Smith\u2011Jones")]
    [InlineData("José", "Jose\u0301")]
    [InlineData("葛", "葛\U000E0100")]
    public void Key_OfNamesThatReadAlike_IsOne(string one, string other) =>
        Assert.Equal(Person.Key(one), Person.Key(other));

    [Fact]
    public void Lines_WithHalfAPair_ShowThatItIsLost() =>
        Assert.Equal("half \uFFFD of a pair", TextIn.Lines("half \uD800 of a pair"));

    [Fact]
    public void Lines_ThatPassed_PassUnchanged()
    {
        var every = new StringBuilder();
        for (var value = 0; value <= 0x2FFFF; value++)
        {
            every.Append(Rune.IsValid(value) ? new Rune(value).ToString() + " " : "");
        }

        var once = TextIn.Lines(every.ToString());
        var line = TextIn.Line(every.ToString());

        Assert.Equal(once, TextIn.Lines(once));
        Assert.Equal(line, TextIn.Line(line));
        Assert.DoesNotContain(once, c => char.IsControl(c) && c is not ('\n' or '\t'));
        Assert.DoesNotContain(line, char.IsControl);
    }

    // Sorting the marks of one letter costs the square of their number (UAX #15, section 13).
    [Fact]
    public void Lines_WithMarksOnOneLetter_KeepThirty()
    {
        var text = TextIn.Lines(
            "x"
                + string.Concat(Enumerable.Repeat("\u0301", 50_000))
                + string.Concat(Enumerable.Repeat("\u0316", 50_000))
                + "y"
        );

        Assert.Equal(32, text.Length);
        Assert.EndsWith("y", text, StringComparison.Ordinal);
    }
}
