using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace LpcSite.Data.Migrations
{
    /// <inheritdoc />
    public partial class PersonalSchedule : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "calendar",
                table: "letters",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "absences",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    during = table.Column<Interval>(type: "tstzrange", nullable: false),
                    note = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    by_id = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_absences", x => x.id);
                    table.CheckConstraint("ck_absences_during", "NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)");
                    table.ForeignKey(
                        name: "fk_absences_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_absences_people_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_absences_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "star_feeds",
                columns: table => new
                {
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    token = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_star_feeds", x => x.person_id);
                    table.ForeignKey(
                        name: "fk_star_feeds_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "stars",
                columns: table => new
                {
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    uid = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stars", x => new { x.person_id, x.conference_id, x.uid });
                    table.ForeignKey(
                        name: "fk_stars_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_stars_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_absences_by_id",
                table: "absences",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_absences_conference_id_person_id",
                table: "absences",
                columns: new[] { "conference_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "ix_absences_person_id",
                table: "absences",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_star_feeds_token",
                table: "star_feeds",
                column: "token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_stars_conference_id_uid",
                table: "stars",
                columns: new[] { "conference_id", "uid" });

            SayAbsencesOnce(migrationBuilder);
            TellOfTheDraft(migrationBuilder);
            LetReleasesForget(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            LetReleasesForgetNothing(migrationBuilder);
            TellOfTheDraftNoMore(migrationBuilder);

            migrationBuilder.DropTable(
                name: "absences");

            migrationBuilder.DropTable(
                name: "star_feeds");

            migrationBuilder.DropTable(
                name: "stars");

            migrationBuilder.DropColumn(
                name: "calendar",
                table: "letters");
        }
    }
}
