using LpcSite.Accounts;
using LpcSite.Accounts.SignIn;
using LpcSite.People;
using NodaTime;

namespace LpcSite.Tests.Accounts.SignIn;

/// <summary>
/// Which passwords are refused because others would guess them, and that those which people remember are not.
/// </summary>
public sealed class GuessablePasswordTests
{
    private static readonly Account Account = Account.For(
        new Person("Marie Skłodowska", "marie"),
        "marie.curie@radium.example",
        Instant.MinValue
    );

    [Theory]
    [InlineData("password1234")]
    [InlineData("Password1234!")]
    [InlineData("P@ssw0rd1234")]
    [InlineData("passwordpassword")]
    [InlineData("123456789012")]
    [InlineData("1234567890123456")]
    [InlineData("qwertyuiop12")]
    [InlineData("qwertyuiopasdfghjkl")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("1q2w3e4r5t6y")]
    [InlineData("iloveyou1234")]
    [InlineData("letmeinletmein")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("abcabcabcabcabc")]
    [InlineData("abcdefghijklmnop")]
    [InlineData("administrator")]
    [InlineData("adminadminadmin")]
    [InlineData("welcome12345")]
    [InlineData("monkey123456")]
    [InlineData("football2022")]
    [InlineData("trustno1trustno1")]
    [InlineData("drowssapdrowssap")]
    public void Is_OfWhatManyPeopleHave_IsTrue(string password) => Assert.True(GuessablePassword.Is(password, Account));

    [Theory]
    [InlineData("marie.curie@radium.example")]
    [InlineData("MARIE.CURIE@radium.example 1")]
    [InlineData("marieskłodowska1")]
    [InlineData("skłodowska2022")]
    [InlineData("linuxplumbers")]
    [InlineData("LinuxPlumbers2027")]
    [InlineData("plumbersconference")]
    public void Is_OfWhatTheAccountIsKnownBy_IsTrue(string password) =>
        Assert.True(GuessablePassword.Is(password, Account));

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("four other quiet words")]
    [InlineData("vier andere stille wörter")]
    [InlineData("kettle orbit mustard lantern")]
    [InlineData("xK9#mQ2vL7pR")]
    [InlineData("наше море не замерзает")]
    [InlineData("安全な合言葉はここにあります")]
    public void Is_OfWordsWithoutDigitsOrSigns_IsFalse(string password) =>
        Assert.False(GuessablePassword.Is(password, Account));

    // What is refused at the end of a form must not keep the site busy.
    [Fact]
    public void Is_OfTheLongestPassword_LooksAtItsBeginningAlone()
    {
        var password = string.Concat(Enumerable.Range(0, Account.PasswordMaxLength).Select(i => "aA1!@z"[i % 6]));

        Assert.Equal(GuessablePassword.Is(password[..64], Account), GuessablePassword.Is(password, Account));
    }
}
