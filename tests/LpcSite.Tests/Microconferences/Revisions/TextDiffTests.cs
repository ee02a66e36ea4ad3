using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LpcSite.Microconferences.Revisions;

namespace LpcSite.Tests.Microconferences.Revisions;

/// <summary>
/// The difference of two texts says what became of every word, and from it both texts can be had again.
/// </summary>
public sealed class TextDiffTests
{
    [Fact]
    public void Between_TwoWordsReplaced_KeepsTheRestOfTheLine()
    {
        var line = Assert.Single(
            TextDiff.Between("We discuss the old allocator of Rust.", "We discuss the new slab of Rust.")
        );

        Assert.Equal(
            [
                new(TextDiff.Kind.Same, "We discuss the "),
                new(TextDiff.Kind.Removed, "old allocator"),
                new(TextDiff.Kind.Added, "new slab"),
                new(TextDiff.Kind.Same, " of Rust."),
            ],
            line.Runs
        );
        Assert.Equal((1, 1, true), (line.Before, line.After, line.IsChanged));
    }

    [Fact]
    public void Between_ALineInserted_NumbersBothSides()
    {
        var lines = TextDiff.Between("One\nTwo", "One\n\nNew\nTwo");

        Assert.Equal([(1, 1), (null, 2), (null, 3), (2, 4)], lines.Select(l => (l.Before, l.After)));
        Assert.Empty(lines[1].Runs);
        Assert.False(lines[1].IsSame);
    }

    [Fact]
    public void Between_OneLineAmongOthersReworded_IsPairedWithItsSuccessor()
    {
        var lines = TextDiff.Between(
            "The scheduler picks a task.",
            "Entirely different words here\nThe scheduler picks one task.\nAnd more of them"
        );

        Assert.Equal([(null, 1), (1, 2), (null, 3)], lines.Select(l => (l.Before, l.After)));
        Assert.True(lines[1].IsChanged);
    }

    [Fact]
    public void Between_LinesWithNothingInCommon_AreRemovedAndAdded()
    {
        var lines = TextDiff.Between("Alpha beta gamma", "Delta epsilon zeta");

        Assert.Equal([(1, null), (null, 1)], lines.Select(l => (l.Before, l.After)));
    }

    [Fact]
    public void Between_LineEndsOfTwoKinds_IsNoDifference() =>
        Assert.All(TextDiff.Between("One\r\nTwo\r\n", "One\nTwo\n"), line => Assert.True(line.IsSame));

    [Theory]
    [InlineData("Zażółć gęślą jaźń", "Zażółć starą jaźń", "gęślą", "starą")]
    [InlineData("naive cafe\u0301 owner", "naive cafe owner", "cafe\u0301", "cafe")]
    [InlineData("It is 🐧 time", "It is 🐦 time", "🐧", "🐦")]
    [InlineData("内存管理讨论", "内存安全讨论", "管理", "安全")]
    [InlineData("Обсудим старый драйвер", "Обсудим новый драйвер", "старый", "новый")]
    public void Between_WordsOfAnyScript_AreCutWhereReadersCutThem(
        string before,
        string after,
        string removed,
        string added
    )
    {
        var line = Assert.Single(TextDiff.Between(before, after));

        Assert.Equal(removed, Assert.Single(line.Runs, run => run.Kind is TextDiff.Kind.Removed).Text);
        Assert.Equal(added, Assert.Single(line.Runs, run => run.Kind is TextDiff.Kind.Added).Text);
    }

    [Property(MaxTest = 500)]
    public Property Between_AnyTwoTexts_GivesBothBack() =>
        Prop.ForAll(
            SomeTexts.Pair,
            pair =>
            {
                var lines = TextDiff.Between(pair.Item1, pair.Item2);
                return string.Join('\n', lines.Where(l => l.Before is not null).Select(l => l.TextBefore))
                        == SomeTexts.Lf(pair.Item1)
                    && string.Join('\n', lines.Where(l => l.After is not null).Select(l => l.TextAfter))
                        == SomeTexts.Lf(pair.Item2)
                    && lines
                        .Select(l => l.Before)
                        .OfType<int>()
                        .SequenceEqual(Enumerable.Range(1, SomeTexts.Lf(pair.Item1).Split('\n').Length))
                    && lines
                        .Select(l => l.After)
                        .OfType<int>()
                        .SequenceEqual(Enumerable.Range(1, SomeTexts.Lf(pair.Item2).Split('\n').Length));
            }
        );

    [Property(MaxTest = 300)]
    public Property Between_AnyTwoTexts_JoinsNeighboursOfOneKind() =>
        Prop.ForAll(
            SomeTexts.Pair,
            pair =>
                TextDiff
                    .Between(pair.Item1, pair.Item2)
                    .All(l =>
                        l.Runs.Zip(l.Runs.Skip(1)).All(two => two.First.Kind != two.Second.Kind)
                        && l.Runs.All(run => run.Text.Length > 0)
                    )
        );

    [Property(MaxTest = 200)]
    public Property Between_ATextAndItself_IsTheSame() =>
        Prop.ForAll(SomeTexts.One, text => TextDiff.Between(text, text).All(l => l.IsSame));

    [Fact]
    public void Around_AChangeInTheMiddle_LeavesOutWhatIsFar()
    {
        var lines = TextDiff.Between("1\n2\n3\n4\n5\n6\n7", "1\n2\n3\nfour\n5\n6\n7");

        Assert.Equal(
            ["-", "3", "4", "four", "5", "-"],
            TextDiff.Around(lines, 1).Select(l => l is null ? "-" : string.Concat(l.Runs.Select(r => r.Text)))
        );
    }

    public static TheoryData<string, string, string> LongTexts()
    {
        var words = string.Join(' ', Enumerable.Range(0, 15_000).Select(i => $"w{i * 7919 % 4001}"));
        var lines = string.Join(
            '\n',
            Enumerable
                .Range(0, 1200)
                .Select(i => $"Line {i} has some words about subsystem {i * 31 % 97} and what is next for it.")
        );
        var tiny = string.Join('\n', Enumerable.Range(0, 50_000).Select(i => (char)('a' + (i % 26))));
        var rng = new Random(42);
        return new()
        {
            {
                "few changes in many lines",
                lines,
                lines.Replace("subsystem 13 ", "the scheduler ", StringComparison.Ordinal)
            },
            { "one long line, few changes", words, words.Replace("w17 ", "new ", StringComparison.Ordinal) },
            { "nothing in common", lines, words },
            { "every line changed", lines, lines.Replace("some words", "a few words", StringComparison.Ordinal) },
            { "tiny lines reversed", tiny, new string([.. tiny.Reverse()]) },
            { "tiny lines shuffled", string.Join('\n', Shuffled(rng)), string.Join('\n', Shuffled(rng)) },
            { "words shuffled", string.Join(' ', Shuffled(rng)), string.Join(' ', Shuffled(rng)) },
        };
    }

    [Theory]
    [MemberData(nameof(LongTexts))]
    public void Between_TextsOf100KB_SaysWhatChangedInThem(string what, string before, string after)
    {
        var lines = TextDiff.Between(before, after);

        Assert.True(lines.Count > 0, what);
    }

    private static string[] Shuffled(Random rng)
    {
        var numbers = Enumerable.Range(0, 16_000).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();
        rng.Shuffle(numbers);
        return numbers;
    }
}
