namespace LpcSite.Microconferences;

/// <summary>The lists beside the text of a microconference as somebody left them in a form: its topics, key attendees and references, each in its order.</summary>
public sealed record WrittenLists(IReadOnlyList<WrittenLists.Topic> Topics, IReadOnlyList<string> KeyAttendees, IReadOnlyList<WrittenLists.Reference> References)
{
    public static WrittenLists None { get; } = new([], [], []);

    /// <param name="Id">Null for one that is new.</param>
    /// <param name="Speakers">Names, with commas between.</param>
    public sealed record Topic(int? Id, string Title, string? Group, int? Minutes, string Details, string Speakers);

    public sealed record Reference(string Label, string Url);
}
