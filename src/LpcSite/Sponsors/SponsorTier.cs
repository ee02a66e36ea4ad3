using LpcSite.Rules;

namespace LpcSite.Sponsors;

/// <summary>A rank in which sponsors are thanked; its name and order are the conference's own.</summary>
public class SponsorTier
{
    public const int TitleMaxLength = 80;
    public const int MaxPlaces = 1000;

    private readonly List<Sponsorship> _sponsorships = [];

    private SponsorTier() { }

    public SponsorTier(string title) => Rename(title);

    public int Id { get; private set; }
    public int ConferenceId { get; private set; }
    public int Position { get; private set; }
    public string Title { get; private set; } = null!;

    /// <summary>How many logos this tier shows when all its sponsors are known.</summary>
    public int Places { get; private set; }

    public IReadOnlyList<Sponsorship> Sponsorships => _sponsorships;

    public void Rename(string title)
    {
        Rule.Require(
            title.Length is > 0 and <= TitleMaxLength,
            $"A sponsor tier has a title of 1 to {TitleMaxLength} characters."
        );
        Title = title;
    }

    public void Describe(int places, int position)
    {
        Rule.Require(places is >= 0 and <= MaxPlaces, $"A tier has from 0 to {MaxPlaces} logos.");
        (Places, Position) = (places, position);
    }

    /// <summary>The tier's sponsors in their order; the same sponsor may stand in other tiers too.</summary>
    public void Fill(IReadOnlyList<Sponsor> sponsors)
    {
        _sponsorships.RemoveAll(sponsorship => !sponsors.Contains(sponsorship.Sponsor));
        foreach (var (sponsor, position) in sponsors.Select((sponsor, position) => (sponsor, position)))
        {
            var sponsorship = _sponsorships.Find(sponsorship => sponsorship.Sponsor == sponsor);
            if (sponsorship is null)
            {
                _sponsorships.Add(sponsorship = new Sponsorship(sponsor));
            }

            sponsorship.Position = position;
        }
    }
}
