using LpcSite.Emails;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.AspNetCore.Identity;
using NodaTime;

namespace LpcSite.Accounts;

/// <summary>
/// The login of a person. A person may exist without one, and then plays their roles as others wrote them down.
/// </summary>
public class Account : IdentityUser<int>
{
    /// <summary>
    /// The longest address that SMTP carries (RFC 5321, section 4.5.3.1.3, without its angle brackets).
    /// </summary>
    public const int MailMaxLength = MailAddress.MaxLength;

    /// <summary>
    /// What names and addresses are made of: no line breaks, which would end a letter's header, and no NUL, which
    /// PostgreSQL does not keep.
    /// </summary>
    public const string OneLine = @"[^\p{Cc}]*";

    public const int PasswordMinLength = 12;
    public const int PasswordMaxLength = 200;

    private Account() { }

    private Account(Person person, Instant now) => (Person, CreatedAt) = (person, now);

    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;
    public Instant CreatedAt { get; private set; }

    /// <summary>
    /// Which code of the phone was taken last, as the number of its half minute since 1970 (RFC 6238): none of before
    /// is taken again.
    /// </summary>
    public long LastCodeStep { get; private set; }

    /// <summary>Stands in where nobody is known, so that the same is done as for somebody.</summary>
    internal static Account Nobody => new() { SecurityStamp = "" };

    /// <param name="mail">The address it is known by, also as the name to sign in with.</param>
    /// <exception cref="RuleException">There can be no such address.</exception>
    public static Account For(Person person, string mail, Instant now)
    {
        var address = MailAddress.Require(mail);
        return new(person, now) { UserName = address, Email = address };
    }

    /// <summary>It now belongs to the one that its person turned out to be.</summary>
    public void MoveTo(Person person) => Person = person;
}
