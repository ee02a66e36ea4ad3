using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace LpcSite.Data.Migrations
{
    /// <inheritdoc />
    public partial class Schedule : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<int>(
                name: "microconference_id",
                table: "slots",
                type: "integer",
                nullable: true,
                oldClrType: typeof(int),
                oldType: "integer");

            migrationBuilder.AddColumn<bool>(
                name: "is_locked",
                table: "slots",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "slots",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "Microconference");

            migrationBuilder.AddColumn<string>(
                name: "title",
                table: "slots",
                type: "character varying(120)",
                maxLength: 120,
                nullable: true);

            migrationBuilder.AddColumn<uint>(
                name: "xmin",
                table: "slots",
                type: "xid",
                rowVersion: true,
                nullable: false,
                defaultValue: 0u);

            migrationBuilder.AddColumn<string>(
                name: "equipment",
                table: "rooms",
                type: "character varying(120)",
                maxLength: 120,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "walking_minutes",
                table: "conferences",
                type: "integer",
                nullable: false,
                defaultValue: 5);

            migrationBuilder.CreateTable(
                name: "accepted_clashes",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    key = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    by_id = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accepted_clashes", x => x.id);
                    table.ForeignKey(
                        name: "fk_accepted_clashes_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_accepted_clashes_people_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "half_days",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    starts = table.Column<LocalTime>(type: "time", nullable: false),
                    ends = table.Column<LocalTime>(type: "time", nullable: false),
                    break_starts = table.Column<LocalTime>(type: "time", nullable: true),
                    break_minutes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_half_days", x => x.id);
                    table.CheckConstraint("ck_half_days_times", "starts < ends AND (break_starts IS NULL) = (break_minutes = 0)");
                    table.ForeignKey(
                        name: "fk_half_days_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "releases",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    document = table.Column<string>(type: "jsonb", nullable: false),
                    comment = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    of_id = table.Column<int>(type: "integer", nullable: true),
                    by_id = table.Column<int>(type: "integer", nullable: true),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_releases", x => x.id);
                    table.ForeignKey(
                        name: "fk_releases_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_releases_microconferences_of_id",
                        column: x => x.of_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_releases_people_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "session_items",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    microconference_id = table.Column<int>(type: "integer", nullable: false),
                    slot_id = table.Column<int>(type: "integer", nullable: true),
                    starts_after = table.Column<int>(type: "integer", nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    topic_id = table.Column<int>(type: "integer", nullable: true),
                    title = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    is_break = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_items", x => x.id);
                    table.CheckConstraint("ck_session_items_minutes", "starts_after >= 0 AND minutes BETWEEN 1 AND 240");
                    table.CheckConstraint("ck_session_items_topic", "(topic_id IS NULL) = (title IS NOT NULL) AND NOT (is_break AND topic_id IS NOT NULL)");
                    table.ForeignKey(
                        name: "fk_session_items_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_session_items_slots_slot_id",
                        column: x => x.slot_id,
                        principalTable: "slots",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_session_items_topics_topic_id",
                        column: x => x.topic_id,
                        principalTable: "topics",
                        principalColumn: "id");
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_slots_kind",
                table: "slots",
                sql: "(kind = 'Microconference') = (microconference_id IS NOT NULL) AND (kind = 'Microconference') = (title IS NULL)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_conferences_walking_minutes",
                table: "conferences",
                sql: "walking_minutes BETWEEN 0 AND 60");

            migrationBuilder.CreateIndex(
                name: "ix_accepted_clashes_by_id",
                table: "accepted_clashes",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_accepted_clashes_conference_id_key",
                table: "accepted_clashes",
                columns: new[] { "conference_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_half_days_conference_id",
                table: "half_days",
                column: "conference_id");

            migrationBuilder.CreateIndex(
                name: "ix_releases_by_id",
                table: "releases",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_releases_conference_id_number",
                table: "releases",
                columns: new[] { "conference_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_releases_of_id",
                table: "releases",
                column: "of_id");

            migrationBuilder.CreateIndex(
                name: "ix_session_items_microconference_id",
                table: "session_items",
                column: "microconference_id");

            migrationBuilder.CreateIndex(
                name: "ix_session_items_slot_id",
                table: "session_items",
                column: "slot_id");

            migrationBuilder.CreateIndex(
                name: "ix_session_items_topic_id",
                table: "session_items",
                column: "topic_id",
                unique: true);

            KeepSessionsInTheirSlots(migrationBuilder);
            FreezeReleases(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            UndoRules(migrationBuilder);

            migrationBuilder.DropTable(
                name: "accepted_clashes");

            migrationBuilder.DropTable(
                name: "half_days");

            migrationBuilder.DropTable(
                name: "releases");

            migrationBuilder.DropTable(
                name: "session_items");

            migrationBuilder.DropCheckConstraint(
                name: "ck_slots_kind",
                table: "slots");

            migrationBuilder.DropCheckConstraint(
                name: "ck_conferences_walking_minutes",
                table: "conferences");

            migrationBuilder.DropColumn(
                name: "is_locked",
                table: "slots");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "slots");

            migrationBuilder.DropColumn(
                name: "title",
                table: "slots");

            migrationBuilder.DropColumn(
                name: "xmin",
                table: "slots");

            migrationBuilder.DropColumn(
                name: "equipment",
                table: "rooms");

            migrationBuilder.DropColumn(
                name: "walking_minutes",
                table: "conferences");

            migrationBuilder.AlterColumn<int>(
                name: "microconference_id",
                table: "slots",
                type: "integer",
                nullable: false,
                defaultValue: 0,
                oldClrType: typeof(int),
                oldType: "integer",
                oldNullable: true);
        }
    }
}
