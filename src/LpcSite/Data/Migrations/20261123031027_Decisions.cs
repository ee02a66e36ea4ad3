using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace LpcSite.Data.Migrations
{
    /// <inheritdoc />
    public partial class Decisions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "decision_id",
                table: "letters",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "places",
                table: "conferences",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "decisions",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    microconference_id = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    verdict = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    form = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    into_id = table.Column<int>(type: "integer", nullable: true),
                    place = table.Column<int>(type: "integer", nullable: true),
                    note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    by_id = table.Column<int>(type: "integer", nullable: false),
                    decided_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    released_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decisions", x => x.id);
                    table.CheckConstraint("ck_decisions_form", "form IS NULL OR verdict = 'Accept'");
                    table.CheckConstraint("ck_decisions_into", "(verdict = 'Merge') = (into_id IS NOT NULL) AND into_id <> microconference_id");
                    table.CheckConstraint("ck_decisions_place", "place IS NULL OR verdict = 'Wait'");
                    table.ForeignKey(
                        name: "fk_decisions_microconferences_into_id",
                        column: x => x.into_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_decisions_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_decisions_people_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "letter_templates",
                columns: table => new
                {
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    verdict = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    subject = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    text = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_letter_templates", x => new { x.conference_id, x.verdict });
                    table.ForeignKey(
                        name: "fk_letter_templates_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_letters_decision_id",
                table: "letters",
                column: "decision_id");

            migrationBuilder.CreateIndex(
                name: "ix_decisions_by_id",
                table: "decisions",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_decisions_into_id",
                table: "decisions",
                column: "into_id");

            migrationBuilder.CreateIndex(
                name: "ix_decisions_microconference_id_id",
                table: "decisions",
                columns: new[] { "microconference_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_decisions_prepared",
                table: "decisions",
                column: "microconference_id",
                unique: true,
                filter: "state IN ('Tentative', 'Applied')");

            migrationBuilder.AddForeignKey(
                name: "fk_letters_decisions_decision_id",
                table: "letters",
                column: "decision_id",
                principalTable: "decisions",
                principalColumn: "id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_letters_decisions_decision_id",
                table: "letters");

            migrationBuilder.DropTable(
                name: "decisions");

            migrationBuilder.DropTable(
                name: "letter_templates");

            migrationBuilder.DropIndex(
                name: "ix_letters_decision_id",
                table: "letters");

            migrationBuilder.DropColumn(
                name: "decision_id",
                table: "letters");

            migrationBuilder.DropColumn(
                name: "places",
                table: "conferences");
        }
    }
}
