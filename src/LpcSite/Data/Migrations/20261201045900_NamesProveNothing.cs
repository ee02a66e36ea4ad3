using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LpcSite.Data.Migrations
{
    /// <inheritdoc />
    public partial class NamesProveNothing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_vouched_for",
                table: "person_aliases",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            CompareByWhatIsSeen(migrationBuilder);
            VouchForImports(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "is_vouched_for",
                table: "person_aliases");
        }
    }
}
