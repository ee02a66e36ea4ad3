using LpcSite.Conferences;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Tests.Fixture;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NodaTime;

namespace LpcSite.Browser.Fixture;

/// <summary>
/// A conference with as much on its pages as the site allows: long titles, long words, every form of text, every
/// status.
/// </summary>
internal sealed class CrowdedConference(SiteFixture site, IBrowser browser)
{
    public const string FullSlug = "memory-and-everything-that-moves-in-it";

    private const string Aoe = "Etc/GMT+12";

    private const string Thread =
        "https://lore.example.org/linux-mm/"
        + "20220328035951.1817417-2-a-very-long-message-identifier-that-no-line-can-hold"
        + "@mail.example.org/T/#mdeadbeefdeadbeefdeadbeef";

    private const string ReadCacheFolio =
        "struct folio *read_cache_folio(struct address_space *mapping, pgoff_t index, filler_t *filler, "
        + "struct file *file)";

    private const string LongFunction =
        "static inline int a_function_with_a_long_signature("
        + "struct mm_struct *mm, unsigned long address, unsigned int flags, struct vm_fault *vmf)";

    private const string LongCell = "the default; fastest where caches are warm and partial lists short";

    private const string LongWord =
        "Averyveryverylongwordwithoutanyplacewhereitcouldbebrokenintotwo"
        + "butwhichmustnotmakethepagewiderthanthephoneonwhichitisread";

    private const string Description = $$"""
        Much has happened since the last time, and **more** is _open_; see [1] and [cgroup-v2], or
        {{Thread}}

        ## What is open

        1. Folios in every filesystem, `{{ReadCacheFolio}}`
        2. The maple tree:
           * lockless readers
           * what `mmap_lock` still protects
        3. [x] done
        4. [ ] to do

        ### A table

        | Allocator | Objects per second | Remarks | Tested on |
        | --- | ---: | :---: | --- |
        | SLUB | 12,345,678 | {{LongCell}} | x86-64, arm64, riscv64, s390x |
        | SLOB_WITH_A_VERY_LONG_IDENTIFIER_THAT_CANNOT_BE_BROKEN | 1 | going | m68k |

        ```c
        {{LongFunction}}
        {
                return 0;
        }
        ```

        > Nobody has said that this would be easy.

        ---

        {{LongWord}}.
        """;

    private const string Results = """
        Of last year's five points three are merged:

        * **Multi-generation LRU**: in 6.1, <https://lwn.example.org/Articles/856931/>
        * Memory tiering: two of four series
        * `process_mrelease()`: done

        #### What was learned

        Bring slides that fit on one screen.
        """;

    private static readonly string[] Titles =
    [
        "Memory and everything that moves in it",
        "Android",
        "Compute Express Link",
        "Confidential Computing",
        "Containers and Checkpoint/Restore",
        "CPU Isolation",
        "IoTs a 4-Letter Word",
        "Kernel Testing & Dependability",
        "Linux/Arch",
        "Open Printing",
        "Power Management and Thermal Control",
        "Real-time and Scheduling",
        "RISC-V",
        "Service Management and systemd",
        "System Boot and Security, from the first instruction of the firmware to the last service that starts, and "
            + "who vouches...",
        "VFIO/IOMMU/PCI",
        "Zoned Storage Devices (SMR HDDs & ZNS SSDs)",
    ];

    private static readonly string[] Names =
    [
        "Michał Kopeć-Øresund",
        "Jörg Rödel",
        "Uwe Kleine-König",
        "Paul E. McKenney",
        "Vlastimil Babka",
        "Shuah Khan",
        "Łukasz Żółć",
        "Søren Ångström",
        "Maria Fernanda de los Ángeles Gutiérrez-Villanueva y Castro",
        "Ira",
        "D'Arcy O'Néill",
        "Suren Baghdasaryan",
    ];

    private static readonly MarkdownRenderer Renderer = new();

    public async Task AppearAsync()
    {
        await site.Given.ConferenceAsync(
            "crowded",
            tiers:
            [
                ("Diamond Sponsor", 1),
                ("Platinum Sponsors", 5),
                ("Gold Sponsors", 4),
                ("Video Recording Sponsor", 1),
                ("Conference Services Provided by", 1),
            ]
        );
        await using (var db = site.OpenDatabase())
        {
            var conference = await db.Conferences.SingleAsync(c => c.Slug == "crowded");
            var known = await db.People.Where(p => Names.Contains(p.Name)).ToListAsync();
            var people = Names
                .Select(name => known.Find(p => p.Name == name) ?? new Person(name, Slug.From(name, "person")))
                .ToList();
            db.AddRange(Titles.Select((title, position) => Microconference(conference, title, position, people)));
            await db.SaveChangesAsync();
        }

        await AddWithdrawnAsync();
        await AddSponsorsAsync();
        await AddCallsAsync();
        site.ForgetPages();
    }

    private static MarkdownText Render(string source, string slug) => Renderer.Render(source, slug);

