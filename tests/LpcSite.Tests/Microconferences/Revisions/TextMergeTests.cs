using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LpcSite.Microconferences.Revisions;

namespace LpcSite.Tests.Microconferences.Revisions;

/// <summary>
/// Two people change one text: what either of them wrote is in the result, and where they disagree it says so.
/// </summary>
public sealed class TextMergeTests
{
    [Fact]
    public void Of_ChangesOfDifferentLines_BringsBothTogether()
    {
        var merge = TextMerge.Of("One\nTwo\nThree\nFour", "One!\nTwo\nThree\nFour", "One\nTwo\nThree\nFour\nFive");

        Assert.Equal(("One!\nTwo\nThree\nFour\nFive", false), (merge.Text, merge.HasConflicts));
    }

    [Fact]
    public void Of_ChangesOfNeighbouringLines_BringsBothTogether()
    {
        var merge = TextMerge.Of("- one\n- two", "- one, by me\n- two", "- one\n- two, by them");

        Assert.Equal(("- one, by me\n- two, by them", false), (merge.Text, merge.HasConflicts));
    }

    [Fact]
    public void Of_ChangesOfOneLine_KeepsBothBetweenMarks()
    {
        var merge = TextMerge.Of("Begin\nOld\nEnd", "Begin\nMine\nEnd", "Begin\nTheirs\nEnd");

        Assert.Equal("Begin\n<<<<<<< yours\nMine\n=======\nTheirs\n>>>>>>> saved meanwhile\nEnd", merge.Text);
        Assert.Equal([new(2, "Mine", "Theirs")], merge.Conflicts);
        Assert.True(TextMerge.IsMarkedIn(merge.Text));
        Assert.False(TextMerge.IsMarkedIn("Begin\nMine\n=======\nEnd"));
    }

    [Fact]
    public void Of_OneDeletesWhatTheOtherChanges_AsksAndKeepsTheChange()
    {
        var merge = TextMerge.Of("A\nOld\nZ", "A\nZ", "A\nNew\nZ");

        Assert.Equal([new(2, "", "New")], merge.Conflicts);
        Assert.Contains("\nNew\n", merge.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_BothAppendAtTheEnd_AsksInWhichOrder()
    {
        var merge = TextMerge.Of("A", "A\nMine", "A\nTheirs");

        Assert.Equal([new(2, "Mine", "Theirs")], merge.Conflicts);
    }

    [Fact]
    public void Of_OneInsertsWhereTheOtherChangesTheNextLine_BringsBothTogether()
    {
        var merge = TextMerge.Of("A\nB", "A\nInserted\nB", "A\nChanged");

        Assert.Equal(("A\nInserted\nChanged", false), (merge.Text, merge.HasConflicts));
    }

    [Fact]
    public void Of_FormAndStoredText_SeesNoDifferenceInLineEnds()
    {
        var merge = TextMerge.Of("A\nB\nC", "A\r\nB\r\nMine", "Theirs\nB\nC");

        Assert.Equal(("Theirs\nB\nMine", false), (merge.Text, merge.HasConflicts));
    }

    [Property(MaxTest = 300)]
    public Property Of_OnlyOneChanged_IsThatOnesText() =>
        Prop.ForAll(
            SomeTexts.Pair,
            pair =>
                TextMerge.Of(pair.Item1, pair.Item1, pair.Item2) is { HasConflicts: false } theirs
                && theirs.Text == SomeTexts.Lf(pair.Item2)
                && TextMerge.Of(pair.Item1, pair.Item2, pair.Item1) is { HasConflicts: false } mine
                && mine.Text == SomeTexts.Lf(pair.Item2)
        );

    [Property(MaxTest = 300)]
    public Property Of_BothChangedAlike_IsThatText() =>
        Prop.ForAll(
            SomeTexts.Pair,
            pair =>
                TextMerge.Of(pair.Item1, pair.Item2, pair.Item2) is { HasConflicts: false } both
                && both.Text == SomeTexts.Lf(pair.Item2)
        );

    [Property(MaxTest = 1000)]
    public Property Of_AnyThreeTexts_LosesNothing() =>
        Prop.ForAll(
            SomeTexts.Triple,
            texts =>
            {
                var (origin, mine, theirs) = texts;
                var merged = SomeTexts
                    .Lf(TextMerge.Of(origin, mine, theirs).Text)
                    .Split('\n')
                    .CountBy(line => line)
                    .ToDictionary();
                return new[] { mine, theirs }.All(side =>
                    TextDiff
                        .Between(origin, side)
                        .Where(l => l.Before is null || l.IsChanged)
                        .CountBy(l => l.TextAfter)
                        .All(added => merged.GetValueOrDefault(added.Key) >= added.Value)
                );
            }
        );

    [Property(MaxTest = 500)]
    public Property Of_AnyThreeTexts_IsTheSameFromEitherSideButForTheOrder() =>
        Prop.ForAll(
            SomeTexts.Triple,
            texts =>
            {
                var (origin, mine, theirs) = texts;
                var (one, other) = (TextMerge.Of(origin, mine, theirs), TextMerge.Of(origin, theirs, mine));
                return one.HasConflicts == other.HasConflicts
                    && (one.HasConflicts || one.Text == other.Text)
                    && one.Conflicts.Select(c => (c.Mine, c.Theirs))
                        .SequenceEqual(other.Conflicts.Select(c => (c.Theirs, c.Mine)));
            }
        );

    [Property(MaxTest = 300)]
    public Property Of_ChangesOfLinesApart_HasNoConflict() =>
        Prop.ForAll(
            (from count in Gen.Choose(2, 40) from owners in Gen.Choose(0, 3).ListOf(count) select owners).ToArbitrary(),
            owners =>
            {
                // Every line is its own, so that what was changed is beyond doubt; 1 is changed by me, 2 by them, 3
                // removed by me.
                string Write(bool asMe, bool asThem) =>
                    string.Join(
                        '\n',
                        owners
                            .Select(
                                (owner, i) =>
                                    owner switch
                                    {
                                        1 when asMe => $"line {i} by me",
                                        2 when asThem => $"line {i} by them",
                                        3 when asMe => null,
                                        _ => $"line {i}",
                                    }
                            )
                            .OfType<string>()
                    );
                var merge = TextMerge.Of(Write(false, false), Write(true, false), Write(false, true));
                return !merge.HasConflicts && merge.Text == Write(true, true);
            }
        );
}
