using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace LpcSite.Data.Migrations
{
    /// <inheritdoc />
    public partial class TopicSubmissions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "availability",
                table: "topics",
                type: "character varying(300)",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "revision_number",
                table: "topics",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Instant>(
                name: "submitted_at",
                table: "topics",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "submitter_id",
                table: "topics",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<uint>(
                name: "xmin",
                table: "topics",
                type: "xid",
                rowVersion: true,
                nullable: false,
                defaultValue: 0u);

            migrationBuilder.AddColumn<bool>(
                name: "allows_changes",
                table: "calls",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "topic_revisions",
                columns: table => new
                {
                    topic_id = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    author_id = table.Column<int>(type: "integer", nullable: false),
                    saved_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_topic_revisions", x => new { x.topic_id, x.number });
                    table.ForeignKey(
                        name: "fk_topic_revisions_people_author_id",
                        column: x => x.author_id,
                        principalTable: "people",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_topic_revisions_topics_topic_id",
                        column: x => x.topic_id,
                        principalTable: "topics",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_topics_submitter_id",
                table: "topics",
                column: "submitter_id");

            migrationBuilder.AddCheckConstraint(
                name: "ck_topics_submitted",
                table: "topics",
                sql: "status NOT IN ('Draft', 'Submitted') OR submitter_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_topic_revisions_author_id",
                table: "topic_revisions",
                column: "author_id");

            migrationBuilder.AddForeignKey(
                name: "fk_topics_people_submitter_id",
                table: "topics",
                column: "submitter_id",
                principalTable: "people",
                principalColumn: "id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_topics_people_submitter_id",
                table: "topics");

            migrationBuilder.DropTable(
                name: "topic_revisions");

            migrationBuilder.DropIndex(
                name: "ix_topics_submitter_id",
                table: "topics");

            migrationBuilder.DropCheckConstraint(
                name: "ck_topics_submitted",
                table: "topics");

            migrationBuilder.DropColumn(
                name: "availability",
                table: "topics");

            migrationBuilder.DropColumn(
                name: "revision_number",
                table: "topics");

            migrationBuilder.DropColumn(
                name: "submitted_at",
                table: "topics");

            migrationBuilder.DropColumn(
                name: "submitter_id",
                table: "topics");

            migrationBuilder.DropColumn(
                name: "xmin",
                table: "topics");

            migrationBuilder.DropColumn(
                name: "allows_changes",
                table: "calls");
        }
    }
}
