using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LpcSite.Data.Migrations
{
    /// <inheritdoc />
    public partial class DailyLetters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_letters_person_id",
                table: "letters");

            migrationBuilder.CreateIndex(
                name: "ix_letters_gathered",
                table: "letters",
                columns: new[] { "person_id", "due_at" },
                filter: "state = 'Gathered'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_letters_gathered",
                table: "letters");

            migrationBuilder.CreateIndex(
                name: "ix_letters_person_id",
                table: "letters",
                column: "person_id");
        }
    }
}
