using LpcSite.Markdown;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Calls;

/// <summary>
/// Opens and closes submissions: one for the microconferences of a conference, one for the topics of a microconference.
/// </summary>
public class Call
{
    public const int TemplateMaxLength = 10_000;

    public const string OrderSentence = "A call closes after it opens.";

    /// <summary>What an empty form of a proposal begins with where the organizers say nothing else.</summary>
    public const string DefaultTemplate = "\n## Problems to discuss\n\n\n## Who needs to be in the room\n\n";

    /// <summary>What an empty form of a topic begins with where its leads say nothing else.</summary>
    public const string DefaultTopicTemplate =
        "## The problem\n\n\n## What was tried\n\n\n## The choices, with their pros and cons\n\n";

    private Call() { }

    /// <param name="microconferenceId">
    /// The microconference whose topics it calls for; null when it calls for microconferences.
    /// </param>
    public Call(int conferenceId, int? microconferenceId) =>
        (ConferenceId, MicroconferenceId) = (conferenceId, microconferenceId);

    public int Id { get; private set; }
    public int ConferenceId { get; private set; }
    public int? MicroconferenceId { get; private set; }
    public Instant OpensAt { get; private set; }

    /// <summary>The first instant at which it is too late.</summary>
    public Instant ClosesAt { get; private set; }

    /// <summary>
    /// The zone in which the deadline was announced; "AoE" is <c>Etc/GMT+12</c>, a zone like any other.
    /// </summary>
    public DateTimeZone Zone { get; private set; } = null!;

    /// <summary>What the submitters should know, shown beside the form.</summary>
    public MarkdownText Guidance { get; private set; } = MarkdownText.Empty;

    /// <summary>Markdown that stands in an empty form to be written over.</summary>
    public string Template { get; private set; } = "";

    /// <summary>
    /// Whether who has submitted may go on changing it after the call has closed, also once it is accepted. Of calls
    /// for topics.
    /// </summary>
    public bool AllowsChanges { get; private set; }

    /// <summary>When its times were last announced.</summary>
    public Instant ChangedAt { get; private set; }

    /// <summary>
    /// How often its deadline has been moved since it was first announced; calendars take the highest one (RFC 5545,
    /// section 3.8.7.4).
    /// </summary>
    public int Sequence { get; private set; }

    /// <summary>Changes with every write (PostgreSQL's xmin): the second of two writers is told.</summary>
    public uint RowVersion { get; private set; }

    public void Guide(MarkdownText guidance, string template)
    {
        Rule.Require(template.Length <= TemplateMaxLength, $"The template has at most {TemplateMaxLength} characters.");
        (Guidance, Template) = (guidance, template);
    }

    public void AllowChanges(bool allow) => AllowsChanges = allow;

    /// <summary>The same text, as a newer renderer prints it.</summary>
    public void Rerender(MarkdownText guidance) => Guidance = guidance;

    public void Announce(Instant opensAt, Instant closesAt, DateTimeZone zone, Instant now)
    {
        Rule.Require(opensAt < closesAt, OrderSentence);
        if (Zone is not null && (opensAt, closesAt, zone.Id) == (OpensAt, ClosesAt, Zone.Id))
        {
            return;
        }

        Sequence += Zone is null || closesAt == ClosesAt ? 0 : 1;
        (OpensAt, ClosesAt, Zone, ChangedAt) = (opensAt, closesAt, zone, now);
    }

    public bool IsOpen(Instant now) => OpensAt <= now && now < ClosesAt;
}
