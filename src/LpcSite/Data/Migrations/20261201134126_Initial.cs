using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using NpgsqlTypes;

#nullable disable

namespace LpcSite.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:btree_gist", ",,")
                .Annotation("Npgsql:PostgresExtension:citext", ",,")
                .Annotation("Npgsql:PostgresExtension:pg_trgm", ",,")
                .Annotation("Npgsql:PostgresExtension:unaccent", ",,");

            BeforeTheTables(migrationBuilder);

            migrationBuilder.CreateTable(
                name: "conferences",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    short_name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    starts_on = table.Column<LocalDate>(type: "date", nullable: false),
                    ends_on = table.Column<LocalDate>(type: "date", nullable: false),
                    time_zone = table.Column<string>(type: "text", nullable: false),
                    city = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    places = table.Column<int>(type: "integer", nullable: true),
                    keeps_affiliations_apart = table.Column<bool>(type: "boolean", nullable: false),
                    walking_minutes = table.Column<int>(type: "integer", nullable: false, defaultValue: 5),
                    uid_domain = table.Column<string>(type: "character varying(36)", maxLength: 36, nullable: false, defaultValueSql: "lpc_installation()"),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conferences", x => x.id);
                    table.CheckConstraint("ck_conferences_dates", "starts_on <= ends_on");
                    table.CheckConstraint("ck_conferences_walking_minutes", "walking_minutes BETWEEN 0 AND 60");
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendly_name = table.Column<string>(type: "text", nullable: true),
                    xml = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.id);
                });

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

            migrationBuilder.CreateTable(
                name: "people",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "und-x-icu"),
                    affiliation = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    zone = table.Column<string>(type: "text", nullable: true),
                    mail = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, defaultValue: "AtOnce"),
                    merged_into_id = table.Column<int>(type: "integer", nullable: true),
                    erased_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    name_words = table.Column<string>(type: "text", nullable: true, computedColumnSql: "lpc_name(name)", stored: true),
                    search_vector = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: true, computedColumnSql: "lpc_vector(name, coalesce(affiliation, ''))", stored: true),
                    bio_html = table.Column<string>(type: "text", nullable: false),
                    bio_renderer_version = table.Column<int>(type: "integer", nullable: false),
                    bio_source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people", x => x.id);
                    table.ForeignKey(
                        name: "fk_people_people_merged_into_id",
                        column: x => x.merged_into_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "redirects",
                columns: table => new
                {
                    from_path = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    to_path = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_redirects", x => x.from_path);
                    table.CheckConstraint("ck_redirects_loop", "from_path <> to_path");
                });

            migrationBuilder.CreateTable(
                name: "sign_in_counters",
                columns: table => new
                {
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    ends_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_in_counters", x => x.key);
                });

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

            migrationBuilder.CreateTable(
                name: "criteria",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    help = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    weight = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_criteria", x => x.id);
                    table.CheckConstraint("ck_criteria_weight", "weight BETWEEN 1 AND 10");
                    table.ForeignKey(
                        name: "fk_criteria_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
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
                name: "imported_uids",
                columns: table => new
                {
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    uid = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imported_uids", x => new { x.conference_id, x.uid });
                    table.ForeignKey(
                        name: "fk_imported_uids_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
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

            migrationBuilder.CreateTable(
                name: "microconferences",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    title = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "und-x-icu"),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    form = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    topics_inline = table.Column<bool>(type: "boolean", nullable: false),
                    merged_into_id = table.Column<int>(type: "integer", nullable: true),
                    revision_number = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    revised_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    withdrawn_from = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    withdrawn_form = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    withdrawn_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    is_withdrawn_by_organizer = table.Column<bool>(type: "boolean", nullable: true),
                    search_vector = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: true, computedColumnSql: "lpc_vector(title, '')", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_microconferences", x => x.id);
                    table.CheckConstraint("ck_microconferences_form", "form IS NULL OR status = 'Accepted'");
                    table.CheckConstraint("ck_microconferences_merged", "(status = 'Merged') = (merged_into_id IS NOT NULL) AND merged_into_id <> id");
                    table.CheckConstraint("ck_microconferences_withdrawn", "withdrawn_from IS NULL OR status = 'Withdrawn'");
                    table.ForeignKey(
                        name: "fk_microconferences_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_microconferences_microconferences_merged_into_id",
                        column: x => x.merged_into_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "rooms",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    capacity = table.Column<int>(type: "integer", nullable: true),
                    equipment = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rooms", x => x.id);
                    table.CheckConstraint("ck_rooms_capacity", "capacity > 0");
                    table.ForeignKey(
                        name: "fk_rooms_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "sponsor_tiers",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    places = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sponsor_tiers", x => x.id);
                    table.ForeignKey(
                        name: "fk_sponsor_tiers_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "sponsors",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    url = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sponsors", x => x.id);
                    table.ForeignKey(
                        name: "fk_sponsors_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                });

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
                name: "accepted_clashes",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    key = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
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
                name: "accounts",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    last_code_step = table.Column<long>(type: "bigint", nullable: false),
                    user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "citext", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    security_stamp = table.Column<string>(type: "text", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true),
                    phone_number = table.Column<string>(type: "text", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts", x => x.id);
                    table.ForeignKey(
                        name: "fk_accounts_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
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
                name: "organizers",
                columns: table => new
                {
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    added_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organizers", x => x.person_id);
                    table.ForeignKey(
                        name: "fk_organizers_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "person_aliases",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    key = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    is_vouched_for = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_aliases", x => x.id);
                    table.ForeignKey(
                        name: "fk_person_aliases_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "person_pictures",
                columns: table => new
                {
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    media_type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_pictures", x => x.person_id);
                    table.ForeignKey(
                        name: "fk_person_pictures_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "reviewers",
                columns: table => new
                {
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    added_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reviewers", x => new { x.conference_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_reviewers_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_reviewers_people_person_id",
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
                name: "assignments",
                columns: table => new
                {
                    microconference_id = table.Column<int>(type: "integer", nullable: false),
                    reviewer_id = table.Column<int>(type: "integer", nullable: false),
                    by_id = table.Column<int>(type: "integer", nullable: false),
                    assigned_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_assignments", x => new { x.microconference_id, x.reviewer_id });
                    table.ForeignKey(
                        name: "fk_assignments_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_assignments_people_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_assignments_people_reviewer_id",
                        column: x => x.reviewer_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    person_id = table.Column<int>(type: "integer", nullable: true),
                    microconference_id = table.Column<int>(type: "integer", nullable: true),
                    conference_id = table.Column<int>(type: "integer", nullable: true),
                    via = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    verb = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    subject = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    before = table.Column<string>(type: "jsonb", nullable: true),
                    after = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => x.id);
                    table.ForeignKey(
                        name: "fk_audit_entries_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_audit_entries_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_audit_entries_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "calls",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    microconference_id = table.Column<int>(type: "integer", nullable: true),
                    opens_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    closes_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    zone = table.Column<string>(type: "text", nullable: false),
                    template = table.Column<string>(type: "character varying(10000)", maxLength: 10000, nullable: false),
                    allows_changes = table.Column<bool>(type: "boolean", nullable: false),
                    changed_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    guidance_html = table.Column<string>(type: "text", nullable: false),
                    guidance_renderer_version = table.Column<int>(type: "integer", nullable: false),
                    guidance_source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calls", x => x.id);
                    table.CheckConstraint("ck_calls_closes_after_opening", "opens_at < closes_at");
                    table.ForeignKey(
                        name: "fk_calls_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_calls_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "conflicts_of_interest",
                columns: table => new
                {
                    microconference_id = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    by_id = table.Column<int>(type: "integer", nullable: false),
                    declared_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conflicts_of_interest", x => new { x.microconference_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_conflicts_of_interest_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_conflicts_of_interest_people_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_conflicts_of_interest_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "decisions",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    microconference_id = table.Column<int>(type: "integer", nullable: false),
                    verdict = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    form = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    into_id = table.Column<int>(type: "integer", nullable: true),
                    place = table.Column<int>(type: "integer", nullable: true),
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
                name: "key_attendees",
                columns: table => new
                {
                    microconference_id = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    attendance = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, defaultValue: "Unknown"),
                    confirmed_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    declined_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_key_attendees", x => new { x.microconference_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_key_attendees_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_key_attendees_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "leads",
                columns: table => new
                {
                    microconference_id = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_leads", x => new { x.microconference_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_leads_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_leads_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "news_items",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    microconference_id = table.Column<int>(type: "integer", nullable: true),
                    title = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    by_id = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    published_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    text_html = table.Column<string>(type: "text", nullable: false),
                    text_renderer_version = table.Column<int>(type: "integer", nullable: false),
                    text_source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_news_items", x => x.id);
                    table.ForeignKey(
                        name: "fk_news_items_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_news_items_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_news_items_people_by_id",
                        column: x => x.by_id,
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
                    mail = table.Column<string>(type: "citext", nullable: false),
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

            migrationBuilder.CreateTable(
                name: "predecessors",
                columns: table => new
                {
                    microconference_id = table.Column<int>(type: "integer", nullable: false),
                    earlier_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_predecessors", x => new { x.microconference_id, x.earlier_id });
                    table.CheckConstraint("ck_predecessors_not_itself", "microconference_id <> earlier_id");
                    table.ForeignKey(
                        name: "fk_predecessors_microconferences_earlier_id",
                        column: x => x.earlier_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_predecessors_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "references",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    microconference_id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    label = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    url = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_references", x => x.id);
                    table.ForeignKey(
                        name: "fk_references_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
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
                name: "remarks",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    microconference_id = table.Column<int>(type: "integer", nullable: false),
                    audience = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    by_id = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    revision_number = table.Column<int>(type: "integer", nullable: false),
                    quote = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    place = table.Column<int>(type: "integer", nullable: true),
                    settled_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    text_html = table.Column<string>(type: "text", nullable: false),
                    text_renderer_version = table.Column<int>(type: "integer", nullable: false),
                    text_source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_remarks", x => x.id);
                    table.CheckConstraint("ck_remarks_paragraph", "(quote IS NULL) = (place IS NULL)");
                    table.ForeignKey(
                        name: "fk_remarks_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_remarks_people_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "reviews",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    microconference_id = table.Column<int>(type: "integer", nullable: false),
                    reviewer_id = table.Column<int>(type: "integer", nullable: false),
                    confidence = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    revision_number = table.Column<int>(type: "integer", nullable: false),
                    saved_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    text_html = table.Column<string>(type: "text", nullable: false),
                    text_renderer_version = table.Column<int>(type: "integer", nullable: false),
                    text_source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reviews", x => x.id);
                    table.ForeignKey(
                        name: "fk_reviews_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_reviews_people_reviewer_id",
                        column: x => x.reviewer_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "revisions",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    microconference_id = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    author_id = table.Column<int>(type: "integer", nullable: true),
                    second_id = table.Column<int>(type: "integer", nullable: true),
                    summary = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    saved_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    search_vector = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: true, computedColumnSql: "lpc_vector('', description_source || ' ' || results_source)", stored: true),
                    description_html = table.Column<string>(type: "text", nullable: false),
                    description_renderer_version = table.Column<int>(type: "integer", nullable: false),
                    description_source = table.Column<string>(type: "text", nullable: false),
                    results_html = table.Column<string>(type: "text", nullable: false),
                    results_renderer_version = table.Column<int>(type: "integer", nullable: false),
                    results_source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_revisions", x => x.id);
                    table.ForeignKey(
                        name: "fk_revisions_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_revisions_people_author_id",
                        column: x => x.author_id,
                        principalTable: "people",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_revisions_revisions_second_id",
                        column: x => x.second_id,
                        principalTable: "revisions",
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
                name: "topics",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    microconference_id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    group = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    minutes = table.Column<int>(type: "integer", nullable: true),
                    speakers_note = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    open_speakers = table.Column<int>(type: "integer", nullable: false),
                    links = table.Column<List<string>>(type: "text[]", nullable: false),
                    refs = table.Column<List<string>>(type: "text[]", nullable: false),
                    submitter_id = table.Column<int>(type: "integer", nullable: true),
                    submitted_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    availability = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    merged_into_id = table.Column<int>(type: "integer", nullable: true),
                    asked = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    asked_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    offered_to_id = table.Column<int>(type: "integer", nullable: true),
                    offer = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    revision_number = table.Column<int>(type: "integer", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    withdrawn_from = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    search_vector = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: true, computedColumnSql: "lpc_vector(title, coalesce(\"group\", '') || ' ' || coalesce(speakers_note, '') || ' ' || details_source)", stored: true),
                    details_html = table.Column<string>(type: "text", nullable: false),
                    details_renderer_version = table.Column<int>(type: "integer", nullable: false),
                    details_source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_topics", x => x.id);
                    table.CheckConstraint("ck_topics_merged", "(status = 'Merged') = (merged_into_id IS NOT NULL) AND merged_into_id <> id");
                    table.CheckConstraint("ck_topics_minutes", "minutes BETWEEN 1 AND 240");
                    table.CheckConstraint("ck_topics_open_speakers", "open_speakers >= 0");
                    table.CheckConstraint("ck_topics_submitted", "status NOT IN ('Draft', 'Submitted') OR submitter_id IS NOT NULL");
                    table.ForeignKey(
                        name: "fk_topics_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_topics_microconferences_offered_to_id",
                        column: x => x.offered_to_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_topics_people_submitter_id",
                        column: x => x.submitter_id,
                        principalTable: "people",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_topics_topics_merged_into_id",
                        column: x => x.merged_into_id,
                        principalTable: "topics",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "slots",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, defaultValue: "Microconference"),
                    microconference_id = table.Column<int>(type: "integer", nullable: true),
                    title = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    room_id = table.Column<int>(type: "integer", nullable: true),
                    during = table.Column<Interval>(type: "tstzrange", nullable: false),
                    is_locked = table.Column<bool>(type: "boolean", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots", x => x.id);
                    table.CheckConstraint("ck_slots_kind", "(kind = 'Microconference') = (microconference_id IS NOT NULL) AND (kind = 'Microconference') = (title IS NULL)");
                    table.ForeignKey(
                        name: "fk_slots_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_slots_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_slots_rooms_room_id",
                        column: x => x.room_id,
                        principalTable: "rooms",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "sponsor_logos",
                columns: table => new
                {
                    sponsor_id = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    media_type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    width = table.Column<int>(type: "integer", nullable: false),
                    height = table.Column<int>(type: "integer", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sponsor_logos", x => x.sponsor_id);
                    table.ForeignKey(
                        name: "fk_sponsor_logos_sponsors_sponsor_id",
                        column: x => x.sponsor_id,
                        principalTable: "sponsors",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "sponsorships",
                columns: table => new
                {
                    tier_id = table.Column<int>(type: "integer", nullable: false),
                    sponsor_id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sponsorships", x => new { x.tier_id, x.sponsor_id });
                    table.ForeignKey(
                        name: "fk_sponsorships_sponsor_tiers_tier_id",
                        column: x => x.tier_id,
                        principalTable: "sponsor_tiers",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_sponsorships_sponsors_sponsor_id",
                        column: x => x.sponsor_id,
                        principalTable: "sponsors",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "account_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_account_claims_accounts_user_id",
                        column: x => x.user_id,
                        principalTable: "accounts",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "account_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "text", nullable: false),
                    provider_key = table.Column<string>(type: "text", nullable: false),
                    provider_display_name = table.Column<string>(type: "text", nullable: true),
                    user_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_account_logins_accounts_user_id",
                        column: x => x.user_id,
                        principalTable: "accounts",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "account_passkeys",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "bytea", maxLength: 1024, nullable: false),
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    data = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_passkeys", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_account_passkeys_accounts_user_id",
                        column: x => x.user_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "account_sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<int>(type: "integer", nullable: false),
                    stamp = table.Column<string>(type: "text", nullable: false),
                    device = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    started_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    last_used_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    proven_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_sessions", x => x.id);
                    table.ForeignKey(
                        name: "fk_account_sessions_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "account_tokens",
                columns: table => new
                {
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    login_provider = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_account_tokens_accounts_user_id",
                        column: x => x.user_id,
                        principalTable: "accounts",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "recovery_codes",
                columns: table => new
                {
                    account_id = table.Column<int>(type: "integer", nullable: false),
                    digest = table.Column<byte[]>(type: "bytea", nullable: false),
                    salt = table.Column<byte[]>(type: "bytea", nullable: false),
                    rounds = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recovery_codes", x => new { x.account_id, x.digest });
                    table.ForeignKey(
                        name: "fk_recovery_codes_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "late_links",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    call_id = table.Column<int>(type: "integer", nullable: false),
                    key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    uses = table.Column<int>(type: "integer", nullable: false),
                    used = table.Column<int>(type: "integer", nullable: false),
                    expires_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_late_links", x => x.id);
                    table.CheckConstraint("ck_late_links_uses", "used <= uses");
                    table.ForeignKey(
                        name: "fk_late_links_calls_call_id",
                        column: x => x.call_id,
                        principalTable: "calls",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "scores",
                columns: table => new
                {
                    review_id = table.Column<int>(type: "integer", nullable: false),
                    criterion_id = table.Column<int>(type: "integer", nullable: false),
                    value = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scores", x => new { x.review_id, x.criterion_id });
                    table.CheckConstraint("ck_scores_value", "value BETWEEN 1 AND 5");
                    table.ForeignKey(
                        name: "fk_scores_criteria_criterion_id",
                        column: x => x.criterion_id,
                        principalTable: "criteria",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_scores_reviews_review_id",
                        column: x => x.review_id,
                        principalTable: "reviews",
                        principalColumn: "id");
                });

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

            migrationBuilder.CreateTable(
                name: "speakers",
                columns: table => new
                {
                    topic_id = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    attendance = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, defaultValue: "Unknown"),
                    is_alternative = table.Column<bool>(type: "boolean", nullable: false),
                    invite_at = table.Column<string>(type: "citext", nullable: true),
                    confirmed_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    declined_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_speakers", x => new { x.topic_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_speakers_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_speakers_topics_topic_id",
                        column: x => x.topic_id,
                        principalTable: "topics",
                        principalColumn: "id");
                });

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

            migrationBuilder.CreateTable(
                name: "working_texts",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conference_id = table.Column<int>(type: "integer", nullable: false),
                    microconference_id = table.Column<int>(type: "integer", nullable: true),
                    is_of_topic = table.Column<bool>(type: "boolean", nullable: false),
                    topic_id = table.Column<int>(type: "integer", nullable: true),
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    fields = table.Column<string>(type: "jsonb", nullable: true),
                    based_on = table.Column<int>(type: "integer", nullable: false),
                    kept_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    seen_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_working_texts", x => x.id);
                    table.CheckConstraint("ck_working_texts_of", "NOT is_of_topic AND topic_id IS NULL OR is_of_topic AND num_nonnulls(topic_id, microconference_id) = 1");
                    table.ForeignKey(
                        name: "fk_working_texts_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_working_texts_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_working_texts_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_working_texts_topics_topic_id",
                        column: x => x.topic_id,
                        principalTable: "topics",
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

            migrationBuilder.CreateTable(
                name: "letters",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    reference = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<int>(type: "integer", nullable: true),
                    to_name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    to_address = table.Column<string>(type: "citext", nullable: false),
                    subject = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    html = table.Column<string>(type: "text", nullable: true),
                    calendar = table.Column<string>(type: "text", nullable: true),
                    thread = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    conference_id = table.Column<int>(type: "integer", nullable: true),
                    microconference_id = table.Column<int>(type: "integer", nullable: true),
                    decision_id = table.Column<int>(type: "integer", nullable: true),
                    topic_decision_id = table.Column<int>(type: "integer", nullable: true),
                    is_of_leads = table.Column<bool>(type: "boolean", nullable: false),
                    answers_to_name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    answers_to = table.Column<string>(type: "citext", nullable: true),
                    is_secret = table.Column<bool>(type: "boolean", nullable: false),
                    is_urgent = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    sent_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    problem = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_letters", x => x.id);
                    table.ForeignKey(
                        name: "fk_letters_conferences_conference_id",
                        column: x => x.conference_id,
                        principalTable: "conferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_letters_decisions_decision_id",
                        column: x => x.decision_id,
                        principalTable: "decisions",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_letters_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_letters_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_letters_topic_decisions_topic_decision_id",
                        column: x => x.topic_decision_id,
                        principalTable: "topic_decisions",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, defaultValue: "Account"),
                    person_id = table.Column<int>(type: "integer", nullable: false),
                    mail = table.Column<string>(type: "citext", nullable: false),
                    letter_id = table.Column<long>(type: "bigint", nullable: true),
                    microconference_id = table.Column<int>(type: "integer", nullable: true),
                    topic_id = table.Column<int>(type: "integer", nullable: true),
                    invited_by_id = table.Column<int>(type: "integer", nullable: false),
                    key_digest = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    accepted_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    declined_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    withdrawn_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitations", x => x.id);
                    table.ForeignKey(
                        name: "fk_invitations_letters_letter_id",
                        column: x => x.letter_id,
                        principalTable: "letters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_invitations_microconferences_microconference_id",
                        column: x => x.microconference_id,
                        principalTable: "microconferences",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_invitations_people_invited_by_id",
                        column: x => x.invited_by_id,
                        principalTable: "people",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_invitations_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_invitations_topics_topic_id",
                        column: x => x.topic_id,
                        principalTable: "topics",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "letter_attempts",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    letter_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    outcome = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    answer = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_letter_attempts", x => x.id);
                    table.ForeignKey(
                        name: "fk_letter_attempts_letters_letter_id",
                        column: x => x.letter_id,
                        principalTable: "letters",
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
                name: "ix_accepted_clashes_by_id",
                table: "accepted_clashes",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_accepted_clashes_conference_id_key",
                table: "accepted_clashes",
                columns: new[] { "conference_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_account_claims_user_id",
                table: "account_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_account_logins_user_id",
                table: "account_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_account_passkeys_user_id",
                table: "account_passkeys",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_account_sessions_account_id",
                table: "account_sessions",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_account_sessions_ends_at",
                table: "account_sessions",
                column: "ends_at");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_normalized_email",
                table: "accounts",
                column: "normalized_email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_accounts_person_id",
                table: "accounts",
                column: "person_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "UserNameIndex",
                table: "accounts",
                column: "normalized_user_name",
                unique: true);

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
                name: "ix_assignments_by_id",
                table: "assignments",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_assignments_reviewer_id",
                table: "assignments",
                column: "reviewer_id");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_at",
                table: "audit_entries",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_conference_id",
                table: "audit_entries",
                column: "conference_id");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_microconference_id",
                table: "audit_entries",
                column: "microconference_id");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_person_id",
                table: "audit_entries",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_subject_at",
                table: "audit_entries",
                columns: new[] { "subject", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_calls_conference_id_microconference_id",
                table: "calls",
                columns: new[] { "conference_id", "microconference_id" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_calls_microconference_id",
                table: "calls",
                column: "microconference_id");

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

            migrationBuilder.CreateIndex(
                name: "ix_conferences_slug",
                table: "conferences",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conflicts_of_interest_by_id",
                table: "conflicts_of_interest",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_conflicts_of_interest_person_id",
                table: "conflicts_of_interest",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_criteria_conference_id_position",
                table: "criteria",
                columns: new[] { "conference_id", "position" });

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

            migrationBuilder.CreateIndex(
                name: "ix_distinctions_by_id",
                table: "distinctions",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_distinctions_other_id",
                table: "distinctions",
                column: "other_id");

            migrationBuilder.CreateIndex(
                name: "ix_half_days_conference_id",
                table: "half_days",
                column: "conference_id");

            migrationBuilder.CreateIndex(
                name: "ix_imported_uids_conference_id_name",
                table: "imported_uids",
                columns: new[] { "conference_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_invitations_invited_by_id",
                table: "invitations",
                column: "invited_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_key_digest",
                table: "invitations",
                column: "key_digest",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_invitations_kind_microconference_id_topic_id_person_id",
                table: "invitations",
                columns: new[] { "kind", "microconference_id", "topic_id", "person_id" },
                unique: true,
                filter: "accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_invitations_letter_id",
                table: "invitations",
                column: "letter_id");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_microconference_id",
                table: "invitations",
                column: "microconference_id");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_person_id",
                table: "invitations",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_topic_id",
                table: "invitations",
                column: "topic_id");

            migrationBuilder.CreateIndex(
                name: "ix_key_attendees_person_id",
                table: "key_attendees",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_late_links_call_id",
                table: "late_links",
                column: "call_id");

            migrationBuilder.CreateIndex(
                name: "ix_late_links_key",
                table: "late_links",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_leads_person_id",
                table: "leads",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_letter_attempts_letter_id",
                table: "letter_attempts",
                column: "letter_id");

            migrationBuilder.CreateIndex(
                name: "ix_letter_limits_full_at",
                table: "letter_limits",
                column: "full_at");

            migrationBuilder.CreateIndex(
                name: "ix_letters_conference_id",
                table: "letters",
                column: "conference_id");

            migrationBuilder.CreateIndex(
                name: "ix_letters_decision_id",
                table: "letters",
                column: "decision_id");

            migrationBuilder.CreateIndex(
                name: "ix_letters_due",
                table: "letters",
                columns: new[] { "is_urgent", "due_at" },
                descending: new[] { true, false },
                filter: "state IN ('Waiting', 'Sending')");

            migrationBuilder.CreateIndex(
                name: "ix_letters_gathered",
                table: "letters",
                columns: new[] { "person_id", "due_at" },
                filter: "state = 'Gathered'");

            migrationBuilder.CreateIndex(
                name: "ix_letters_microconference_id",
                table: "letters",
                column: "microconference_id");

            migrationBuilder.CreateIndex(
                name: "ix_letters_of_leads",
                table: "letters",
                columns: new[] { "microconference_id", "id" },
                filter: "is_of_leads");

            migrationBuilder.CreateIndex(
                name: "ix_letters_reference",
                table: "letters",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_letters_thread_to_address_id",
                table: "letters",
                columns: new[] { "thread", "to_address", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_letters_topic_decision_id",
                table: "letters",
                column: "topic_decision_id");

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

            migrationBuilder.CreateIndex(
                name: "ix_microconferences_conference_id_slug",
                table: "microconferences",
                columns: new[] { "conference_id", "slug" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_microconferences_merged_into_id",
                table: "microconferences",
                column: "merged_into_id");

            migrationBuilder.CreateIndex(
                name: "ix_microconferences_search_vector",
                table: "microconferences",
                column: "search_vector")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_news_items_by_id",
                table: "news_items",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_news_items_conference_id_published_at",
                table: "news_items",
                columns: new[] { "conference_id", "published_at" });

            migrationBuilder.CreateIndex(
                name: "ix_news_items_microconference_id",
                table: "news_items",
                column: "microconference_id");

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

            migrationBuilder.CreateIndex(
                name: "ix_people_merged_into_id",
                table: "people",
                column: "merged_into_id");

            migrationBuilder.CreateIndex(
                name: "ix_people_search_vector",
                table: "people",
                column: "search_vector")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_people_slug",
                table: "people",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_person_aliases_key",
                table: "person_aliases",
                column: "key");

            migrationBuilder.CreateIndex(
                name: "ix_person_aliases_person_id_key",
                table: "person_aliases",
                columns: new[] { "person_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_predecessors_earlier_id",
                table: "predecessors",
                column: "earlier_id");

            migrationBuilder.CreateIndex(
                name: "ix_redirects_to_path",
                table: "redirects",
                column: "to_path");

            migrationBuilder.CreateIndex(
                name: "ix_references_microconference_id_position",
                table: "references",
                columns: new[] { "microconference_id", "position" });

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
                name: "ix_remarks_by_id",
                table: "remarks",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_remarks_microconference_id_id",
                table: "remarks",
                columns: new[] { "microconference_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_reviewers_person_id",
                table: "reviewers",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_reviews_microconference_id_reviewer_id",
                table: "reviews",
                columns: new[] { "microconference_id", "reviewer_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reviews_reviewer_id",
                table: "reviews",
                column: "reviewer_id");

            migrationBuilder.CreateIndex(
                name: "ix_revisions_author_id",
                table: "revisions",
                column: "author_id");

            migrationBuilder.CreateIndex(
                name: "ix_revisions_microconference_id_number",
                table: "revisions",
                columns: new[] { "microconference_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_revisions_search_vector",
                table: "revisions",
                column: "search_vector")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_revisions_second_id",
                table: "revisions",
                column: "second_id");

            migrationBuilder.CreateIndex(
                name: "ix_rooms_conference_id_name",
                table: "rooms",
                columns: new[] { "conference_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_scores_criterion_id",
                table: "scores",
                column: "criterion_id");

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

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_counters_ends_at",
                table: "sign_in_counters",
                column: "ends_at");

            migrationBuilder.CreateIndex(
                name: "ix_slots_conference_id",
                table: "slots",
                column: "conference_id");

            migrationBuilder.CreateIndex(
                name: "ix_slots_microconference_id",
                table: "slots",
                column: "microconference_id");

            migrationBuilder.CreateIndex(
                name: "ix_slots_room_id",
                table: "slots",
                column: "room_id");

            migrationBuilder.CreateIndex(
                name: "ix_speakers_person_id",
                table: "speakers",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_sponsor_tiers_conference_id_title",
                table: "sponsor_tiers",
                columns: new[] { "conference_id", "title" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sponsors_conference_id_name",
                table: "sponsors",
                columns: new[] { "conference_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sponsorships_sponsor_id",
                table: "sponsorships",
                column: "sponsor_id");

            migrationBuilder.CreateIndex(
                name: "ix_star_feeds_token",
                table: "star_feeds",
                column: "token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_stars_conference_id_uid",
                table: "stars",
                columns: new[] { "conference_id", "uid" });

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

            migrationBuilder.CreateIndex(
                name: "ix_topic_revisions_author_id",
                table: "topic_revisions",
                column: "author_id");

            migrationBuilder.CreateIndex(
                name: "ix_topics_merged_into_id",
                table: "topics",
                column: "merged_into_id");

            migrationBuilder.CreateIndex(
                name: "ix_topics_microconference_id_position",
                table: "topics",
                columns: new[] { "microconference_id", "position" });

            migrationBuilder.CreateIndex(
                name: "ix_topics_offered_to_id",
                table: "topics",
                column: "offered_to_id");

            migrationBuilder.CreateIndex(
                name: "ix_topics_search_vector",
                table: "topics",
                column: "search_vector")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_topics_submitter_id",
                table: "topics",
                column: "submitter_id");

            migrationBuilder.CreateIndex(
                name: "ix_working_texts_conference_id_microconference_id_is_of_topic_",
                table: "working_texts",
                columns: new[] { "conference_id", "microconference_id", "is_of_topic", "topic_id", "person_id" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_working_texts_microconference_id",
                table: "working_texts",
                column: "microconference_id");

            migrationBuilder.CreateIndex(
                name: "ix_working_texts_person_id",
                table: "working_texts",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_working_texts_topic_id",
                table: "working_texts",
                column: "topic_id");

            AfterTheTables(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "absences");

            migrationBuilder.DropTable(
                name: "accepted_clashes");

            migrationBuilder.DropTable(
                name: "account_claims");

            migrationBuilder.DropTable(
                name: "account_logins");

            migrationBuilder.DropTable(
                name: "account_passkeys");

            migrationBuilder.DropTable(
                name: "account_sessions");

            migrationBuilder.DropTable(
                name: "account_tokens");

            migrationBuilder.DropTable(
                name: "allowances");

            migrationBuilder.DropTable(
                name: "assignments");

            migrationBuilder.DropTable(
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "conference_pages");

            migrationBuilder.DropTable(
                name: "conflicts_of_interest");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "distinctions");

            migrationBuilder.DropTable(
                name: "half_days");

            migrationBuilder.DropTable(
                name: "imported_uids");

            migrationBuilder.DropTable(
                name: "invitations");

            migrationBuilder.DropTable(
                name: "key_attendees");

            migrationBuilder.DropTable(
                name: "late_links");

            migrationBuilder.DropTable(
                name: "leads");

            migrationBuilder.DropTable(
                name: "letter_attempts");

            migrationBuilder.DropTable(
                name: "letter_limits");

            migrationBuilder.DropTable(
                name: "letter_templates");

            migrationBuilder.DropTable(
                name: "material_chunks");

            migrationBuilder.DropTable(
                name: "news_items");

            migrationBuilder.DropTable(
                name: "nominations");

            migrationBuilder.DropTable(
                name: "notes");

            migrationBuilder.DropTable(
                name: "organizers");

            migrationBuilder.DropTable(
                name: "person_aliases");

            migrationBuilder.DropTable(
                name: "person_pictures");

            migrationBuilder.DropTable(
                name: "predecessors");

            migrationBuilder.DropTable(
                name: "recovery_codes");

            migrationBuilder.DropTable(
                name: "redirects");

            migrationBuilder.DropTable(
                name: "references");

            migrationBuilder.DropTable(
                name: "releases");

            migrationBuilder.DropTable(
                name: "remarks");

            migrationBuilder.DropTable(
                name: "reviewers");

            migrationBuilder.DropTable(
                name: "revisions");

            migrationBuilder.DropTable(
                name: "scores");

            migrationBuilder.DropTable(
                name: "session_items");

            migrationBuilder.DropTable(
                name: "sign_in_counters");

            migrationBuilder.DropTable(
                name: "slides_reminders");

            migrationBuilder.DropTable(
                name: "speakers");

            migrationBuilder.DropTable(
                name: "sponsor_logos");

            migrationBuilder.DropTable(
                name: "sponsorships");

            migrationBuilder.DropTable(
                name: "star_feeds");

            migrationBuilder.DropTable(
                name: "stars");

            migrationBuilder.DropTable(
                name: "topic_revisions");

            migrationBuilder.DropTable(
                name: "working_texts");

            migrationBuilder.DropTable(
                name: "calls");

            migrationBuilder.DropTable(
                name: "letters");

            migrationBuilder.DropTable(
                name: "materials");

            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "criteria");

            migrationBuilder.DropTable(
                name: "reviews");

            migrationBuilder.DropTable(
                name: "slots");

            migrationBuilder.DropTable(
                name: "sponsor_tiers");

            migrationBuilder.DropTable(
                name: "sponsors");

            migrationBuilder.DropTable(
                name: "decisions");

            migrationBuilder.DropTable(
                name: "topic_decisions");

            migrationBuilder.DropTable(
                name: "rooms");

            migrationBuilder.DropTable(
                name: "topics");

            migrationBuilder.DropTable(
                name: "microconferences");

            migrationBuilder.DropTable(
                name: "people");

            migrationBuilder.DropTable(
                name: "conferences");

            AfterTheTablesAreDropped(migrationBuilder);
        }
    }
}
