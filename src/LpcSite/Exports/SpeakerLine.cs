using LpcSite.Microconferences;

namespace LpcSite.Exports;

/// <summary>Who opens a topic, in one line of text.</summary>
public static class SpeakerLine
{
    public static string Of(MicroconferenceDocument.Item topic)
    {
        var names = string.Join(", ", topic.Speakers.Select(s => s.FullName).Concat(topic.OpenSpeakers > 0 ? ["TBD"] : []));
        return topic.SpeakersNote is null ? names : names.Length == 0 ? topic.SpeakersNote : $"{names} ({topic.SpeakersNote})";
    }
}
