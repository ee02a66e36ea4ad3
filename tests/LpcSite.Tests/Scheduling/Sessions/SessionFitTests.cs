using LpcSite.Rules;
using LpcSite.Scheduling.Sessions;

namespace LpcSite.Tests.Scheduling.Sessions;

/// <summary>How minutes are proposed for the topics of a half-day.</summary>
public sealed class SessionFitTests
{
    private static readonly (int, int)[] Coffee = [(90, 30)];

    [Fact]
    public void Fit_OfNothing_IsNothing() => Assert.Empty(SessionFit.Fit(210, Coffee, []));

    [Fact]
    public void Fit_OfOneTopic_KeepsWhatItWishesFor() => Assert.Equal([(0, 45)], Fit(210, Coffee, 45));

    [Fact]
    public void Fit_WhereThereIsRoom_FillsTheTimeBeforeTheBreakFirst() =>
        Assert.Equal([(0, 30), (30, 22), (120, 45)], Fit(210, Coffee, 30, 22, 45));

    [Fact]
    public void Fit_OfExactlyWhatThereIs_LeavesNothingFree() =>
        Assert.Equal([(0, 45), (45, 45), (120, 45), (165, 45)], Fit(210, Coffee, 45, 45, 45, 45));

    [Fact]
    public void Fit_OfTooMuch_ShortensInStepsAndStaysInside()
    {
        var fitted = Fit(210, Coffee, 45, 45, 30, 30, 30, 30, 20);

        Assert.All(fitted, f => Assert.Equal(0, f.Minutes % SessionFit.Step));
        Assert.All(
            fitted,
            f =>
                Assert.True(
                    f.StartsAfter + f.Minutes <= 90 || f is { StartsAfter: >= 120 } && f.StartsAfter + f.Minutes <= 210,
                    $"{f} leaves the slot or stands in the break."
                )
        );
        Assert.Equal(180, fitted.Sum(f => f.Minutes));
    }

    [Fact]
    public void Fit_OfATopicLongerThanTheTimeToTheBreak_EndsAtTheBreak() =>
        Assert.Equal([(0, 90)], Fit(210, Coffee, 180));

    [Fact]
    public void Fit_OfAsManyAsTherePossiblyCanBe_GivesEachFiveMinutes() =>
        Assert.Equal(Enumerable.Range(0, 18).Select(i => (i * 5, 5)), Fit(90, [], [.. Enumerable.Repeat(45, 18)]));

    [Fact]
    public void Fit_OfOneTopicMoreThanThat_IsRefused() =>
        Assert.Throws<RuleException>(() => Fit(90, [], [.. Enumerable.Repeat(45, 19)]));

    // As a form can hold them that nobody has filled in by hand.
    [Fact]
    public async Task Fit_OfAThousandTopicsAndBreaks_IsRefusedAtOnce()
    {
        var fitting = Task.Run(
            () => Fit(1440, [.. Enumerable.Range(0, 500).Select(i => (2 * i, 1))], [.. Enumerable.Repeat(45, 500)]),
            TestContext.Current.CancellationToken
        );

        await Assert.ThrowsAsync<RuleException>(() =>
            fitting.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public void Fit_OfAShortOneBesideALongOne_TakesNothingFromTheShortOne() =>
        Assert.Equal([(0, 3), (3, 85)], Fit(90, [], 3, 240));

    [Fact]
    public void Fit_InHalfASlot_KnowsNoBreak() => Assert.Equal([(0, 30), (30, 30), (60, 30)], Fit(90, [], 45, 45, 45));

    [Fact]
    public void Fit_WithAWelcome_ShortensTopicsAndNotTheWelcome() =>
        Assert.Equal([(0, 10), (10, 40), (50, 40)], SessionFit.Fit(90, [], [(10, true), (45, false), (45, false)]));

    [Fact]
    public void Fit_OfAWelcomeThatFillsTheSlot_IsRefusedBesideATopic() =>
        Assert.Throws<RuleException>(() => SessionFit.Fit(90, [], [(90, true), (15, false)]));

    [Fact]
    public void Fit_OverAWholeDay_GoesAroundEveryBreak() =>
        Assert.Equal([(0, 60), (90, 60), (180, 60)], Fit(240, [(60, 30), (150, 30)], 60, 60, 60));

    private static IReadOnlyList<(int StartsAfter, int Minutes)> Fit(
        int minutes,
        (int, int)[] breaks,
        params int[] wishes
    ) => SessionFit.Fit(minutes, breaks, [.. wishes.Select(w => (w, false))]);
}
