using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using NpgsqlTypes;

#nullable disable

namespace LpcSite.Data.Migrations
{
    /// <inheritdoc />
    public partial class AfterTheConference : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_working_texts_conference_id_microconference_id_person_id",
                table: "working_texts");

            migrationBuilder.AddColumn<bool>(
                name: "is_of_topic",
                table: "working_texts",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "topic_id",
                table: "working_texts",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<Instant>(
                name: "changed_at",
                table: "calls",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: NodaTime.Instant.FromUnixTimeTicks(0L));

            migrationBuilder.AddColumn<int>(
                name: "sequence",
                table: "calls",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            // Calendars are told when a call was last announced; of those that are there, when they opened is the best that is known.
            migrationBuilder.Sql("UPDATE calls SET changed_at = LEAST(opens_at, now())");

            migrationBuilder.CreateTable(
                name: "notes",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    microconference_id = table.Column<int>(type: "integer", nullable: true),
                    topic_id = table.Column<int>(type: "integer", nullable: true),
                    is_outcome = table.Column<bool>(type: "boolean", nullable: false),
                    by_id = table.Column<int>(type: "integer", nullable: true),
                    saved_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    search_vector = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: true, computedColumnSql: "lpc_vector('', text_source)", stored: true),
                    text_html = table.Column<string>(type: "text", nullable: false),
                    text_renderer_version = table.Column<int>(type: "integer", nullable: false),
                    text_source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notes", x => x.id);
                    table.CheckConstraint("ck_notes_of", "num_nonnulls(microconference_id, topic_id) = 1 AND NOT (is_outcome AND topic_id IS NOT NULL)");
                    table.ForeignKey(
                        name: "fk_notes_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_notes_people_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_notes_topics_topic_id",
                        column: x => x.topic_id,
                        principalTable: "topics",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_working_texts_conference_id_microconference_id_is_of_topic_",
                table: "working_texts",
                columns: new[] { "conference_id", "microconference_id", "is_of_topic", "topic_id", "person_id" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_working_texts_topic_id",
                table: "working_texts",
                column: "topic_id");

            migrationBuilder.AddCheckConstraint(
                name: "ck_working_texts_of",
                table: "working_texts",
                sql: "NOT is_of_topic AND topic_id IS NULL OR is_of_topic AND num_nonnulls(topic_id, microconference_id) = 1");

            migrationBuilder.CreateIndex(
                name: "ix_notes_by_id",
                table: "notes",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_notes_microconference_id_topic_id_is_outcome",
                table: "notes",
                columns: new[] { "microconference_id", "topic_id", "is_outcome" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_notes_search_vector",
                table: "notes",
                column: "search_vector")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_notes_topic_id",
                table: "notes",
                column: "topic_id");

            migrationBuilder.AddForeignKey(
                name: "fk_working_texts_topics_topic_id",
                table: "working_texts",
                column: "topic_id",
                principalTable: "topics",
                principalColumn: "id");

            // Of a topic or of a microconference: which conference that is, the trigger does not ask.
            migrationBuilder.Sql(
                """
                CREATE TRIGGER tell_content_changed AFTER INSERT OR UPDATE OR DELETE ON notes
                    FOR EACH ROW EXECUTE FUNCTION tell_content_changed('site');
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_working_texts_topics_topic_id",
                table: "working_texts");

            migrationBuilder.DropTable(
                name: "notes");

            migrationBuilder.DropIndex(
                name: "ix_working_texts_conference_id_microconference_id_is_of_topic_",
                table: "working_texts");

            migrationBuilder.DropIndex(
                name: "ix_working_texts_topic_id",
                table: "working_texts");

            migrationBuilder.DropCheckConstraint(
                name: "ck_working_texts_of",
                table: "working_texts");

            migrationBuilder.DropColumn(
                name: "is_of_topic",
                table: "working_texts");

            migrationBuilder.DropColumn(
                name: "topic_id",
                table: "working_texts");

            migrationBuilder.DropColumn(
                name: "changed_at",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "sequence",
                table: "calls");

            migrationBuilder.CreateIndex(
                name: "ix_working_texts_conference_id_microconference_id_person_id",
                table: "working_texts",
                columns: new[] { "conference_id", "microconference_id", "person_id" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);
        }
    }
}
