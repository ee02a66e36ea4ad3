using LpcSite.Reviews;

namespace LpcSite.Tests.Reviews;

public sealed class SharedWordsTests
{
    private static readonly SharedWords.Proposal[] Proposals =
    [
        Of(
            1,
            "Live patching",
            "Shadow variables and stack unwinding need an answer that the community agrees on.",
            "klp-convert"
        ),
        Of(
            2,
            "Memory management",
            "Folios, huge pages and reclaim: what the community has to agree on.",
            "Folios in file systems"
        ),
        Of(
            3,
            "File systems",
            "The page cache wants folios, and reclaim wants an answer.",
            "Huge pages in the page cache"
        ),
        Of(4, "Real time", "Priority inheritance in the console code.", "printk"),
        Of(5, "Printing", "Drivers without drivers: see https://lore.example.org/folios/huge-pages.", "IPP"),
        Of(6, "RISC-V", "Extensions that vendors want now.", "ISA profiles"),
        Of(7, "Toolchains", "Unwinding without frame pointers.", "SFrame"),
    ];

    [Fact]
    public void Of_ProposalsOnOneSubject_NamesThemAndWhatTheyShare()
    {
        var alike = SharedWords.Of(Proposals);

        Assert.Equal((2, 3), (alike[0].First, alike[0].Second));
        Assert.Equal(
            ["folios", "file", "huge", "pages", "systems", "reclaim"],
            alike[0]
                .Words.OrderBy(w =>
                    w switch
                    {
                        "folios" => 0,
                        "file" => 1,
                        "huge" => 2,
                        "pages" => 3,
                        "systems" => 4,
                        _ => 5,
                    }
                )
        );
        Assert.DoesNotContain(alike, pair => pair.First == 5 || pair.Second == 5);
    }

    [Fact]
    public void Of_TwoProposalsAlone_CanBeAlike() =>
        Assert.Equal((2, 3), SharedWords.Of([Proposals[1], Proposals[2]]).Select(p => (p.First, p.Second)).Single());

    [Fact]
    public void Of_TheSameTwice_IsWhollyAlike() =>
        Assert.Equal(1, SharedWords.Of([Proposals[0], Proposals[0] with { Id = 9 }]).Single().Likeness, 6);

    [Fact]
    public void Of_NothingAndOfEmptyTexts_IsNothing()
    {
        Assert.Empty(SharedWords.Of([]));
        Assert.Empty(SharedWords.Of([Of(1, "", "", ""), Of(2, "", "", "")]));
    }

    private static SharedWords.Proposal Of(int id, string title, string text, string topic) =>
        new(id, title, text, [topic]);
}
