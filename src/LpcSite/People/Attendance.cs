namespace LpcSite.People;

/// <summary>How somebody takes part in a session.</summary>
public enum Attendance
{
    /// <summary>Nobody has said.</summary>
    Unknown,

    /// <summary>They are in the room.</summary>
    InPerson,

    /// <summary>They are there by video.</summary>
    Remote,
}
