using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace LpcSite.Data.Migrations
{
    /// <inheritdoc />
    public partial class TopicDecisions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "asked",
                table: "topics",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<Instant>(
                name: "asked_at",
                table: "topics",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "merged_into_id",
                table: "topics",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "offer",
                table: "topics",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "offered_to_id",
                table: "topics",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "answers_to",
                table: "letters",
                type: "character varying(254)",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "answers_to_name",
                table: "letters",
                type: "character varying(120)",
                maxLength: 120,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_of_leads",
                table: "letters",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "topic_decision_id",
                table: "letters",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "topic_decisions",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    topic_id = table.Column<int>(type: "integer", nullable: false),
                    verdict = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: true),
                    into_id = table.Column<int>(type: "integer", nullable: true),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    by_id = table.Column<int>(type: "integer", nullable: false),
                    decided_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    released_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_topic_decisions", x => x.id);
                    table.CheckConstraint("ck_topic_decisions_into", "(verdict = 'Merge') = (into_id IS NOT NULL) AND into_id <> topic_id");
                    table.CheckConstraint("ck_topic_decisions_minutes", "minutes BETWEEN 1 AND 240");
                    table.ForeignKey(
                        name: "fk_topic_decisions_people_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_topic_decisions_topics_into_id",
                        column: x => x.into_id,
                        principalTable: "topics",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_topic_decisions_topics_topic_id",
                        column: x => x.topic_id,
                        principalTable: "topics",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_topics_merged_into_id",
                table: "topics",
                column: "merged_into_id");

            migrationBuilder.CreateIndex(
                name: "ix_topics_offered_to_id",
                table: "topics",
                column: "offered_to_id");

            migrationBuilder.AddCheckConstraint(
                name: "ck_topics_merged",
                table: "topics",
                sql: "(status = 'Merged') = (merged_into_id IS NOT NULL) AND merged_into_id <> id");

            migrationBuilder.CreateIndex(
                name: "ix_letters_of_leads",
                table: "letters",
                columns: new[] { "microconference_id", "id" },
                filter: "is_of_leads");

            migrationBuilder.CreateIndex(
                name: "ix_letters_topic_decision_id",
                table: "letters",
                column: "topic_decision_id");

            migrationBuilder.CreateIndex(
                name: "ix_topic_decisions_by_id",
                table: "topic_decisions",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_topic_decisions_into_id",
                table: "topic_decisions",
                column: "into_id");

            migrationBuilder.CreateIndex(
                name: "ix_topic_decisions_prepared",
                table: "topic_decisions",
                column: "topic_id",
                unique: true,
                filter: "state IN ('Tentative', 'Applied')");

            migrationBuilder.AddForeignKey(
                name: "fk_letters_topic_decisions_topic_decision_id",
                table: "letters",
                column: "topic_decision_id",
                principalTable: "topic_decisions",
                principalColumn: "id");

            migrationBuilder.AddForeignKey(
                name: "fk_topics_microconferences_offered_to_id",
                table: "topics",
                column: "offered_to_id",
                principalTable: "microconferences",
                principalColumn: "id");

            migrationBuilder.AddForeignKey(
                name: "fk_topics_topics_merged_into_id",
                table: "topics",
                column: "merged_into_id",
                principalTable: "topics",
                principalColumn: "id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_letters_topic_decisions_topic_decision_id",
                table: "letters");

            migrationBuilder.DropForeignKey(
                name: "fk_topics_microconferences_offered_to_id",
                table: "topics");

            migrationBuilder.DropForeignKey(
                name: "fk_topics_topics_merged_into_id",
                table: "topics");

            migrationBuilder.DropTable(
                name: "topic_decisions");

            migrationBuilder.DropIndex(
                name: "ix_topics_merged_into_id",
                table: "topics");

            migrationBuilder.DropIndex(
                name: "ix_topics_offered_to_id",
                table: "topics");

            migrationBuilder.DropCheckConstraint(
                name: "ck_topics_merged",
                table: "topics");

            migrationBuilder.DropIndex(
                name: "ix_letters_of_leads",
                table: "letters");

            migrationBuilder.DropIndex(
                name: "ix_letters_topic_decision_id",
                table: "letters");

            migrationBuilder.DropColumn(
                name: "asked",
                table: "topics");

            migrationBuilder.DropColumn(
                name: "asked_at",
                table: "topics");

            migrationBuilder.DropColumn(
                name: "merged_into_id",
                table: "topics");

            migrationBuilder.DropColumn(
                name: "offer",
                table: "topics");

            migrationBuilder.DropColumn(
                name: "offered_to_id",
                table: "topics");

            migrationBuilder.DropColumn(
                name: "answers_to",
                table: "letters");

            migrationBuilder.DropColumn(
                name: "answers_to_name",
                table: "letters");

            migrationBuilder.DropColumn(
                name: "is_of_leads",
                table: "letters");

            migrationBuilder.DropColumn(
                name: "topic_decision_id",
                table: "letters");
        }
    }
}
