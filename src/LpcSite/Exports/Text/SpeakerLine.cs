using LpcSite.Microconferences;

namespace LpcSite.Exports.Text;

/// <summary>Who opens a topic, in one line of text.</summary>
public static class SpeakerLine
{
    public static string Of(MicroconferenceDocument.Item topic)
    {
        IEnumerable<string> open = topic.OpenSpeakers > 0 ? ["TBD"] : [];
        var names = string.Join(", ", topic.Speakers.Select(s => CleanText.Name(s.FullName)).Concat(open));
        return topic.SpeakersNote is null ? names
            : names.Length == 0 ? topic.SpeakersNote
            : $"{names} ({topic.SpeakersNote})";
    }
}
