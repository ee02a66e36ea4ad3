using LpcSite.Scheduling.Releases;

namespace LpcSite.Topics.Speakers;

/// <summary>Who opens a topic, in one line.</summary>
public static class SpeakerNames
{
    /// <returns>Such as <c>A, B, or C</c>, where C speaks if the others cannot.</returns>
    public static string Of(ScheduleDocument.Item item) =>
        string.Join(
            ", ",
            item.Speakers.Select(
                (speaker, i) => i > 0 && speaker.IsAlternative ? $"or {speaker.FullName}" : speaker.FullName
            )
        );
}
