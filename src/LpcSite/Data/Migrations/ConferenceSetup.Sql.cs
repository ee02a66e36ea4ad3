using Microsoft.EntityFrameworkCore.Migrations;

namespace LpcSite.Data.Migrations;

// What EF cannot express: whoever has a conference already goes on showing it, and news of what the public sees.
public partial class ConferenceSetup
{
    private static void ShowWhatIsThere(MigrationBuilder migration) => migration.Sql(
        """
        UPDATE conferences SET state = 'Public';
        ALTER TABLE conferences ALTER COLUMN state DROP DEFAULT;
        """);

    private static void TellOfChanges(MigrationBuilder migration) => migration.Sql(
        """
        CREATE TRIGGER tell_content_changed AFTER INSERT OR UPDATE OR DELETE ON conference_pages
            FOR EACH ROW EXECUTE FUNCTION tell_content_changed('conference');
        """);
}
