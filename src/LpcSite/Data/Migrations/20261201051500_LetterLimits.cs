using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace LpcSite.Data.Migrations
{
    /// <inheritdoc />
    public partial class LetterLimits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_letters_due_at",
                table: "letters");

            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:btree_gist", ",,")
                .Annotation("Npgsql:PostgresExtension:citext", ",,")
                .Annotation("Npgsql:PostgresExtension:pg_trgm", ",,")
                .Annotation("Npgsql:PostgresExtension:unaccent", ",,")
                .OldAnnotation("Npgsql:PostgresExtension:btree_gist", ",,")
                .OldAnnotation("Npgsql:PostgresExtension:pg_trgm", ",,")
                .OldAnnotation("Npgsql:PostgresExtension:unaccent", ",,");

            migrationBuilder.AlterColumn<string>(
                name: "invite_at",
                table: "speakers",
                type: "citext",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(254)",
                oldMaxLength: 254,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "mail",
                table: "nominations",
                type: "citext",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(254)",
                oldMaxLength: 254);

            migrationBuilder.AlterColumn<string>(
                name: "to_address",
                table: "letters",
                type: "citext",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(254)",
                oldMaxLength: 254);

            migrationBuilder.AlterColumn<string>(
                name: "answers_to",
                table: "letters",
                type: "citext",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(254)",
                oldMaxLength: 254,
                oldNullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_urgent",
                table: "letters",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AlterColumn<string>(
                name: "mail",
                table: "invitations",
                type: "citext",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(254)",
                oldMaxLength: 254);

            migrationBuilder.AddColumn<long>(
                name: "letter_id",
                table: "invitations",
                type: "bigint",
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "email",
                table: "accounts",
                type: "citext",
                maxLength: 256,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(254)",
                oldMaxLength: 254,
                oldNullable: true);

            migrationBuilder.CreateTable(
                name: "letter_limits",
                columns: table => new
                {
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    key = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    full_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_letter_limits", x => new { x.kind, x.key });
                });

            migrationBuilder.CreateIndex(
                name: "ix_letters_due",
                table: "letters",
                columns: new[] { "is_urgent", "due_at" },
                descending: new[] { true, false },
                filter: "state IN ('Waiting', 'Sending')");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_letter_id",
                table: "invitations",
                column: "letter_id");

            migrationBuilder.CreateIndex(
                name: "ix_letter_limits_full_at",
                table: "letter_limits",
                column: "full_at");

            migrationBuilder.AddForeignKey(
                name: "fk_invitations_letters_letter_id",
                table: "invitations",
                column: "letter_id",
                principalTable: "letters",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);

            LetAuditForget(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            LetAuditForgetNothing(migrationBuilder);

            migrationBuilder.DropForeignKey(
                name: "fk_invitations_letters_letter_id",
                table: "invitations");

            migrationBuilder.DropTable(
                name: "letter_limits");

            migrationBuilder.DropIndex(
                name: "ix_letters_due",
                table: "letters");

            migrationBuilder.DropIndex(
                name: "ix_invitations_letter_id",
                table: "invitations");

            migrationBuilder.DropColumn(
                name: "is_urgent",
                table: "letters");

            migrationBuilder.DropColumn(
                name: "letter_id",
                table: "invitations");

            migrationBuilder.AlterColumn<string>(
                name: "invite_at",
                table: "speakers",
                type: "character varying(254)",
                maxLength: 254,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "citext",
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "mail",
                table: "nominations",
                type: "character varying(254)",
                maxLength: 254,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "citext");

            migrationBuilder.AlterColumn<string>(
                name: "to_address",
                table: "letters",
                type: "character varying(254)",
                maxLength: 254,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "citext");

            migrationBuilder.AlterColumn<string>(
                name: "answers_to",
                table: "letters",
                type: "character varying(254)",
                maxLength: 254,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "citext",
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "mail",
                table: "invitations",
                type: "character varying(254)",
                maxLength: 254,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "citext");

            migrationBuilder.AlterColumn<string>(
                name: "email",
                table: "accounts",
                type: "character varying(254)",
                maxLength: 254,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "citext",
                oldMaxLength: 256,
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_letters_due_at",
                table: "letters",
                column: "due_at",
                filter: "state IN ('Waiting', 'Sending')");

            // Last: the columns above are of its type.
            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:btree_gist", ",,")
                .Annotation("Npgsql:PostgresExtension:pg_trgm", ",,")
                .Annotation("Npgsql:PostgresExtension:unaccent", ",,")
                .OldAnnotation("Npgsql:PostgresExtension:btree_gist", ",,")
                .OldAnnotation("Npgsql:PostgresExtension:citext", ",,")
                .OldAnnotation("Npgsql:PostgresExtension:pg_trgm", ",,")
                .OldAnnotation("Npgsql:PostgresExtension:unaccent", ",,");
        }
    }
}
