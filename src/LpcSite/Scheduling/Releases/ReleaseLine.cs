using NodaTime;

namespace LpcSite.Scheduling.Releases;

/// <summary>One release as everybody reads of it: what it changed, in words.</summary>
/// <param name="Of">The microconference whose leads published their part; null where it was the organizers.</param>
/// <param name="Difference">From the release before it; null for the first.</param>
public sealed record ReleaseLine(int Number, Instant At, string Comment, string? Of, ScheduleDifference? Difference);
