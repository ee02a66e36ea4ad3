using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LpcSite.Data.Migrations;

/// <summary>Tells of what public pages show, as the configurations of the entities say it, and of nothing else.</summary>
[DbContext(typeof(LpcDbContext))]
[Migration("20261201060000_PublicContent")]
public partial class PublicContent : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        TellNoMore(migrationBuilder);
        TellOfWhatIsPublic(migrationBuilder);
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        TellNoMore(migrationBuilder);
        migrationBuilder.Sql("DROP FUNCTION lpc_conference_of(text, integer);");
        TellAsBefore(migrationBuilder);
    }
}
