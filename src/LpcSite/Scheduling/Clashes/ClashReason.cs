using System.Globalization;
using LpcSite.People;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Scheduling.Clashes;

/// <summary>
/// A clash with which the organizers live, and why. The reason stays as long as the same people clash as badly in the
/// same slots.
/// </summary>
public class ClashReason
{
    public const int ReasonMaxLength = 500;
    public const int KeyMaxLength = 120;

    private ClashReason() { }

    /// <param name="key">Of the <see cref="Clash"/>.</param>
    public ClashReason(int conferenceId, string key, string reason, Person by, Instant now)
    {
        Rule.Require(
            !string.IsNullOrWhiteSpace(reason) && reason.Length <= ReasonMaxLength,
            $"Say in 1 to {ReasonMaxLength} characters why this clash can stay."
        );
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

    /// <summary>
    /// The microconference has another slot instead of one that is gone: what was said about its place there holds
    /// here, if it clashes again.
    /// </summary>
    internal void Moves(int microconference, int from, int to) =>
        Key = string.Join(
            ':',
            Key.Split(':')
                .Select(side =>
                    side.Split('.') is [var where, var slot, .. var topic]
                    && (where, Number(slot)) == (ClashFinder.WhereOf(microconference), from)
                        ? string.Join('.', [where, to.ToString(CultureInfo.InvariantCulture), .. topic])
                        : side
                )
        );

    /// <summary>The slot of a microconference that a key is about; null where it is about none of its slots.</summary>
    internal int? SlotOf(int microconference) =>
        Key.Split(':')
            .Select(side => side.Split('.'))
            .Where(side => side.Length > 1 && side[0] == ClashFinder.WhereOf(microconference))
            .Select(side => (int?)Number(side[1]))
            .FirstOrDefault();

    /// <summary>
    /// Whom a key is about, 0 for nobody, and which two: each is what a <see cref="Need"/> says where, with the number
    /// that stands in it.
    /// </summary>
    internal static (int Person, (string Kind, int Number) One, (string Kind, int Number) Other) ReadKey(string key)
    {
        var parts = key.Split(':');
        return (Number(parts[0]), Side(parts[1]), Side(parts[2]));
    }

    private static (string Kind, int Number) Side(string key) =>
        key.Split('.')[0].Split('-') is [var kind, var number] ? (kind, Number(number)) : (key, 0);

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
