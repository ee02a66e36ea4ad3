using System.Globalization;
using LpcSite.Infrastructure;
using LpcSite.People;
using NodaTime;

namespace LpcSite.Scheduling;

/// <summary>A clash with which the organizers live, and why. The reason stays as long as the same people clash as badly.</summary>
public class AcceptedClash
{
    public const int ReasonMaxLength = 500;
    public const int KeyMaxLength = 80;

    private AcceptedClash()
    {
    }

    /// <param name="key">Of the <see cref="Clash"/>.</param>
    public AcceptedClash(int conferenceId, string key, string reason, Person by, Instant now)
    {
        Rule.Require(!string.IsNullOrWhiteSpace(reason) && reason.Length <= ReasonMaxLength, $"Say in 1 to {ReasonMaxLength} characters why this clash can stay.");
        (ConferenceId, Key, Reason, By, At) = (conferenceId, key, reason, by, now);
    }

    public int Id { get; private set; }
    public int ConferenceId { get; private set; }
    public string Key { get; private set; } = null!;
    public string Reason { get; private set; } = null!;
    public int ById { get; private set; }
    public Person By { get; private set; } = null!;
    public Instant At { get; private set; }

    /// <summary>The person whom the clash is about turned out to be another.</summary>
    internal void Concerns(Person person) => Key = FormattableString.Invariant($"{person.Id}{Key[Key.IndexOf(':')..]}");

    /// <summary>Whom a key is about, 0 for nobody, and which two: each is what a <see cref="Need"/> says where, with the number that stands in it.</summary>
    internal static (int Person, (string Kind, int Number) One, (string Kind, int Number) Other) ReadKey(string key)
    {
        var parts = key.Split(':');
        return (Number(parts[0]), Side(parts[1]), Side(parts[2]));
    }

    private static (string Kind, int Number) Side(string where) => where.Split('-') is [var kind, var number] ? (kind, Number(number)) : (where, 0);

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
