namespace LpcSite.Browser.Fixture;

/// <summary>
/// Every page that needs no account, with much on it and with nothing. A last part "topics/first" is the first topic's
/// address.
/// </summary>
public static class PublicPages
{
    public const string Crowded = "/crowded/mc";

    /// <summary>The page that the design puts numbers on.</summary>
    public const string Weighed = "/2022/mc";

    public const string Schedule = "/placed/schedule";

    private static readonly string[] Paths =
    [
        "/2022",
        Weighed,
        "/2022/mc?status=accepted",
        "/2022/mc/vfio-iommu-pci",
        "/2022/mc/vfio-iommu-pci/topics/first",
        "/2022/people",
        "/2022/people/alex-williamson",
        "/2022/sponsors",
        "/2022/calls",
        "/crowded",
        Crowded,
        $"/crowded/mc/{CrowdedConference.FullSlug}",
        "/crowded/mc/withdrawn-words",
        $"/crowded/mc/{CrowdedConference.FullSlug}/topics/first",
        "/crowded/people",
        "/crowded/people/michal-kopec-oresund",
        "/crowded/sponsors",
        "/crowded/calls",
        "/crowded/search",
        "/crowded/search?q=memory",
        "/crowded/search?q=zyzzyva",
        "/crowded/search?q=%2B%2B",
        "/crowded/nothing-here",
        "/quiet",
        "/quiet/mc",
        "/quiet/people",
        "/quiet/sponsors",
        "/quiet/calls",
        "/quiet/stars",
        "/quiet/schedule",
        Schedule,
        $"{Schedule}?room=Herbert",
        $"{Schedule}?person=nobody",
        "/placed/mc/boot-and-everything-before-the-kernel",
        "/placed/people/lukasz-zolc",
        "/nothing-here",
    ];

    public static TheoryData<string> All => [.. Paths];

    /// <summary>The pages that show a whole conference.</summary>
    public static TheoryData<string> Full => [Weighed, Crowded];

    internal static IReadOnlyList<string> AllPaths => Paths;
}
