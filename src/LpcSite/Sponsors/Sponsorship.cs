namespace LpcSite.Sponsors;

/// <summary>One sponsor's place in one tier.</summary>
public class Sponsorship
{
    private Sponsorship() { }

    public Sponsorship(Sponsor sponsor) => Sponsor = sponsor;

    public int TierId { get; private set; }
    public int SponsorId { get; private set; }
    public Sponsor Sponsor { get; private set; } = null!;
    public int Position { get; internal set; }
}