    private Microconference Microconference(Conference conference, string title, int position, List<Person> people)
    {
        var now = site.Clock.GetCurrentInstant();
        var microconference = new Microconference(conference, Slug.From(title, "untitled"), title, now);
        var isFull = position % 4 == 0;
        microconference.Revise(
            Render(
                isFull ? Description
                    : title == "RISC-V" ? ""
                    : $"What {title} needs from the others, and what it has for them.",
                microconference.Slug
            ),
            Render(isFull ? Results : "", $"{microconference.Slug}--results"),
            0,
            null,
            "First text",
            now
        );
        microconference.LedBy([.. people.Skip(position % 5).Take(1 + (position % 4))]);
        microconference.NeedsToHave(isFull ? [.. people] : []);
        microconference.Cite(
            isFull
                ?
                [
                    ("[1]", "https://lore.example.org/all/20220501.1@example.org/"),
                    (
                        "cgroup-v2",
                        "https://docs.example.org/admin-guide/cgroup-v2.html"
                            + "?a-long-question=that-has-no-place-to-break-anywhere-in-it-and-goes-on-and-on-and-on"
                    ),
                ]
                : []
        );
        AddTopics(microconference, isFull, position, people);
        var status = (position % 3) switch
        {
            0 => MicroconferenceStatus.Accepted,
            1 => MicroconferenceStatus.Proposed,
            _ => MicroconferenceStatus.ChangesRequested,
        };
        microconference.Record(
            status,
            status is MicroconferenceStatus.Accepted ? (SessionForm)(position / 3 % 3) : null,
            null
        );
        return microconference;
    }

    private static void AddTopics(Microconference microconference, bool isFull, int position, List<Person> people)
    {
        for (var i = 0; i < 4 + (position % 6); i++)
        {
            var topic = microconference.Suggest(
                isFull && i == 0
                    ? "Passthrough without copies: what drivers, IOMMU and userspace (vfio-user, iommufd) owe each "
                        + "other [1] https://lists.example.org/iommufd"
                    : $"Problem {i + 1} of {microconference.Title}"
            );
            topic.Describe(
                isFull
                    ? i < 3
                        ? "PCI and everything that is attached to it"
                        : "VFIO:"
                    : null,
                position % 2 == 0 ? 15 + (i * 5) : null,
                Render(
                    isFull && i < 2
                        ? "Who decides?\n\n* the kernel, with `ioctl(fd, IOMMU_IOAS_MAP, &map)`\n* or nobody"
                        : "",
                    $"{microconference.Slug}--topic-{i}"
                ),
                isFull && i == 1
                    ?
                    [
                        "https://patches.example.org/project/linux-pci/list/"
                            + "?series=638474&state=%2A&archive=both&delegate=anybody-at-all",
                    ]
                    : [],
                isFull && i == 1 ? ["cgroup-v2"] : []
            );
            topic.SpokenBy([.. people.Skip(i).Take(i % 4)], i % 2, i == 2 ? "one of the two, remotely" : null);
        }
    }

    private async Task AddWithdrawnAsync()
    {
        await site.Given.MicroconferenceAsync(
            "Withdrawn words",
            MicroconferenceStatus.Withdrawn,
            "crowded",
            leads: [Names[0]]
        );
    }

    private async Task AddSponsorsAsync()
    {
        await site.Given.SponsorAsync(
            "Pipeworks",
            "https://pipeworks.example/",
            await LogoAsync("Pipeworks", 480, 120),
            "crowded",
            "Diamond Sponsor",
            "Video Recording Sponsor"
        );
        await site.Given.SponsorAsync(
            "Round & Sons",
            "https://round.example/",
            await LogoAsync("R&amp;S", 200, 200),
            "crowded",
            "Platinum Sponsors"
        );
        await site.Given.SponsorAsync(
            "Tall",
            "https://tall.example/",
            await LogoAsync("Tall", 160, 320),
            "crowded",
            "Platinum Sponsors"
        );
    }

    private async Task AddCallsAsync()
    {
        var now = site.Clock.GetCurrentInstant();
        await site.Given.CallAsync(
            now - Duration.FromDays(30),
            now + Duration.FromDays(13),
            Aoe,
            conference: "crowded"
        );
        await using var db = site.OpenDatabase();
        var microconferences = await db
            .Microconferences.Include(m => m.Conference)
            .Where(m => m.Conference.Slug == "crowded")
            .OrderBy(m => m.Id)
            .Take(3)
            .ToListAsync();
        await site.Given.CallAsync(
            now - Duration.FromDays(3),
            now + Duration.FromDays(40),
            Aoe,
            microconferences[0],
            "crowded"
        );
        await site.Given.CallAsync(
            now + Duration.FromDays(3),
            now + Duration.FromDays(50),
            Aoe,
            microconferences[1],
            "crowded"
        );
        await site.Given.CallAsync(
            now - Duration.FromDays(30),
            now - Duration.FromDays(3),
            Aoe,
            microconferences[2],
            "crowded"
        );
    }

    private async Task<byte[]> LogoAsync(string text, int width, int height)
    {
        var page = await browser.NewPageAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = height },
            }
        );
        await page.SetContentAsync(
            $"<body style='margin:0;display:grid;place-items:center;height:100vh;font:700 {height / 3}px "
                + $"sans-serif'>{text}"
        );
        var logo = await page.ScreenshotAsync();
        await page.CloseAsync();
        return logo;
    }
}
