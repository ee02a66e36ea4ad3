using LpcSite.People;
using LpcSite.People.Picker;

namespace LpcSite.Topics.Submissions;

/// <summary>Whom somebody named as a speaker of a topic.</summary>
/// <param name="Mail">Where to invite them; null for not at all.</param>
/// <param name="IsAlternative">Whether they only stand in where another cannot.</param>
public sealed record SubmittedSpeaker(NamedPerson Who, string? Mail, Attendance Attendance, bool IsAlternative);
