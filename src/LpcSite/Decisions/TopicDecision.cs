using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Topics;
using NodaTime;

namespace LpcSite.Decisions;

/// <summary>What the leads mean to do with a topic that came in.</summary>
public enum TopicVerdict
{
    Accept,

    /// <summary>It becomes a part of another one.</summary>
    Merge,
    Decline,
}

/// <summary>
/// What is to become of a topic: planned against the minutes that there are, told by letter, and true once the letters
/// are released.
/// </summary>
public class TopicDecision : PreparedDecision
{
    private TopicDecision() { }

    public TopicDecision(Topic topic) => Topic = topic;

    public int TopicId { get; private set; }
    public Topic Topic { get; private set; } = null!;
    public TopicVerdict Verdict { get; private set; }

    /// <summary>So long it gets in the microconference, where that is not what its author wished for.</summary>
    public int? Minutes { get; private set; }

    /// <summary>The topic that it becomes a part of.</summary>
    public int? IntoId { get; private set; }

    public Topic? Into { get; private set; }

    protected override string Title => $"“{Topic.Title}”";

    /// <summary>Sets what is meant, in place of what was.</summary>
    /// <returns>Whether that changed anything.</returns>
    public bool Decide(TopicVerdict verdict, int? minutes, Topic? into, string note, Person by, Instant now)
    {
        if ((Verdict, Minutes, Into?.Id, Note) == (verdict, minutes, into?.Id, note) && Id != 0)
        {
            return false;
        }

        Rule.Require(
            Topic.Status is TopicStatus.Submitted,
            $"{Title} is {Topic.StatusWord}: only what came in is decided."
        );
        Rule.Require(
            Topic.OfferedToId is null,
            $"{Title} is offered to another microconference. Take the offer back before you decide."
        );
        Rule.Require(
            minutes is null or (> 0 and <= Topic.MaxMinutes),
            $"{Title}: a topic takes from 1 to {Topic.MaxMinutes} minutes."
        );
        Rule.Require(
            (verdict is TopicVerdict.Merge) == (into is not null),
            $"{Title}: choose the topic that it becomes a part of."
        );
        Rule.Require(into != Topic, $"{Title} cannot become a part of itself.");
        Set(note, by, now);
        (Verdict, Minutes, Into) = (verdict, minutes, into);
        return true;
    }
}
