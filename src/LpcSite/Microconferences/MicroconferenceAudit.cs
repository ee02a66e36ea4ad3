using LpcSite.Data.Audit;

namespace LpcSite.Microconferences;

/// <summary>How the record of changes names a microconference.</summary>
internal static class MicroconferenceAudit
{
    public static AuditSubject AsSubject(this Microconference microconference) =>
        new(microconference.Path, microconference.ConferenceId, microconference.Id);
}
