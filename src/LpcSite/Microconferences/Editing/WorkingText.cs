using LpcSite.People;
using NodaTime;

namespace LpcSite.Microconferences.Editing;

/// <summary>
/// What one person has typed and not saved yet: private to them, kept so that a closed laptop loses nothing, and gone
/// once they save or throw it away. While it is fresh, the others see that they are editing.
/// </summary>
public class WorkingText
{
    /// <summary>How long after the last sign of life somebody counts as editing.</summary>
    public static readonly Duration Presence = Duration.FromSeconds(45);

    /// <summary>In characters of JSON: both long texts at their limit, and as much again for everything else.</summary>
    public const int FieldsMaxLength = 400_000;

    private WorkingText() { }

    public int Id { get; private set; }
    public int ConferenceId { get; private set; }
    public int? MicroconferenceId { get; private set; }

    /// <summary>Whether it is a topic; otherwise the microconference itself.</summary>
    public bool IsOfTopic { get; private set; }

    /// <summary>
    /// Null while the topic is a new one. An existing one may move to another microconference, and is found without it.
    /// </summary>
    public int? TopicId { get; private set; }

    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;

    /// <summary>The fields of the form as JSON, or null while they only look at it.</summary>
    public string? Fields { get; private set; }

    /// <summary>The revision on which it was begun.</summary>
    public int BasedOn { get; private set; }

    public Instant? KeptAt { get; private set; }

    /// <summary>The last sign of life from the page.</summary>
    public Instant SeenAt { get; private set; }
}
