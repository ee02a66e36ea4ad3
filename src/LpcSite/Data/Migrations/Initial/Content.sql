-- News of what public pages show. Every instance listens and drops the pages of that conference ('*': all of them) from
-- its cache. The news travels with the commit, whoever made the change: this instance, another one, a command, or a
-- person at the database's own prompt.
--
-- Written by ContentTriggers from what the configurations of the entities say; ContentTriggerTests compares it with the
-- model of today. What changed later comes with a migration of its own.

CREATE FUNCTION lpc_conference_of(of_table text, of_id integer) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN CASE of_table
        WHEN 'conferences' THEN (SELECT o.slug FROM public.conferences o WHERE o.id = of_id)
        WHEN 'microconferences' THEN (SELECT public.lpc_conference_of('conferences', o.conference_id)
            FROM public.microconferences o WHERE o.id = of_id)
        WHEN 'sponsor_tiers' THEN (SELECT public.lpc_conference_of('conferences', o.conference_id)
            FROM public.sponsor_tiers o WHERE o.id = of_id)
        WHEN 'sponsors' THEN (SELECT public.lpc_conference_of('conferences', o.conference_id)
            FROM public.sponsors o WHERE o.id = of_id)
        WHEN 'topics' THEN (SELECT public.lpc_conference_of('microconferences', o.microconference_id)
            FROM public.topics o WHERE o.id = of_id)
    END;
END $$;

CREATE FUNCTION tell_content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    key integer;
    is_new boolean;
    is_told boolean := false;
BEGIN
    IF TG_NARGS = 3 AND TG_OP = 'INSERT' THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I o WHERE o.id = ($1).%I AND o.xmin = $2)',
            TG_ARGV[2], TG_ARGV[1]) INTO is_new USING NEW, NEW.xmin;
        IF is_new THEN
            RETURN NULL;
        END IF;
    END IF;
    IF TG_NARGS IN (2, 4) THEN
        FOR i IN 0 .. TG_NARGS - 1 BY 2 LOOP
            IF TG_OP <> 'INSERT' THEN
                EXECUTE format('SELECT ($1).%I', TG_ARGV[i]) INTO key USING OLD;
                IF key IS NOT NULL THEN
                    PERFORM pg_notify('lpcsite_content',
                        coalesce(public.lpc_conference_of(TG_ARGV[i + 1], key), '*'));
                    is_told := true;
                END IF;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                EXECUTE format('SELECT ($1).%I', TG_ARGV[i]) INTO key USING NEW;
                IF key IS NOT NULL THEN
                    PERFORM pg_notify('lpcsite_content',
                        coalesce(public.lpc_conference_of(TG_ARGV[i + 1], key), '*'));
                    is_told := true;
                END IF;
            END IF;
        END LOOP;
    END IF;
    IF NOT is_told THEN
        PERFORM pg_notify('lpcsite_content', '*');
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "calls" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('conference_id', 'conferences');

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "conference_pages" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('conference_id', 'conferences');

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "conferences" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed();

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "imported_uids" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('conference_id', 'conferences');

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "key_attendees" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('microconference_id', 'microconferences');

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "leads" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('microconference_id', 'microconferences');

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "materials" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('topic_id', 'topics');

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "microconferences" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('conference_id', 'conferences');

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "news_items" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('conference_id', 'conferences');

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "notes" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('microconference_id', 'microconferences', 'topic_id', 'topics');

CREATE TRIGGER tell_content_changed AFTER DELETE OR UPDATE OF
    "affiliation", "bio_html", "bio_renderer_version", "bio_source", "erased_at",
    "id", "merged_into_id", "name", "slug"
    ON "people" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed();

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE OF
    "id", "key", "name", "person_id"
    ON "person_aliases" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('unless new', 'person_id', 'people');

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "person_pictures" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed();

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "references" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('microconference_id', 'microconferences');

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "releases" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('conference_id', 'conferences');

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "revisions" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('microconference_id', 'microconferences');

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "rooms" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('conference_id', 'conferences');

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE OF
    "attendance", "declined_at", "is_alternative", "person_id", "position",
    "topic_id"
    ON "speakers" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('topic_id', 'topics');

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "sponsor_logos" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('sponsor_id', 'sponsors');

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "sponsor_tiers" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('conference_id', 'conferences');

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "sponsors" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('conference_id', 'conferences');

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE ON "sponsorships" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('tier_id', 'sponsor_tiers');

CREATE TRIGGER tell_content_changed AFTER INSERT OR DELETE OR UPDATE OF
    "availability", "details_html", "details_renderer_version", "details_source", "group",
    "id", "links", "merged_into_id", "microconference_id", "minutes",
    "open_speakers", "position", "refs", "revision_number", "speakers_note",
    "status", "submitted_at", "submitter_id", "title", "withdrawn_from"
    ON "topics" FOR EACH ROW
    EXECUTE FUNCTION tell_content_changed('microconference_id', 'microconferences');
