using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.News;

/// <summary>
/// Something that a conference tells everybody: prepared by its organizers, and public once they publish it.
/// </summary>
public class NewsItem
{
    public const int TitleMaxLength = 160;
    public const int TextMaxLength = 20_000;

    private NewsItem() { }

    /// <param name="microconference">The one that it is about; null for news about the conference.</param>
    public NewsItem(int conferenceId, Microconference? microconference, Person by, Instant now) =>
        (ConferenceId, Microconference, By, CreatedAt) = (conferenceId, microconference, by, now);

    public int Id { get; private set; }
    public int ConferenceId { get; private set; }
    public int? MicroconferenceId { get; private set; }
    public Microconference? Microconference { get; private set; }
    public string Title { get; private set; } = null!;
    public MarkdownText Text { get; private set; } = MarkdownText.Empty;
    public int ById { get; private set; }
    public Person By { get; private set; } = null!;
    public Instant CreatedAt { get; private set; }

    /// <summary>When its words last changed.</summary>
    public Instant ChangedAt { get; private set; }

    /// <summary>Null while only the organizers see it.</summary>
    public Instant? PublishedAt { get; private set; }

    /// <summary>
    /// Changes with every write to this row (PostgreSQL's xmin): two organizers who edit at once notice each other.
    /// </summary>
    public uint RowVersion { get; private set; }

    /// <summary>The last part of its address; only the number counts, the title is for the reader.</summary>
    public string Address => AddressOf(Id, Title);

    public static string AddressOf(int id, string title) => $"{id}-{Conferences.Slug.From(title, "news")}";

    public void Say(string title, MarkdownText text, Instant now)
    {
        Rule.Require(
            title.Length is > 0 and <= TitleMaxLength && !title.Any(char.IsControl),
            $"A title is one line of 1 to {TitleMaxLength} characters."
        );
        Rule.Require(!string.IsNullOrWhiteSpace(text.Source), "Write what there is to tell.");
        Rule.Require(
            text.Source.Length <= TextMaxLength,
            $"The text has {text.Source.Length} characters; {TextMaxLength} fit."
        );
        (Title, Text, ChangedAt) = (title, text, now);
    }

    /// <summary>Makes it public; it stands where it stood if it was public before.</summary>
    public void Publish(Instant now) => PublishedAt ??= now;

    /// <summary>Only the organizers see it from now on.</summary>
    public void TakeBack()
    {
        Rule.Require(PublishedAt is not null, "It is not published.");
        PublishedAt = null;
    }

    internal void Rerender(MarkdownText text) => Text = text;
}
