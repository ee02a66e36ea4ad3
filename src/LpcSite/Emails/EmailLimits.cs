using System.Globalization;
using LpcSite.Data;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Emails;

/// <summary>
/// How many letters go to addresses that somebody typed: to one address, from one person, from one network. The site
/// would else write to strangers as often as anybody likes. The database counts, in the transaction of the letter, so
/// that many who ask at once get no more.
/// </summary>
public sealed class EmailLimits(LpcDbContext db, EmailCaller caller, IClock clock)
{
    /// <summary>So many letters go to one address at once, and again within an hour.</summary>
    public const int ToOneAddress = 5;

    /// <summary>So many letters one person sends at once, and again within an hour.</summary>
    public const int FromOnePerson = 40;

    /// <summary>So many an organizer sends.</summary>
    public const int FromAnOrganizer = 400;

    /// <summary>So many come from one network, such as that of a venue full of people.</summary>
    public const int FromOneNetwork = 200;

    private static readonly Duration Hour = Duration.FromHours(1);

    /// <summary>Counts a letter to an address that somebody typed.</summary>
    /// <returns>
    /// Whether it may be written. The number of letters to an address is for nobody else to know: who is not signed in
    /// is told the same either way.
    /// </returns>
    /// <exception cref="RuleException">Too many letters were asked for by this person or from this network.</exception>
    public async Task<bool> TakeAsync(string address, CancellationToken stop)
    {
        // Always in this order, so that no two wait for each other.
        if (caller.Network is { } network)
        {
            Rule.Require(
                await TakeAsync(EmailLimitKind.Network, network, FromOneNetwork, stop),
                "Too many emails were asked for from your network within the last hour. Wait some minutes, and try "
                    + "again."
            );
        }

        if (caller.PersonId is { } person)
        {
            var (most, key) = (
                caller.IsOrganizer ? FromAnOrganizer : FromOnePerson,
                person.ToString(CultureInfo.InvariantCulture)
            );
            Rule.Require(
                await TakeAsync(EmailLimitKind.Sender, key, most, stop),
                $"You asked for {most} emails within the last hour. Wait some minutes, and try again."
            );
        }

        return await TakeAsync(EmailLimitKind.Recipient, MailAddress.Key(address), ToOneAddress, stop);
    }

    /// <summary>The same for somebody who is signed in and waits to hear that the letter is on its way.</summary>
    /// <exception cref="RuleException">It may not be written.</exception>
    public async Task RequireAsync(string address, CancellationToken stop) =>
        Rule.Require(
            await TakeAsync(address, stop),
            "That address was sent several emails within the last hour, so that no more go there for now. Try again "
                + "in an hour."
        );

    /// <summary>Forgets the limits of which all is there again.</summary>
    public static async Task ForgetAsync(Func<LpcDbContext> open, Instant now, CancellationToken stop)
    {
        await using var db = open();
        await db.LetterLimits.Where(l => l.FullAt < now).ExecuteDeleteAsync(stop);
    }

    private async Task<bool> TakeAsync(EmailLimitKind kind, string key, int most, CancellationToken stop)
    {
        var (now, step) = (clock.GetCurrentInstant(), Hour / most);
        var (counted, latest) = (kind.ToString(), now + Hour);

        // The row is locked until the letter's transaction ends; where nothing is left, no row is changed.
        return await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO letter_limits AS used (kind, key, full_at) VALUES ({counted}, {key}, {now + step})
                ON CONFLICT (kind, key) DO UPDATE SET full_at = greatest(used.full_at, {now}) + {step}
                WHERE greatest(used.full_at, {now}) + {step} <= {latest}
                """,
                stop
            ) > 0;
    }
}
