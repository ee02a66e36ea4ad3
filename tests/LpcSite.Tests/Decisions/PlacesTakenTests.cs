using LpcSite.Decisions;
using LpcSite.Microconferences;

namespace LpcSite.Tests.Decisions;

/// <summary>Places against what was accepted, as an organizer counts them.</summary>
public sealed class PlacesTakenTests
{
    [Fact]
    public void Of_AcceptedAndMeant_CountsByForm()
    {
        var taken = PlacesTaken.Of(
            3,
            [
                (MicroconferenceStatus.Accepted, SessionForm.Full, null, null),
                (MicroconferenceStatus.Accepted, null, Verdict.Accept, SessionForm.Half),
                (MicroconferenceStatus.Proposed, null, Verdict.Accept, null),
                (MicroconferenceStatus.Proposed, null, Verdict.Accept, SessionForm.Half),
                (MicroconferenceStatus.Proposed, null, Verdict.Accept, SessionForm.NoAv),
                (MicroconferenceStatus.Proposed, null, Verdict.Wait, null),
                (MicroconferenceStatus.Proposed, null, null, null),
                (MicroconferenceStatus.Declined, null, null, null),
            ]
        );

        Assert.Equal(new PlacesTaken(3, Full: 1, Half: 2, NoAv: 1, Open: 1), taken);
        Assert.Equal(3m, taken.Taken);
        Assert.False(taken.IsOver);
    }

    [Fact]
    public void IsOver_OfHalfAPlaceTooMuch_IsTrue() => Assert.True(new PlacesTaken(2, 2, 1, 0, 0).IsOver);

    [Fact]
    public void IsOver_WhileNobodyCounted_IsFalse() => Assert.False(new PlacesTaken(null, 99, 0, 0, 0).IsOver);
}
