using LpcSite.People.Picker;

namespace LpcSite.Microconferences.Editing;

/// <summary>
/// The lists beside the text of a microconference as somebody left them in a form: its topics, key attendees and
/// references, each in its order.
/// </summary>
public sealed record WrittenLists(
    IReadOnlyList<WrittenLists.Topic> Topics,
    IReadOnlyList<NamedPerson> KeyAttendees,
    IReadOnlyList<WrittenLists.Reference> References
)
{
    public static WrittenLists None { get; } = new([], [], []);

    /// <param name="Id">Null for one that is new.</param>
    public sealed record Topic(
        int? Id,
        string Title,
        string? Group,
        int? Minutes,
        string Details,
        IReadOnlyList<NamedPerson> Speakers
    )
    {
        // Two of the same speakers are the same, whichever lists hold them.
        public bool Equals(Topic? other) =>
            other is not null
            && (Id, Title, Group, Minutes, Details)
                == (other.Id, other.Title, other.Group, other.Minutes, other.Details)
            && Speakers.SequenceEqual(other.Speakers);

        public override int GetHashCode() => HashCode.Combine(Id, Title, Group, Minutes, Details, Speakers.Count);
    }

    public sealed record Reference(string Label, string Url);
}
