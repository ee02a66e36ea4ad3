using LpcSite.Microconferences;
using LpcSite.Rules;
using LpcSite.Topics;

namespace LpcSite.Scheduling.Sessions;

/// <summary>
/// A part of a microconference's session, which its leads arrange: a topic, coffee, or a word of welcome. It says how
/// long after the start of its slot it begins, so that a slot that moves takes its session along.
/// </summary>
public class SessionItem
{
    public const int TitleMaxLength = 120;

    /// <summary>Minutes that can stay free before one: a slot is no longer than a day.</summary>
    public const int MaxGap = 24 * 60;

    /// <summary>In all slots of one microconference.</summary>
    public const int MaxOfMicroconference = 300;

    /// <summary>
    /// By which the database says that an item leaves its slot, or that a slot becomes shorter than its session.
    /// </summary>
    public const string SlotConstraint = "ck_session_items_slot";

    /// <summary>By which it says that two items of one slot overlap.</summary>
    public const string OverlapConstraint = "ex_session_items_slot_during";

    private SessionItem() { }

    private SessionItem(Microconference microconference, Slot? slot, int startsAfter, int minutes)
    {
        Rule.Require(startsAfter >= 0, "Nothing begins before its slot.");
        Rule.Require(
            minutes is > 0 and <= Topics.Topic.MaxMinutes,
            $"A part of a session takes from 1 to {Topics.Topic.MaxMinutes} minutes."
        );
        (Microconference, Slot, StartsAfter, Minutes) = (microconference, slot, startsAfter, minutes);
    }

    public int Id { get; private set; }
    public int MicroconferenceId { get; private set; }
    public Microconference Microconference { get; private set; } = null!;

    /// <summary>Null while the microconference has no place: what its leads arranged waits for the next one.</summary>
    public int? SlotId { get; private set; }

    public Slot? Slot { get; private set; }

    /// <summary>Minutes from the start of the slot.</summary>
    public int StartsAfter { get; private set; }

    public int Minutes { get; private set; }

    /// <summary>Null for a break, and for what has only a title.</summary>
    public int? TopicId { get; private set; }

    public Topic? Topic { get; private set; }

    /// <summary>Of what is not a topic, which has its own.</summary>
    public string? Title { get; private set; }

    public bool IsBreak { get; private set; }

    /// <summary>Minutes from the start of the slot to the end of this.</summary>
    public int EndsAfter => StartsAfter + Minutes;

    public static SessionItem Of(Microconference microconference, Slot? slot, Topic topic, int startsAfter, int minutes)
    {
        Rule.Require(
            topic.MicroconferenceId == microconference.Id,
            $"“{topic.Title}” is not a topic of {microconference.Title}."
        );
        Rule.Require(
            Topics.Topic.PublicStatuses.Contains(topic.Status),
            $"“{topic.Title}” is {topic.StatusWord}, and has no time in the session."
        );
        return new(microconference, slot, startsAfter, minutes) { Topic = topic };
    }

    public static SessionItem Titled(
        Microconference microconference,
        Slot? slot,
        string title,
        bool isBreak,
        int startsAfter,
        int minutes
    )
    {
        Rule.Require(
            !string.IsNullOrWhiteSpace(title) && title.Length <= TitleMaxLength,
            $"Say in 1 to {TitleMaxLength} characters what it is."
        );
        return new(microconference, slot, startsAfter, minutes) { Title = title, IsBreak = isBreak };
    }

    /// <summary>It goes where its microconference goes, or waits where that has no place.</summary>
    internal void GoTo(Slot? slot) => (Slot, SlotId) = (slot, slot?.Id);
}
