using System.Text.Json;
using LpcSite.Data;
using LpcSite.Data.Audit;
using NodaTime;

namespace LpcSite.Accounts;

/// <summary>How the record of changes tells what somebody did with their account.</summary>
internal static class AccountAudit
{
    /// <param name="account">With its person loaded.</param>
    /// <param name="after">
    /// What may stand in the record for ever: no secret, and nothing that they may want forgotten.
    /// </param>
    public static void Record(this LpcDbContext db, Account account, string verb, Instant now, object? after = null) =>
        db.Record(
            new Act(account.Person, "account", now),
            verb,
            new AuditSubject($"/people/{account.Person.Slug}"),
            after: after is null ? null : JsonSerializer.Serialize(after)
        );
}
