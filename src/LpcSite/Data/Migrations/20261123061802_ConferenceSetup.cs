using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using NpgsqlTypes;

#nullable disable

namespace LpcSite.Data.Migrations
{
    /// <inheritdoc />
    public partial class ConferenceSetup : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<uint>(
                name: "xmin",
                table: "sponsors",
                type: "xid",
                rowVersion: true,
                nullable: false,
                defaultValue: 0u);

            migrationBuilder.AddColumn<string>(
                name: "state",
                table: "conferences",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<uint>(
                name: "xmin",
                table: "conferences",
                type: "xid",
                rowVersion: true,
                nullable: false,
                defaultValue: 0u);

            migrationBuilder.CreateTable(
                name: "conference_pages",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    title = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    is_published = table.Column<bool>(type: "boolean", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    search_vector = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: true, computedColumnSql: "lpc_vector(title, text_source)", stored: true),
                    text_html = table.Column<string>(type: "text", nullable: false),
                    text_renderer_version = table.Column<int>(type: "integer", nullable: false),
                    text_source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conference_pages", x => x.id);
                    table.ForeignKey(
                        name: "fk_conference_pages_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_conference_pages_conference_id_slug",
                table: "conference_pages",
                columns: new[] { "conference_id", "slug" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conference_pages_search_vector",
                table: "conference_pages",
                column: "search_vector")
                .Annotation("Npgsql:IndexMethod", "gin");

            ShowWhatIsThere(migrationBuilder);
            TellOfChanges(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "conference_pages");

            migrationBuilder.DropColumn(
                name: "xmin",
                table: "sponsors");

            migrationBuilder.DropColumn(
                name: "state",
                table: "conferences");

            migrationBuilder.DropColumn(
                name: "xmin",
                table: "conferences");
        }
    }
}
