using LpcSite.Conferences;
using LpcSite.Conferences.Settings;
using NodaTime;

namespace LpcSite.Tests.Conferences.Settings;

/// <summary>The pattern of a day on days on which the clock of the venue changes.</summary>
public sealed class HalfDayTests
{
    // In Dublin the clock goes from 1 to 2 on this night, and back from 2 to 1 on the other.
    private static readonly LocalDate Spring = new(2022, 3, 27);
    private static readonly LocalDate Autumn = new(2022, 10, 30);

    [Fact]
    public void On_ADayWithoutItsBeginning_IsEmptyAndNotAnError()
    {
        var night = new HalfDay("Night", new LocalTime(1, 30), new LocalTime(2, 0), null, 0);

        Assert.Equal(Duration.Zero, night.On(Spring, InDublin(Spring)).Duration);
        Assert.Equal(Duration.FromMinutes(30), night.On(Spring.PlusDays(1), InDublin(Spring)).Duration);
    }

    [Fact]
    public void On_ADayOnWhichTheClockChanges_IsAsLongAsTheClockOnTheWallSays()
    {
        var night = new HalfDay("Night", new LocalTime(0, 0), new LocalTime(4, 0), new LocalTime(1, 30), 30);

        Assert.Equal(Duration.FromHours(3), night.On(Spring, InDublin(Spring)).Duration);
        Assert.Equal(Duration.FromHours(5), night.On(Autumn, InDublin(Autumn)).Duration);
    }

    private static Conference InDublin(LocalDate day) =>
        new("2022", "Plumbing", "P", day, day.PlusDays(1), DateTimeZoneProviders.Tzdb["Europe/Dublin"], "Dublin");
}
