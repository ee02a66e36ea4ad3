using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace LpcSite.Data.Migrations
{
    /// <inheritdoc />
    public partial class Materials : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "materials",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    topic_id = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    url = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    start_offset = table.Column<int>(type: "integer", nullable: true),
                    file_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    media_type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    size = table.Column<long>(type: "bigint", nullable: true),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    by_id = table.Column<int>(type: "integer", nullable: false),
                    added_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    superseded_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    removed_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_materials", x => x.id);
                    table.CheckConstraint("ck_materials_kind", "CASE kind WHEN 'Slides' THEN num_nulls(file_name, media_type, size, hash) = 0 AND url IS NULL WHEN 'Link' THEN title IS NOT NULL AND url IS NOT NULL AND superseded_at IS NULL WHEN 'Recording' THEN url IS NOT NULL AND start_offset IS NOT NULL ELSE false END");
                    table.ForeignKey(
                        name: "fk_materials_people_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_materials_topics_topic_id",
                        column: x => x.topic_id,
                        principalTable: "topics",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "slides_reminders",
                columns: table => new
                {
                    microconference_id = table.Column<int>(type: "integer", nullable: false),
                    written_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slides_reminders", x => x.microconference_id);
                    table.ForeignKey(
                        name: "fk_slides_reminders_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "material_chunks",
                columns: table => new
                {
                    material_id = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_material_chunks", x => new { x.material_id, x.number });
                    table.ForeignKey(
                        name: "fk_material_chunks_materials_material_id",
                        column: x => x.material_id,
                        principalTable: "materials",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_materials_by_id",
                table: "materials",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_materials_current",
                table: "materials",
                columns: new[] { "topic_id", "kind" },
                unique: true,
                filter: "kind <> 'Link' AND superseded_at IS NULL AND removed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_materials_topic_id_kind_number",
                table: "materials",
                columns: new[] { "topic_id", "kind", "number" },
                unique: true);

            migrationBuilder.Sql(
                """
                -- Outside the row and as they come: they are compressed already, most of them.
                ALTER TABLE material_chunks ALTER COLUMN content SET STORAGE EXTERNAL;
                CREATE TRIGGER tell_content_changed AFTER INSERT OR UPDATE OR DELETE ON materials
                    FOR EACH ROW EXECUTE FUNCTION tell_content_changed('topic');
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "material_chunks");

            migrationBuilder.DropTable(
                name: "slides_reminders");

            migrationBuilder.DropTable(
                name: "materials");
        }
    }
}
