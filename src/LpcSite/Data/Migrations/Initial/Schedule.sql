-- What the database itself refuses about slots, sessions, absences and releases.

-- Deferrable, so that two slots can change places in one transaction.
ALTER TABLE slots ADD CONSTRAINT ex_slots_room_during
    EXCLUDE USING gist (room_id WITH =, during WITH &&) DEFERRABLE;
ALTER TABLE slots ADD CONSTRAINT ck_slots_during
    CHECK (NOT isempty(during) AND lower(during) IS NOT NULL AND upper(during) IS NOT NULL);

-- Items change places in one transaction, so that they are kept apart at its end.
ALTER TABLE session_items ADD CONSTRAINT ex_session_items_slot_during
    EXCLUDE USING gist (slot_id WITH =, int4range(starts_after, starts_after + minutes) WITH &&)
    DEFERRABLE INITIALLY DEFERRED;

-- Both sides are checked: an item that is put into a slot, which it then holds so that nobody shortens it meanwhile,
-- and a slot that is shortened.
CREATE FUNCTION lpc_keep_session_in_slot() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place public.slots;
BEGIN
    IF NEW.slot_id IS NOT NULL THEN
        SELECT * INTO place FROM public.slots s WHERE s.id = NEW.slot_id FOR SHARE;
        IF place.microconference_id IS DISTINCT FROM NEW.microconference_id
            OR make_interval(mins => NEW.starts_after + NEW.minutes) > upper(place.during) - lower(place.during) THEN
            RAISE EXCEPTION 'The session leaves its slot.' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'ck_session_items_slot', TABLE = 'session_items';
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
        RAISE EXCEPTION 'The slot is shorter than its session.' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'ck_session_items_slot', TABLE = 'session_items';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER lpc_keep_slot_around_session AFTER UPDATE ON slots
    FOR EACH ROW EXECUTE FUNCTION lpc_keep_slot_around_session();

CREATE UNIQUE INDEX ix_absences_once ON absences (conference_id, person_id, during);

-- Who released it may become another spelling of the same person. Whoever asks to be forgotten is forgotten by what was
-- released as well: their name goes. Nothing else of a release ever changes.
CREATE FUNCTION lpc_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('lpcsite.erases', true) = 'on'
        AND to_jsonb(NEW) - 'document' = to_jsonb(OLD) - 'document' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A release is never changed.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER lpc_freeze_release
    BEFORE DELETE OR UPDATE OF conference_id, number, document, comment, of_id, at ON releases
    FOR EACH ROW EXECUTE FUNCTION lpc_refuse_change();
