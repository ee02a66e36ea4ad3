using Microsoft.EntityFrameworkCore.Migrations;

namespace LpcSite.Data.Migrations;

// The id of this installation, made once: whatever is published from here on carries it, so that two sites that both have a "2022" and a
// microconference 7 never give two things one name (RFC 5545, section 3.8.4.7).
public partial class UidsAndWithdrawals
{
    private static void NameTheInstallation(MigrationBuilder migration) => migration.Sql(
        """
        CREATE TABLE installation (
            is_one boolean PRIMARY KEY DEFAULT true CHECK (is_one),
            id uuid NOT NULL DEFAULT gen_random_uuid());
        INSERT INTO installation DEFAULT VALUES;
        CREATE FUNCTION lpc_installation() RETURNS text LANGUAGE sql STABLE AS 'SELECT id::text FROM installation';
        """);

    // What readers have in their calendars and feeds already keeps the name that it has there.
    private static void KeepPublishedNames(MigrationBuilder migration) => migration.Sql(
        """
        UPDATE conferences SET uid_domain = 'lpcsite'
        WHERE state <> 'Preparing'
            OR EXISTS (SELECT FROM releases WHERE conference_id = conferences.id)
            OR EXISTS (SELECT FROM calls WHERE conference_id = conferences.id);
        """);

    private static void ForgetTheInstallation(MigrationBuilder migration) => migration.Sql(
        """
        DROP FUNCTION lpc_installation();
        DROP TABLE installation;
        """);
}
