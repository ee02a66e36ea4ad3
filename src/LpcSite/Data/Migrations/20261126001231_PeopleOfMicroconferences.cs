using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace LpcSite.Data.Migrations
{
    /// <inheritdoc />
    public partial class PeopleOfMicroconferences : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            CreateNameWords(migrationBuilder);

            migrationBuilder.DropIndex(
                name: "ix_invitations_microconference_id_person_id",
                table: "invitations");

            migrationBuilder.AddColumn<string>(
                name: "attendance",
                table: "speakers",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "Unknown");

            migrationBuilder.AddColumn<Instant>(
                name: "confirmed_at",
                table: "speakers",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Instant>(
                name: "declined_at",
                table: "speakers",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "invite_at",
                table: "speakers",
                type: "character varying(254)",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_alternative",
                table: "speakers",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "attendance",
                table: "key_attendees",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "Unknown");

            migrationBuilder.AddColumn<Instant>(
                name: "confirmed_at",
                table: "key_attendees",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Instant>(
                name: "declined_at",
                table: "key_attendees",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "invitations",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "Account");

            NameWhatWasInvitedTo(migrationBuilder);

            migrationBuilder.AddColumn<int>(
                name: "topic_id",
                table: "invitations",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<uint>(
                name: "xmin",
                table: "invitations",
                type: "xid",
                rowVersion: true,
                nullable: false,
                defaultValue: 0u);

            migrationBuilder.AddColumn<string>(
                name: "name_words",
                table: "people",
                type: "text",
                nullable: true,
                computedColumnSql: "lpc_name(name)",
                stored: true);

            migrationBuilder.CreateTable(
                name: "allowances",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    microconference_id = table.Column<int>(type: "integer", nullable: true),
                    passes = table.Column<int>(type: "integer", nullable: false),
                    places = table.Column<int>(type: "integer", nullable: false),
                    closes_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    zone = table.Column<string>(type: "text", nullable: true),
                    reminded_of = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_allowances", x => x.id);
                    table.CheckConstraint("ck_allowances_deadline", "(closes_at IS NULL) = (zone IS NULL) AND (closes_at IS NULL OR microconference_id IS NULL)");
                    table.CheckConstraint("ck_allowances_numbers", "passes BETWEEN 0 AND 100 AND places BETWEEN 0 AND 100");
                    table.ForeignKey(
                        name: "fk_allowances_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_allowances_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "distinctions",
                columns: table => new
                {
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    other_id = table.Column<int>(type: "integer", nullable: false),
                    by_id = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_distinctions", x => new { x.person_id, x.other_id });
                    table.CheckConstraint("ck_distinctions_order", "person_id < other_id");
                    table.ForeignKey(
                        name: "fk_distinctions_people_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_distinctions_people_other_id",
                        column: x => x.other_id,
                        principalTable: "people",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_distinctions_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "nominations",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    microconference_id = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    mail = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    by_id = table.Column<int>(type: "integer", nullable: false),
                    nominated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_nominations", x => x.id);
                    table.ForeignKey(
                        name: "fk_nominations_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_nominations_people_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_nominations_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_kind_microconference_id_topic_id_person_id",
                table: "invitations",
                columns: new[] { "kind", "microconference_id", "topic_id", "person_id" },
                unique: true,
                filter: "accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_invitations_microconference_id",
                table: "invitations",
                column: "microconference_id");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_topic_id",
                table: "invitations",
                column: "topic_id");

            migrationBuilder.CreateIndex(
                name: "ix_allowances_conference_id_microconference_id",
                table: "allowances",
                columns: new[] { "conference_id", "microconference_id" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_allowances_microconference_id",
                table: "allowances",
                column: "microconference_id");

            migrationBuilder.CreateIndex(
                name: "ix_distinctions_by_id",
                table: "distinctions",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_distinctions_other_id",
                table: "distinctions",
                column: "other_id");

            migrationBuilder.CreateIndex(
                name: "ix_nominations_by_id",
                table: "nominations",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_nominations_microconference_id_person_id",
                table: "nominations",
                columns: new[] { "microconference_id", "person_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_nominations_person_id",
                table: "nominations",
                column: "person_id");

            migrationBuilder.AddForeignKey(
                name: "fk_invitations_topics_topic_id",
                table: "invitations",
                column: "topic_id",
                principalTable: "topics",
                principalColumn: "id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_invitations_topics_topic_id",
                table: "invitations");

            migrationBuilder.DropTable(
                name: "allowances");

            migrationBuilder.DropTable(
                name: "distinctions");

            migrationBuilder.DropTable(
                name: "nominations");

            migrationBuilder.DropIndex(
                name: "ix_invitations_kind_microconference_id_topic_id_person_id",
                table: "invitations");

            migrationBuilder.DropIndex(
                name: "ix_invitations_microconference_id",
                table: "invitations");

            migrationBuilder.DropIndex(
                name: "ix_invitations_topic_id",
                table: "invitations");

            migrationBuilder.DropColumn(
                name: "name_words",
                table: "people");

            migrationBuilder.DropColumn(
                name: "attendance",
                table: "speakers");

            migrationBuilder.DropColumn(
                name: "confirmed_at",
                table: "speakers");

            migrationBuilder.DropColumn(
                name: "declined_at",
                table: "speakers");

            migrationBuilder.DropColumn(
                name: "invite_at",
                table: "speakers");

            migrationBuilder.DropColumn(
                name: "is_alternative",
                table: "speakers");

            migrationBuilder.DropColumn(
                name: "attendance",
                table: "key_attendees");

            migrationBuilder.DropColumn(
                name: "confirmed_at",
                table: "key_attendees");

            migrationBuilder.DropColumn(
                name: "declined_at",
                table: "key_attendees");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "invitations");

            migrationBuilder.DropColumn(
                name: "topic_id",
                table: "invitations");

            migrationBuilder.DropColumn(
                name: "xmin",
                table: "invitations");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_microconference_id_person_id",
                table: "invitations",
                columns: new[] { "microconference_id", "person_id" },
                unique: true,
                filter: "accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.Sql("DROP FUNCTION lpc_name(text);");
        }
    }
}
