using Microsoft.EntityFrameworkCore.Migrations;

namespace LpcSite.Data.Migrations;

// What PostgreSQL decides and EF cannot express: a record of what was done is not undone, and news of what the public sees.
public partial class Accounts
{
    // A trigger and not a missing right, since the site owns its tables; it also stops whoever sits at the database's own prompt.
    private static void KeepAuditForEver(MigrationBuilder migration) => migration.Sql(
        """
        CREATE FUNCTION refuse_to_change_audit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'audit_entries is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
        END $$;
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit();
        """);

    private static void TellOfChanges(MigrationBuilder migration)
    {
        foreach (var (table, belongsTo) in new[] { ("person_pictures", "site"), ("predecessors", "microconference") })
        {
            migration.Sql(
                $"""
                CREATE TRIGGER tell_content_changed AFTER INSERT OR UPDATE OR DELETE ON {table}
                    FOR EACH ROW EXECUTE FUNCTION tell_content_changed('{belongsTo}');
                """);
        }
    }
}
