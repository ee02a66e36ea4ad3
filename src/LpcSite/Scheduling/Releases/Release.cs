using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Scheduling.Releases;

/// <summary>
/// A numbered, frozen publication of the schedule, from which everything is made that the public sees of it. It never
/// changes.
/// </summary>
public class Release
{
    public const int CommentMaxLength = 1000;

    private Release() { }

    /// <param name="of">The microconference whose part alone is published; null for all of it.</param>
    public Release(
        int conferenceId,
        int number,
        ScheduleDocument document,
        string comment,
        Microconference? of,
        Person? by,
        Instant now
    )
    {
        Rule.Require(
            comment.Length <= CommentMaxLength,
            $"What you say about this release has {comment.Length} characters; {CommentMaxLength} fit."
        );
        (ConferenceId, Number, Document, Comment, Of, By, At) = (
            conferenceId,
            number,
            document.ToJson(),
            comment,
            of,
            by,
            now
        );
    }

    public int Id { get; private set; }
    public int ConferenceId { get; private set; }

    /// <summary>From 1, without gaps.</summary>
    public int Number { get; private set; }

    /// <summary>A <see cref="ScheduleDocument"/> in JSON.</summary>
    public string Document { get; private set; } = null!;

    public string Comment { get; private set; } = null!;
    public int? OfId { get; private set; }

    /// <summary>
    /// The microconference whose leads published their own part; null where the organizers published all.
    /// </summary>
    public Microconference? Of { get; private set; }

    public int? ById { get; private set; }

    /// <summary>Null for a command of the operator.</summary>
    public Person? By { get; private set; }

    public Instant At { get; private set; }
}
