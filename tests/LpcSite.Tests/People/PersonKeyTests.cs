using LpcSite.People;

namespace LpcSite.Tests.People;

/// <summary>Two spellings that nobody can tell apart by eye mean one name.</summary>
public sealed class PersonKeyTests
{
    [Theory]
    [InlineData("Ada Lovelace", "Ada Lovelace\u200B")]
    [InlineData("Ada Lovelace", "\u202EAda\u00A0Lovelace\u2066")]
    [InlineData("Ada Lovelace", "Ada\u00AD \u3000 Love\uFEFFlace\uFE0F")]
    [InlineData("Ada Lovelace", "Ada\u034F Love\u2060lace\u3164")]
    [InlineData("Ada Lovelace", "\uFF21\uFF44\uFF41 Lovelace\U000E0041")]
    [InlineData("Miles O'Brien", "Miles O\u2019Brien")]
    [InlineData("Miles O'Brien", "Miles O\u2018Brien")]
    [InlineData("Miles O'Brien", "Miles O\u02BCBrien")]
    [InlineData("Miles O'Brien", "Miles O\u00B4Brien")]
    [InlineData("Miles O'Brien", "Miles O`Brien")]
    [InlineData("Miles O'Brien", "Miles O\u2032Brien")]
    [InlineData("Miles O'Brien", "Miles O\uFF07Brien")]
    [InlineData("Jean-Luc", "Jean\u2010Luc")]
    [InlineData("Jean-Luc", "Jean\u2011Luc")]
    [InlineData("Jean-Luc", "jean\u2013LUC")]
    [InlineData("J\u00F6rg", "Jo\u0308rg")]
    [InlineData("\uFB01on", "Fion")]
    public void Key_OfSpellingsThatLookAlike_IsTheSame(string one, string other) =>
        Assert.Equal(Person.Key(one), Person.Key(other));

    [Theory]
    [InlineData("Ada Lovelace", "AdaLovelace")]
    [InlineData("J\u00F6rg", "Jorg")]
    [InlineData("Sam Doe", "Sam Doe, Jr.")]
    [InlineData("O'Brien", "OBrien")]
    public void Key_OfNamesThatDiffer_Differs(string one, string other) =>
        Assert.NotEqual(Person.Key(one), Person.Key(other));

    [Theory]
    [InlineData("\uD800broken")]
    [InlineData("")]
    public void Key_OfWhatIsNoName_IsStillText(string name) =>
        Assert.True(Person.Key(name).Length <= Person.NameMaxLength);

    [Fact]
    public void Key_OfLettersThatBecomeMany_FitsWhereKeysAreKept() =>
        Assert.Equal(Person.NameMaxLength, Person.Key(new string('\uFDFA', Person.NameMaxLength)).Length);
}
