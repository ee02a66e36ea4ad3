-- Whoever looks at the draft of a schedule hears of another's change, on every instance. Told with the commit, and once
-- however many rows it changes: PostgreSQL drops notices of one transaction that say the same.

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

DO $$
DECLARE
    of_table text;
    belongs_to text;
BEGIN
    FOR of_table, belongs_to IN VALUES
        ('slots', 'conference'), ('half_days', 'conference'), ('accepted_clashes', 'conference'),
        ('absences', 'conference'), ('session_items', 'microconference')
    LOOP
        EXECUTE format(
            'CREATE TRIGGER tell_draft_changed AFTER INSERT OR UPDATE OR DELETE ON %I
                FOR EACH ROW EXECUTE FUNCTION tell_draft_changed(%L)',
            of_table, belongs_to);
    END LOOP;
END $$;
