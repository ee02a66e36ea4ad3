using Microsoft.EntityFrameworkCore;

namespace LpcSite.Data;

/// <summary>
/// The rights of the database role that the site works as, where that is not the owner of the tables: everything that
/// pages do, and of the record of changes only adding and reading. Whoever gets into the site cannot make undone what
/// is written there.
/// </summary>
internal static class SiteRole
{
    /// <summary>
    /// Gives the rights, as the owner. What a later version adds to the schema is given when that version migrates.
    /// </summary>
    /// <param name="password">
    /// Makes the role if it is not there, and gives it this password; null for a role that the operator made.
    /// </param>
    /// <exception cref="Npgsql.PostgresException">
    /// There is no such role, it is the owner, or the owner may not do so.
    /// </exception>
    public static async Task GrantAsync(LpcDbContext db, string role, string? password, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);

        // As values, and quoted by PostgreSQL itself: a name may hold any character.
        await db.Database.ExecuteSqlAsync(
            $"SELECT set_config('lpcsite.role', {role}, true), set_config('lpcsite.password', {password ?? ""}, true)",
            stop
        );
        await db.Database.ExecuteSqlRawAsync(
            """
            DO $$
            DECLARE
                site text := current_setting('lpcsite.role');
                secret text := current_setting('lpcsite.password');
            BEGIN
                IF site = current_user THEN
                    RAISE EXCEPTION 'the role of the site is %, which owns the tables: name another one', site;
                END IF;
                IF secret <> '' THEN
                    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = site) THEN
                        EXECUTE format('CREATE ROLE %I LOGIN', site);
                    END IF;
                    EXECUTE format('ALTER ROLE %I PASSWORD %L', site, secret);
                END IF;
                EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', site);
                EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %I', site);
                EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO %I', site);
                EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit_entries FROM %I', site);
                EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "__EFMigrationsHistory" FROM %I', site);
                EXECUTE format('GRANT EXECUTE ON FUNCTION forget_in_audit(integer, text[]) TO %I', site);
            END $$
            """,
            stop
        );
        await transaction.CommitAsync(stop);
    }
}
