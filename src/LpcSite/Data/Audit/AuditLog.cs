namespace LpcSite.Data.Audit;

/// <summary>Writes the record of changes.</summary>
public static class AuditLog
{
    /// <summary>Writes down a change, to be saved with it.</summary>
    /// <param name="verb">What was done, as the page of the record says it after the name of who did it.</param>
    /// <param name="before">JSON; null if it did not exist.</param>
    /// <param name="after">JSON; null if it is no more.</param>
    public static void Record(
        this LpcDbContext db,
        Act act,
        string verb,
        AuditSubject subject,
        string? before = null,
        string? after = null
    ) => db.AuditEntries.Add(new AuditEntry(act, verb, subject, before, after));
}
