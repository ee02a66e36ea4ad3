using Microsoft.EntityFrameworkCore.Migrations;

namespace LpcSite.Data.Migrations;

// What the database itself refuses about sessions and releases, and EF cannot express.
public partial class Schedule
{
    // Both sides are checked: an item that is put into a slot, which it then holds so that nobody shortens it meanwhile, and a slot that is
    // shortened. Items change places in one transaction, so that they are kept apart at its end.
    private static void KeepSessionsInTheirSlots(MigrationBuilder migration) => migration.Sql(
        """
        ALTER TABLE session_items ADD CONSTRAINT ex_session_items_slot_during
            EXCLUDE USING gist (slot_id WITH =, int4range(starts_after, starts_after + minutes) WITH &&) DEFERRABLE INITIALLY DEFERRED;

        CREATE FUNCTION lpc_keep_session_in_slot() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            place public.slots;
        BEGIN
            IF NEW.slot_id IS NOT NULL THEN
                SELECT * INTO place FROM public.slots s WHERE s.id = NEW.slot_id FOR SHARE;
                IF place.microconference_id IS DISTINCT FROM NEW.microconference_id
                    OR make_interval(mins => NEW.starts_after + NEW.minutes) > upper(place.during) - lower(place.during) THEN
                    RAISE EXCEPTION 'The session leaves its slot.' USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_session_items_slot', TABLE = 'session_items';
                END IF;
            END IF;
            RETURN NULL;
        END $$;

        CREATE TRIGGER lpc_keep_session_in_slot AFTER INSERT OR UPDATE ON session_items
            FOR EACH ROW EXECUTE FUNCTION lpc_keep_session_in_slot();

        CREATE FUNCTION lpc_keep_slot_around_session() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (
                SELECT FROM public.session_items i
                WHERE i.slot_id = NEW.id AND (i.microconference_id IS DISTINCT FROM NEW.microconference_id
                    OR make_interval(mins => i.starts_after + i.minutes) > upper(NEW.during) - lower(NEW.during))) THEN
                RAISE EXCEPTION 'The slot is shorter than its session.' USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_session_items_slot', TABLE = 'session_items';
            END IF;
            RETURN NULL;
        END $$;

        CREATE TRIGGER lpc_keep_slot_around_session AFTER UPDATE ON slots
            FOR EACH ROW EXECUTE FUNCTION lpc_keep_slot_around_session();
        """);

    // Who released it may become another spelling of the same person; nothing else ever changes. A release is what public pages are made
    // of, so that it is told like their other sources.
    private static void FreezeReleases(MigrationBuilder migration) => migration.Sql(
        """
        CREATE FUNCTION lpc_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'A release is never changed.' USING ERRCODE = 'restrict_violation';
        END $$;

        CREATE TRIGGER lpc_freeze_release BEFORE DELETE OR UPDATE OF conference_id, number, document, comment, of_id, at ON releases
            FOR EACH ROW EXECUTE FUNCTION lpc_refuse_change();

        CREATE TRIGGER tell_content_changed AFTER INSERT OR UPDATE OR DELETE ON releases
            FOR EACH ROW EXECUTE FUNCTION tell_content_changed('conference');
        """);

    private static void UndoRules(MigrationBuilder migration) => migration.Sql(
        """
        DROP TRIGGER tell_content_changed ON releases;
        DROP TRIGGER lpc_freeze_release ON releases;
        DROP FUNCTION lpc_refuse_change();
        DROP TRIGGER lpc_keep_slot_around_session ON slots;
        DROP FUNCTION lpc_keep_slot_around_session();
        DROP TRIGGER lpc_keep_session_in_slot ON session_items;
        DROP FUNCTION lpc_keep_session_in_slot();
        """);
}
