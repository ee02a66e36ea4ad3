using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LpcSite.Exports.Calendars;

/// <summary>
/// By which numbers and guids other programs know what stands in the schedule: made of its uid alone, so that they stay
/// when it moves, gets another name, or comes back after it was cancelled. Rows of the database are never numbered
/// twice, so nothing else ever gets them.
/// <para>A topic keeps its own number, which its address shows as well. A part of a microconference is 1,000,000,000
/// and a hundred times the number of the microconference and the part; any other slot is 2,000,000,000 and its own.
/// They cannot meet below ten million microconferences, and all of them fit into the 31 bits that some readers have for
/// them.</para>
/// </summary>
public static class StableId
{
    private const int Sessions = 1_000_000_000;
    private const int Slots = 2_000_000_000;
    private const int PartsOfOne = 100;

    // Any guid would do, but never another one again.
    private static readonly Guid Namespace = new("aafd84a5-f160-4e02-a70a-1616dab90426");

    /// <param name="uid">As a <see cref="LpcSite.Scheduling.Releases.ScheduleDocument"/> gives them.</param>
    /// <exception cref="FormatException">It is no such uid.</exception>
    public static int Number(string uid) =>
        uid.Split('-') switch
        {
            ["topic", var topic] => Parse(topic),
            ["mc", var microconference] => checked(Sessions + Parse(microconference) * PartsOfOne + 1),
            ["mc", var microconference, var part] => checked(
                Sessions + Parse(microconference) * PartsOfOne + Parse(part)
            ),
            ["slot", var slot] => checked(Slots + Parse(slot)),
            _ => throw new FormatException($"'{uid}' names nothing in a schedule."),
        };

    /// <summary>
    /// A name-based UUID of version 5 (RFC 9562, section 5.5), as all installations made it before they had an id.
    /// </summary>
    public static Guid Global(string conference, string uid) => Version5(Namespace, $"{conference}/{uid}");

    /// <summary>The same in the space of one installation.</summary>
    public static Guid Global(Guid installation, string conference, string uid) =>
        Version5(installation, $"{conference}/{uid}");

    internal static Guid Version5(Guid space, string name)
    {
        var bytes = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        space.TryWriteBytes(bytes, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, bytes.AsSpan(16));
#pragma warning disable CA5350 // The standard names SHA-1, and nothing is kept secret with it.
        var hash = SHA1.HashData(bytes);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    private static int Parse(string number) => int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture);
}
