using LpcSite.Tests.Fixture;
using NodaTime;

namespace LpcSite.Browser.Fixture;

/// <summary>A conference of which only the dates are known: every page of it is an empty state.</summary>
internal sealed class QuietConference(SiteFixture site)
{
    public async Task AppearAsync() =>
        await site.Given.ConferenceAsync("quiet", "Asia/Tokyo", new LocalDate(2023, 11, 13));
}
