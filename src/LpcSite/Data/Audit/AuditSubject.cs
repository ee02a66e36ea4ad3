namespace LpcSite.Data.Audit;

/// <summary>What changed.</summary>
/// <param name="Path">Its path within the site, as it is called now.</param>
/// <param name="ConferenceId">The conference that it concerns; null for what is of none.</param>
/// <param name="MicroconferenceId">The microconference whose leads read of it; null for what they do not.</param>
public readonly record struct AuditSubject(string Path, int? ConferenceId = null, int? MicroconferenceId = null);
