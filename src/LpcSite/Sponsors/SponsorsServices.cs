namespace LpcSite.Sponsors;

/// <summary>The use cases of sponsors, as the site is put together of them.</summary>
internal static class SponsorsServices
{
    public static void AddSponsors(this IServiceCollection services)
    {
        services.AddScoped<SponsorEditing>();
    }
}
