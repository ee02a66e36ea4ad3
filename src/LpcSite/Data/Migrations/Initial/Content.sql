-- News of what the public sees. Every instance listens and drops the pages of that conference ('*': all of them) from
-- its cache. The news travels with the commit, whoever made the change: this instance, another one, a command, or a
-- person at the database's own prompt.

CREATE FUNCTION tell_content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed record;
    conference text := '*';
BEGIN
    IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
    IF TG_ARGV[0] = 'conference' THEN
        SELECT c.slug INTO conference FROM public.conferences c WHERE c.id = changed.conference_id;
    ELSIF TG_ARGV[0] = 'microconference' THEN
        SELECT c.slug INTO conference FROM public.conferences c
            JOIN public.microconferences m ON m.conference_id = c.id WHERE m.id = changed.microconference_id;
    ELSIF TG_ARGV[0] = 'topic' THEN
        SELECT c.slug INTO conference FROM public.conferences c
            JOIN public.microconferences m ON m.conference_id = c.id
            JOIN public.topics t ON t.microconference_id = m.id WHERE t.id = changed.topic_id;
    END IF;
    PERFORM pg_notify('lpcsite_content', coalesce(conference, '*'));
    RETURN NULL;
END $$;

-- Each table, and by what its rows find their conference. Notes are of a topic or of a microconference: the trigger
-- does not ask which.
DO $$
DECLARE
    of_table text;
    belongs_to text;
BEGIN
    FOR of_table, belongs_to IN VALUES
        ('conferences', 'site'), ('people', 'site'), ('person_aliases', 'site'), ('person_pictures', 'site'),
        ('redirects', 'site'), ('sponsorships', 'site'), ('sponsor_logos', 'site'), ('notes', 'site'),
        ('rooms', 'conference'), ('sponsor_tiers', 'conference'), ('sponsors', 'conference'),
        ('calls', 'conference'), ('microconferences', 'conference'), ('conference_pages', 'conference'),
        ('news_items', 'conference'), ('releases', 'conference'),
        ('revisions', 'microconference'), ('leads', 'microconference'), ('key_attendees', 'microconference'),
        ('references', 'microconference'), ('topics', 'microconference'), ('predecessors', 'microconference'),
        ('speakers', 'topic'), ('materials', 'topic')
    LOOP
        EXECUTE format(
            'CREATE TRIGGER tell_content_changed AFTER INSERT OR UPDATE OR DELETE ON %I
                FOR EACH ROW EXECUTE FUNCTION tell_content_changed(%L)',
            of_table, belongs_to);
    END LOOP;
END $$;
