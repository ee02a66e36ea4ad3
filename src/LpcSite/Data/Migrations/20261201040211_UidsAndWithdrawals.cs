using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace LpcSite.Data.Migrations
{
    /// <inheritdoc />
    public partial class UidsAndWithdrawals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            NameTheInstallation(migrationBuilder);
            migrationBuilder.AddColumn<string>(
                name: "withdrawn_from",
                table: "topics",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_withdrawn_by_organizer",
                table: "microconferences",
                type: "boolean",
                nullable: true);

            migrationBuilder.AddColumn<Instant>(
                name: "withdrawn_at",
                table: "microconferences",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "withdrawn_form",
                table: "microconferences",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "withdrawn_from",
                table: "microconferences",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "uid_domain",
                table: "conferences",
                type: "character varying(36)",
                maxLength: 36,
                nullable: false,
                defaultValueSql: "lpc_installation()");

            migrationBuilder.CreateTable(
                name: "imported_uids",
                columns: table => new
                {
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    uid = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imported_uids", x => new { x.conference_id, x.uid });
                    table.ForeignKey(
                        name: "fk_imported_uids_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_microconferences_withdrawn",
                table: "microconferences",
                sql: "withdrawn_from IS NULL OR status = 'Withdrawn'");

            migrationBuilder.CreateIndex(
                name: "ix_imported_uids_conference_id_name",
                table: "imported_uids",
                columns: new[] { "conference_id", "name" },
                unique: true);

            KeepPublishedNames(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "imported_uids");

            migrationBuilder.DropCheckConstraint(
                name: "ck_microconferences_withdrawn",
                table: "microconferences");

            migrationBuilder.DropColumn(
                name: "withdrawn_from",
                table: "topics");

            migrationBuilder.DropColumn(
                name: "is_withdrawn_by_organizer",
                table: "microconferences");

            migrationBuilder.DropColumn(
                name: "withdrawn_at",
                table: "microconferences");

            migrationBuilder.DropColumn(
                name: "withdrawn_form",
                table: "microconferences");

            migrationBuilder.DropColumn(
                name: "withdrawn_from",
                table: "microconferences");

            migrationBuilder.DropColumn(
                name: "uid_domain",
                table: "conferences");

            ForgetTheInstallation(migrationBuilder);
        }
    }
}
