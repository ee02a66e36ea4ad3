using Microsoft.EntityFrameworkCore.Migrations;

namespace LpcSite.Data.Migrations;

// What EF cannot express about absences, and that whoever looks at the draft of a schedule hears of another's change, on every instance.
public partial class PersonalSchedule
{
    private static readonly (string Table, string BelongsTo)[] TablesOfTheDraft =
    [
        ("slots", "conference"), ("half_days", "conference"), ("accepted_clashes", "conference"), ("absences", "conference"), ("session_items", "microconference"),
    ];

    // Whoever asks to be forgotten is forgotten by what was released as well: his name goes, and nothing else of a release changes.
    private static void LetReleasesForget(MigrationBuilder migration) => migration.Sql(
        """
        CREATE OR REPLACE FUNCTION lpc_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND current_setting('lpcsite.erases', true) = 'on' AND to_jsonb(NEW) - 'document' = to_jsonb(OLD) - 'document' THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'A release is never changed.' USING ERRCODE = 'restrict_violation';
        END $$;
        """);

    private static void LetReleasesForgetNothing(MigrationBuilder migration) => migration.Sql(
        """
        CREATE OR REPLACE FUNCTION lpc_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'A release is never changed.' USING ERRCODE = 'restrict_violation';
        END $$;
        """);

    private static void SayAbsencesOnce(MigrationBuilder migration) => migration.Sql(
        "CREATE UNIQUE INDEX ix_absences_once ON absences (conference_id, person_id, during);");

    // Told with the commit, and once however many rows it changes: PostgreSQL drops notices of one transaction that say the same.
    private static void TellOfTheDraft(MigrationBuilder migration)
    {
        migration.Sql(
            """
            CREATE FUNCTION tell_draft_changed() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                changed record;
                conference text;
            BEGIN
                IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
                IF TG_ARGV[0] = 'conference' THEN
                    SELECT c.slug INTO conference FROM public.conferences c WHERE c.id = changed.conference_id;
                ELSE
                    SELECT c.slug INTO conference FROM public.conferences c
                        JOIN public.microconferences m ON m.conference_id = c.id WHERE m.id = changed.microconference_id;
                END IF;
                IF conference IS NOT NULL THEN
                    PERFORM pg_notify('lpcsite_draft', conference);
                END IF;
                RETURN NULL;
            END $$;
            """);
        foreach (var (table, belongsTo) in TablesOfTheDraft)
        {
            migration.Sql(
                $"""
                CREATE TRIGGER tell_draft_changed AFTER INSERT OR UPDATE OR DELETE ON "{table}"
                    FOR EACH ROW EXECUTE FUNCTION tell_draft_changed('{belongsTo}');
                """);
        }
    }

    private static void TellOfTheDraftNoMore(MigrationBuilder migration)
    {
        foreach (var (table, _) in TablesOfTheDraft)
        {
            migration.Sql($"""DROP TRIGGER tell_draft_changed ON "{table}";""");
        }

        migration.Sql("DROP FUNCTION tell_draft_changed();");
    }
}
