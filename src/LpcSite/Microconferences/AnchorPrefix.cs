namespace LpcSite.Microconferences;

/// <summary>
/// What the anchors of a text begin with, so that all texts of all microconferences can stand on one page without two things of one name.
/// </summary>
public static class AnchorPrefix
{
    public const string OfBio = "bio";
    public const string OfGuidance = "call";

    /// <summary>A page of the conference stands alone; the front page's text stands beside headings of the site.</summary>
    public static string OfPage(string slug) => $"page-{slug}";

    public static string OfDescription(string slug) => slug;

    public static string OfResults(string slug) => $"{slug}--results";

    /// <param name="position">The topic's place in its microconference.</param>
    public static string OfTopic(string slug, int position) => FormattableString.Invariant($"{slug}--topic-{position}");
}
