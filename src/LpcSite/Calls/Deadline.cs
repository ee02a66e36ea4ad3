using NodaTime;

namespace LpcSite.Calls;

/// <summary>Where a call stands at one moment; without a call nothing can be proposed yet.</summary>
public sealed record Deadline(CallDocument? Call, Instant Now);
