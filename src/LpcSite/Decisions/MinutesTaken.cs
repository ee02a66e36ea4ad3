using LpcSite.Microconferences;
using LpcSite.Topics;

namespace LpcSite.Decisions;

/// <summary>How much of a microconference's time its topics take.</summary>
/// <param name="Content">Minutes for topics, breaks left out.</param>
/// <param name="Listed">By the topics that are in it.</param>
/// <param name="Planned">By those that are going to be accepted, as far as the leads have planned.</param>
/// <param name="Waiting">By those that came in and are in no plan.</param>
/// <param name="Unknown">How many of those that are in it or planned do not say how long they take.</param>
public sealed record MinutesTaken(int Content, int Listed, int Planned, int Waiting, int Unknown)
{
    public int Taken => Listed + Planned;
    public bool IsOver => Taken > Content;

    /// <param name="form">Null while it is left for later, which counts as full.</param>
    public static MinutesTaken Of(
        SessionForm? form,
        IEnumerable<(TopicStatus Status, int? Minutes, TopicVerdict? Planned)> topics
    )
    {
        var all = topics.ToList();
        var listed = all.FindAll(t => Topic.PublicStatuses.Contains(t.Status));
        var planned = all.FindAll(t => t.Status is TopicStatus.Submitted && t.Planned is TopicVerdict.Accept);
        return new(
            form is SessionForm.Half ? 90 : 180,
            listed.Sum(t => t.Minutes ?? 0),
            planned.Sum(t => t.Minutes ?? 0),
            all.Where(t => t.Status is TopicStatus.Submitted && t.Planned is null).Sum(t => t.Minutes ?? 0),
            listed.Concat(planned).Count(t => t.Minutes is null)
        );
    }
}
