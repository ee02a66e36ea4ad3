using System.Globalization;
using LpcSite.Scheduling;
using LpcSite.Tests.Fixture;
using LpcSite.Tests.Scheduling;
using NodaTime;

namespace LpcSite.Browser.Fixture;

/// <summary>
/// A conference whose schedule is released: as many sessions, rooms and topics as LPC has, and the longest words of all
/// of them.
/// </summary>
internal sealed class PlacedConference(SiteFixture site)
{
    private const string Slug = "placed";

    private static readonly (string Name, int? Seats)[] Rooms =
    [
        ("Herbert", 120),
        ("Meeting 1&2", 90),
        ("Ulster & Munster", 100),
        ("Lansdowne", 200),
        ("Pembroke", null),
    ];

    private static readonly string[] Titles =
    [
        "Boot and everything before the kernel",
        "Kernel Memory Management",
        "VFIO/IOMMU/PCI",
        "Containers and Checkpoint/Restore",
        "Real-time and Scheduling",
        "Kernel Testing & Dependability",
        "System Boot and Security, from the first instruction of the firmware to the last service that starts, and "
            + "who vouches",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "Power Management and Thermal Control",
        "Open Printing",
        "RISC-V",
        "Linux/Arch",
        "Rust",
        "Zoned Storage Devices (SMR HDDs & ZNS SSDs)",
        "Live Patching",
        "Confidential Computing",
        "Compute Express Link",
        "Android",
    ];

    private static readonly string[] People =
    [
        "Łukasz Żółć",
        "Søren Ångström",
        "Michał Kopeć-Øresund",
        "Jörg Rödel",
        "Maria Fernanda de los Ángeles Gutiérrez-Villanueva y Castro",
        "Vlastimil Babka",
        "Shuah Khan",
        "Uwe Kleine-König",
        "D'Arcy O'Néill",
    ];

    public async Task AppearAsync()
    {
        await site.RoomsAsync(Slug, Rooms);
        for (var i = 0; i < Titles.Length; i++)
        {
            await PlaceAsync(i);
        }

        await site.StandsAsync(Slug, SlotKind.Plenary, "Opening", "Lansdowne", new(2022, 9, 12, 9, 0), 45);
        await site.StandsAsync(Slug, SlotKind.Track, "Refereed talks", "Pembroke", new(2022, 9, 12, 10, 0), 150);
        await site.StandsAsync(Slug, SlotKind.Plenary, "Closing", "Lansdowne", new(2022, 9, 14, 18, 45), 30);
        await site.ReleasedAsync(Slug);
    }

    // Three in the morning and three in the afternoon of each day.
    private async Task PlaceAsync(int i)
    {
        var starts = new LocalDateTime(2022, 9, 12 + (i / 6), i % 6 < 3 ? 10 : 15, 0);
        string[] topics =
        [
            .. Enumerable
                .Range(1, 7)
                .Select(n =>
                    (i + n) % 6 == 0
                        ? $"Passthrough without copies, number {n}: what drivers, IOMMU and userspace (vfio-user, "
                            + $"iommufd) owe each other in {Titles[i]}"
                        : string.Create(CultureInfo.InvariantCulture, $"Problem {n} of {Titles[i]}")
                ),
        ];

        // Nobody is needed in two places at once.
        var people = People[(i % 3 * 3)..];
        var mc = await site.PlacedAsync(
            Slug,
            Titles[i],
            i == 17 ? null : Rooms[i % 3].Name,
            starts,
            topics: topics,
            speakers: [people[0], people[2]],
            leads: [people[0], people[1]]
        );
        if (i % 5 != 4)
        {
            await site.ArrangedAsync(
                mc,
                (topics[1], 0, 30),
                (topics[0], 30, 30),
                (topics[2], 60, 30),
                ("Coffee", 90, 30),
                (topics[3], 120, 30),
                (topics[4], 150, 30),
                ("What comes next", 180, 30)
            );
        }
    }
}
