using LpcSite.Microconferences;

namespace LpcSite.Topics;

/// <summary>How much of a microconference's time its topics take.</summary>
/// <param name="Content">Minutes for topics, breaks left out.</param>
/// <param name="Taken">By the topics that are in it.</param>
/// <param name="Waiting">By those that came in and are not decided.</param>
/// <param name="Unknown">How many of those that are in it do not say how long they take.</param>
public sealed record MinutesTaken(int Content, int Taken, int Waiting, int Unknown)
{
    public bool IsOver => Taken > Content;

    /// <param name="form">Null while it is left for later, which counts as full.</param>
    public static MinutesTaken Of(SessionForm? form, IEnumerable<(TopicStatus Status, int? Minutes)> topics)
    {
        var all = topics.ToList();
        var listed = all.Where(t => t.Status is TopicStatus.Suggested or TopicStatus.Accepted).ToList();
        return new(form is SessionForm.Half ? 90 : 180, listed.Sum(t => t.Minutes ?? 0), all.Where(t => t.Status is TopicStatus.Submitted).Sum(t => t.Minutes ?? 0), listed.Count(t => t.Minutes is null));
    }
}
