using LpcSite.Rules;

namespace LpcSite.Sponsors;

/// <summary>A company that pays for a part of one conference, and is thanked with its logo.</summary>
public class Sponsor
{
    public const int NameMaxLength = 80;
    public const int UrlMaxLength = 400;

    private Sponsor() { }

    public Sponsor(int conferenceId, string name)
    {
        ConferenceId = conferenceId;
        Rename(name);
    }

    public int Id { get; private set; }
    public int ConferenceId { get; private set; }
    public string Name { get; private set; } = null!;
    public string? Url { get; private set; }
    public SponsorLogo? Logo { get; private set; }

    /// <summary>Changes with every write (PostgreSQL's xmin): the second of two organizers is told.</summary>
    public uint RowVersion { get; private set; }

    public static bool IsLink(string url) =>
        url.Length <= UrlMaxLength
        && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https";

    public void Rename(string name)
    {
        Rule.Require(
            name.Length is > 0 and <= NameMaxLength,
            $"A sponsor has a name of 1 to {NameMaxLength} characters."
        );
        Name = name;
    }

    /// <param name="url">Where the logo leads: an absolute http or https address.</param>
    /// <param name="logo">Null keeps none: the name stands in its place.</param>
    public void Describe(string? url, SponsorLogo? logo)
    {
        Rule.Require(url is null || IsLink(url), "A sponsor's link is an absolute address that starts with https://.");
        Url = url;
        if (logo?.Hash != Logo?.Hash)
        {
            Logo = logo;
        }
    }
}
