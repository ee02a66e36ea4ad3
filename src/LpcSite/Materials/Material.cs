using LpcSite.Materials.Slides;
using LpcSite.People;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Materials;

/// <summary>What a material is.</summary>
public enum MaterialKind
{
    /// <summary>A file; a newer one takes the place of an older one, which stays for those whose topic it is.</summary>
    Slides,

    /// <summary>An address with a title.</summary>
    Link,

    /// <summary>The address of a video, and where in it the topic begins.</summary>
    Recording,
}

/// <summary>
/// What belongs to a topic beside its text: slides in all their versions, links, the recording. Nothing of it is ever
/// deleted.
/// </summary>
public class Material
{
    public const int TitleMaxLength = 120;
    public const int UrlMaxLength = 500;

    public const string AddressSentence = "An address here begins with https:// and has at most 500 characters.";

    /// <summary>Seconds: a day.</summary>
    public const int MaxStartOffset = 86_399;

    /// <summary>Of one file: 32 MB.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    /// <summary>Of one topic, older versions and what was removed included.</summary>
    public const int MaxOfTopic = 40;

    private Material() { }

    private Material(int topicId, MaterialKind kind, int number, Person by, Instant now) =>
        (TopicId, Kind, Number, By, AddedAt) = (topicId, kind, number, by, now);

    public int Id { get; private set; }
    public int TopicId { get; private set; }
    public MaterialKind Kind { get; private set; }

    /// <summary>Counts from 1 within its topic and kind: the version of slides.</summary>
    public int Number { get; private set; }

    /// <summary>What a link is called.</summary>
    public string? Title { get; private set; }

    /// <summary>Of a link or a recording, absolute and https.</summary>
    public string? Url { get; private set; }

    /// <summary>Seconds from the beginning of the recording; null for a link and for slides.</summary>
    public int? StartOffset { get; private set; }

    public string? FileName { get; private set; }
    public string? MediaType { get; private set; }

    /// <summary>Bytes.</summary>
    public long? Size { get; private set; }

    /// <summary>SHA-256 of the bytes, in lower-case hexadecimal.</summary>
    public string? Hash { get; private set; }

    public int ById { get; private set; }
    public Person By { get; private set; } = null!;
    public Instant AddedAt { get; private set; }

    /// <summary>When another version took its place.</summary>
    public Instant? SupersededAt { get; private set; }

    /// <summary>When somebody took it away; it can be brought back.</summary>
    public Instant? RemovedAt { get; private set; }

    /// <summary>Whether it is what the public sees of a topic that is public.</summary>
    public bool IsCurrent => SupersededAt is null && RemovedAt is null;

    public static Material OfSlides(int topicId, int number, SlidesFile file, Person by, Instant now) =>
        new(topicId, MaterialKind.Slides, number, by, now)
        {
            FileName = file.Name,
            MediaType = file.Type.MediaType,
            Size = file.Size,
            Hash = file.Hash,
        };

    public static Material OfLink(int topicId, int number, string title, string url, Person by, Instant now)
    {
        Rule.Require(
            title.Length is > 0 and <= TitleMaxLength && !title.Any(char.IsControl),
            $"A link has a title of 1 to {TitleMaxLength} characters."
        );
        RequireAddress(url);
        return new(topicId, MaterialKind.Link, number, by, now) { Title = title, Url = url };
    }

    /// <param name="startOffset">Seconds.</param>
    public static Material OfRecording(int topicId, int number, string url, int startOffset, Person by, Instant now)
    {
        RequireAddress(url);
        Rule.Require(startOffset is >= 0 and <= MaxStartOffset, "A topic begins within the first day of a recording.");
        return new(topicId, MaterialKind.Recording, number, by, now) { Url = url, StartOffset = startOffset };
    }

    /// <summary>Another version takes its place.</summary>
    public void Supersede(Instant now)
    {
        Rule.Require(Kind is not MaterialKind.Link, "Links stand beside each other; none takes the place of another.");
        SupersededAt ??= now;
    }

    /// <summary>Takes it away from the pages; it stays on record.</summary>
    public void Remove(Instant now)
    {
        Rule.Require(RemovedAt is null, "It was removed already.");
        RemovedAt = now;
    }

    /// <summary>Shows it again, in the place of whatever version is shown now.</summary>
    public void BringBack()
    {
        Rule.Require(!IsCurrent, "It is shown already.");
        (SupersededAt, RemovedAt) = (null, null);
    }

    /// <summary>Whether the other would only say again what this one says.</summary>
    public bool IsSameAs(Material other) =>
        (Kind, Title, Url, StartOffset, Hash) == (other.Kind, other.Title, other.Url, other.StartOffset, other.Hash);

    /// <summary>
    /// Whether everybody can open it without anybody reading along: an absolute https address (RFC 9110, section
    /// 4.2.2).
    /// </summary>
    public static bool IsAddress(string url) =>
        url.Length <= UrlMaxLength
        && Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.Scheme == Uri.UriSchemeHttps
        && !url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));

    private static void RequireAddress(string url) => Rule.Require(IsAddress(url), AddressSentence);
}
