using LpcSite.Markdown;
using LpcSite.Rules;

namespace LpcSite.Conferences.Pages;

/// <summary>
/// A page that the organizers write for one conference: how to attend, the anti-harassment policy, what is asked often.
/// </summary>
public class ConferencePage
{
    public const int TitleMaxLength = 80;

    /// <summary>More than this would be no navigation any more.</summary>
    public const int MaxPages = 30;

    /// <summary>What stands on the front page below dates and place; it has no address of its own.</summary>
    public const string FrontSlug = "front";

    // What the site itself answers at below a conference, and words that it may need there; a page of such a name could
    // not be reached.
    private static readonly string[] TakenSlugs =
    [
        FrontSlug,
        "api",
        "archive",
        "bofs",
        "calendar",
        "calls",
        "criteria",
        "feed",
        "lead",
        "live",
        "materials",
        "mc",
        "my",
        "new",
        "news",
        "now",
        "organize",
        "people",
        "posts",
        "registration",
        "review",
        "reviews",
        "room",
        "rooms",
        "schedule",
        "search",
        "sponsors",
        "stars",
        "talks",
        "topics",
        "tracks",
    ];

    private ConferencePage() { }

    public ConferencePage(int conferenceId, string slug, int position)
    {
        (ConferenceId, Position) = (conferenceId, position);
        MoveTo(slug);
    }

    public int Id { get; private set; }
    public int ConferenceId { get; private set; }
    public int Position { get; internal set; }

    /// <summary>Its address below the conference, such as <c>attend</c>.</summary>
    public string Slug { get; private set; } = null!;

    public string Title { get; private set; } = "";
    public MarkdownText Text { get; private set; } = MarkdownText.Empty;

    /// <summary>A draft is seen by the organizers alone.</summary>
    public bool IsPublished { get; private set; }

    /// <summary>
    /// Changes with every write (PostgreSQL's xmin): the second of two organizers is shown both texts.
    /// </summary>
    public uint RowVersion { get; private set; }

    public bool IsFront => Slug == FrontSlug;

    public static bool IsTaken(string slug) => TakenSlugs.Contains(slug);

    /// <summary>Another address, as long as nobody can have a link to this one.</summary>
    public void MoveTo(string slug)
    {
        if (slug == Slug)
        {
            return;
        }

        Rule.Require(!IsPublished && Slug != FrontSlug, "A published page keeps its address, as others link to it.");
        Rule.Require(
            Conferences.Slug.IsValid(slug),
            "The address of a page is made of lower-case letters, digits and single hyphens."
        );
        Rule.Require(
            Slug is null && slug == FrontSlug || !IsTaken(slug),
            $"The site itself uses the address “{slug}”; choose another one."
        );
        Slug = slug;
    }

    public void Write(string title, MarkdownText text, bool isPublished)
    {
        Rule.Require(
            title.Length is > 0 and <= TitleMaxLength,
            $"A page has a title of 1 to {TitleMaxLength} characters."
        );
        (Title, Text, IsPublished) = (title, text, isPublished);
    }

    /// <summary>The same text, as a newer renderer prints it.</summary>
    public void Rerender(MarkdownText text) => Text = text;
}
