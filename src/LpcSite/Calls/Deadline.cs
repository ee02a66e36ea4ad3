using NodaTime;

namespace LpcSite.Calls;

/// <summary>Where a call stands at one moment; without a call nothing can be sent yet.</summary>
/// <param name="IsOfTopics">Of a microconference, for its topics; else of a conference, for microconferences.</param>
public sealed record Deadline(CallDocument? Call, Instant Now, bool IsOfTopics = false);
