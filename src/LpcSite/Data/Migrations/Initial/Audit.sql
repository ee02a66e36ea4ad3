-- The record of changes is kept for ever. It forgets whoever asks for it, and changes in no other way.

-- Runs as the owner of the tables, so that a site without the right to change the record can still have a person
-- forgotten: of somebody who was erased, their own words, in favour of their number, and nothing else.
CREATE FUNCTION forget_in_audit(erased integer, words text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    word text;
    found text;
    number text := 'person ' || erased;
BEGIN
    IF NOT EXISTS (SELECT FROM people WHERE id = erased AND erased_at IS NOT NULL) THEN
        RAISE EXCEPTION 'only somebody who was erased is forgotten' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('lpcsite.forgets', 'on', true);
    FOREACH word IN ARRAY words LOOP
        -- As it stands in JSON, with what a pattern would read as its own taken for itself.
        found := regexp_replace(btrim(to_json(word)::text, '"'), '([][\\.*+?^$(){}|-])', '\\\1', 'g');
        -- A single word is somebody's name only where it stands alone: "Will", and not "what it will cost" or a key of
        -- that name.
        found := CASE WHEN word ~ '[^[:alnum:]]'
            THEN '(?<![[:alnum:]-])' || found || '(?![[:alnum:]-])'
            ELSE '(?<=")' || found || '(?="(?!\s*:))|(?<=/people/)' || found || '(?![[:alnum:]-])'
        END;
        UPDATE audit_entries
        SET subject = regexp_replace(subject, found, number, 'gi'),
            before = regexp_replace(before::text, found, number, 'gi')::jsonb,
            after = regexp_replace(after::text, found, number, 'gi')::jsonb
        WHERE subject ~* found OR before::text ~* found OR after::text ~* found;
    END LOOP;
    PERFORM set_config('lpcsite.forgets', 'off', true);
END $$;
REVOKE EXECUTE ON FUNCTION forget_in_audit(integer, text[]) FROM PUBLIC;

-- A trigger and not a missing right, since the site may own its tables; it also stops whoever sits at the database's
-- own prompt.
CREATE FUNCTION refuse_to_change_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Only the function above runs as the owner with this set; a site that owns its tables could take the trigger away
    -- as well.
    IF TG_OP = 'UPDATE' AND current_setting('lpcsite.forgets', true) = 'on'
        AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'audit_entries is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit();

-- Who, when and what was done stays even then.
CREATE FUNCTION keep_deed_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - '{subject,before,after}'::text[]
        IS DISTINCT FROM to_jsonb(OLD) - '{subject,before,after}'::text[] THEN
        RAISE EXCEPTION 'audit_entries forgets words alone' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_deed BEFORE UPDATE ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION keep_deed_of_audit();
