using NodaTime;

namespace LpcSite.Scheduling;

/// <summary>What the public reads of the schedule: the last release, with its number and when it was made.</summary>
public sealed record PublicSchedule(int Number, Instant At, ScheduleDocument Document);
