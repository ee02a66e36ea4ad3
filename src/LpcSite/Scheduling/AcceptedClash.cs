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

    /// <summary>Whom and which two microconferences a key is about.</summary>
    internal static (int Person, int One, int Other) ReadKey(string key)
    {
        var parts = key.Split(':');
        return (Number(parts[0]), Number(parts[1]["mc-".Length..]), Number(parts[2]["mc-".Length..]));
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
