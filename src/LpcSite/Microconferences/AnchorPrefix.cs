using LpcSite.Microconferences.Results;

namespace LpcSite.Microconferences;

/// <summary>
/// What the anchors of a text begin with, so that all texts of all microconferences can stand on one page without two
/// things of one name.
/// </summary>
public static class AnchorPrefix
{
    public const string OfBio = "bio";
    public const string OfGuidance = "call";

    /// <summary>
    /// A page of the conference stands alone; the front page's text stands beside headings of the site.
    /// </summary>
    public static string OfPage(string slug) => $"page-{slug}";

    public static string OfDescription(string slug) => slug;

    public static string OfResults(string slug) => $"{slug}--results";

    /// <param name="position">The topic's place in its microconference.</param>
    public static string OfTopic(string slug, int position) => FormattableString.Invariant($"{slug}--topic-{position}");

    public static string OfNotes(string slug, NotesOf of) =>
        of.TopicId is { } topic ? FormattableString.Invariant($"{slug}--notes-{topic}")
        : of.IsOutcome ? $"{slug}--outcome"
        : $"{slug}--notes";

    /// <param name="reviewer">Each writes one.</param>
    public static string OfReview(int reviewer) => FormattableString.Invariant($"review-{reviewer}");

    /// <param name="began">When the item was begun.</param>
    public static string OfNews(NodaTime.Instant began) =>
        FormattableString.Invariant($"news-{began.ToUnixTimeMilliseconds()}");

    /// <summary>Nobody makes two remarks in one millisecond.</summary>
    public static string OfRemark(int by, NodaTime.Instant at) =>
        FormattableString.Invariant($"remark-{by}-{at.ToUnixTimeMilliseconds()}");
}
