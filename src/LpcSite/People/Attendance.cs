namespace LpcSite.People;

/// <summary>How somebody takes part in a session.</summary>
public enum Attendance
{
    /// <summary>Nobody has said.</summary>
    Unknown,

    /// <summary>He is in the room.</summary>
    InPerson,

    /// <summary>He is there by video.</summary>
    Remote,
}
