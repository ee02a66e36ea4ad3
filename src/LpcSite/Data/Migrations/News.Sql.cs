using Microsoft.EntityFrameworkCore.Migrations;

namespace LpcSite.Data.Migrations;

// What PostgreSQL decides and EF cannot express: news of what the public sees.
public partial class News
{
    private static void TellOfChanges(MigrationBuilder migration) => migration.Sql(
        """
        CREATE TRIGGER tell_content_changed AFTER INSERT OR UPDATE OR DELETE ON news_items
            FOR EACH ROW EXECUTE FUNCTION tell_content_changed('conference');
        """);
}
