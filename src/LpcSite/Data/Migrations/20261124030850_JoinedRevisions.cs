using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LpcSite.Data.Migrations
{
    /// <inheritdoc />
    public partial class JoinedRevisions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "second_id",
                table: "revisions",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_revisions_second_id",
                table: "revisions",
                column: "second_id");

            migrationBuilder.AddForeignKey(
                name: "fk_revisions_revisions_second_id",
                table: "revisions",
                column: "second_id",
                principalTable: "revisions",
                principalColumn: "id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_revisions_revisions_second_id",
                table: "revisions");

            migrationBuilder.DropIndex(
                name: "ix_revisions_second_id",
                table: "revisions");

            migrationBuilder.DropColumn(
                name: "second_id",
                table: "revisions");
        }
    }
}
