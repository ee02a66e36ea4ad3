using Microsoft.EntityFrameworkCore.Migrations;

namespace LpcSite.Data.Migrations;

// What PostgreSQL decides or computes and EF cannot express: the search's words, the room's exclusion, the news of a change.
public partial class Initial
{
    private static void CreateSearch(MigrationBuilder migration) => migration.Sql(
        """
        CREATE TEXT SEARCH CONFIGURATION lpc_plain (COPY = pg_catalog.simple);
        ALTER TEXT SEARCH CONFIGURATION lpc_plain
            ALTER MAPPING FOR asciiword, word, numword WITH unaccent, simple;
        CREATE TEXT SEARCH CONFIGURATION lpc_english (COPY = pg_catalog.english);
        ALTER TEXT SEARCH CONFIGURATION lpc_english
            ALTER MAPPING FOR asciiword, word, numword WITH unaccent, english_stem;

        -- Words as a reader types them: no apostrophe, straight or curly, and nothing but spaces between letters and digits, so that
        -- "VFIO/IOMMU" and "io_uring" are found by their parts.
        CREATE FUNCTION lpc_words(words text) RETURNS text
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            RETURN regexp_replace(translate(normalize(words, NFC), '''’‘ʼ`', '') COLLATE "und-x-icu", '[^[:alnum:]]+', ' ', 'g');

        -- A title weighs more than a text, a word as it is written more than its stem.
        CREATE FUNCTION lpc_vector(title text, body text) RETURNS tsvector
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            RETURN setweight(to_tsvector('public.lpc_plain'::regconfig, public.lpc_words(title)), 'A')
                || setweight(to_tsvector('public.lpc_english'::regconfig, public.lpc_words(title)), 'B')
                || setweight(to_tsvector('public.lpc_plain'::regconfig, public.lpc_words(body)), 'C')
                || setweight(to_tsvector('public.lpc_english'::regconfig, public.lpc_words(body)), 'D');

        -- What somebody typed: every word as the beginning of a written one, or by its stem. Null when there is no word in it.
        CREATE FUNCTION lpc_query(query text) RETURNS tsquery
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            RETURN (SELECT string_agg(CASE WHEN numnode(stem) = 0 THEN format('(%s)', beginning) ELSE format('(%s | %s)', beginning, stem) END, ' & ')::tsquery
                FROM (SELECT to_tsquery('public.lpc_plain'::regconfig, quote_literal(word) || ':*') AS beginning,
                             to_tsquery('public.lpc_english'::regconfig, quote_literal(word)) AS stem
                      FROM regexp_split_to_table(btrim(public.lpc_words(query)), ' ') AS word WHERE word <> '' LIMIT 12) AS words
                WHERE numnode(beginning) > 0);
        """);

    private static void DropSearch(MigrationBuilder migration) => migration.Sql(
        """
        DROP FUNCTION lpc_query(text);
        DROP FUNCTION lpc_vector(text, text);
        DROP FUNCTION lpc_words(text);
        DROP TEXT SEARCH CONFIGURATION lpc_english;
        DROP TEXT SEARCH CONFIGURATION lpc_plain;
        """);

    private static void KeepSlotsApart(MigrationBuilder migration) => migration.Sql(
        """
        -- Deferrable, so that two slots can change places in one transaction.
        ALTER TABLE slots ADD CONSTRAINT ex_slots_room_during EXCLUDE USING gist (room_id WITH =, during WITH &&) DEFERRABLE;
        ALTER TABLE slots ADD CONSTRAINT ck_slots_during CHECK (NOT isempty(during) AND lower(during) IS NOT NULL AND upper(during) IS NOT NULL);
        """);

    // Every instance listens and drops the pages of that conference ('*': all of them) from its cache. The news travels with the
    // commit, whoever made the change: this instance, another one, a command, or a person at the database's own prompt.
    private static void TellOfChanges(MigrationBuilder migration)
    {
        migration.Sql(
            """
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
            """);
        foreach (var (table, belongsTo) in TablesOfContent)
        {
            migration.Sql(
                $"""
                CREATE TRIGGER tell_content_changed AFTER INSERT OR UPDATE OR DELETE ON "{table}"
                    FOR EACH ROW EXECUTE FUNCTION tell_content_changed('{belongsTo}');
                """);
        }
    }

    private static readonly (string Table, string BelongsTo)[] TablesOfContent =
    [
        ("conferences", "site"), ("people", "site"), ("person_aliases", "site"), ("redirects", "site"), ("sponsorships", "site"), ("sponsor_logos", "site"),
        ("rooms", "conference"), ("sponsor_tiers", "conference"), ("sponsors", "conference"), ("calls", "conference"), ("microconferences", "conference"),
        ("revisions", "microconference"), ("leads", "microconference"), ("key_attendees", "microconference"), ("references", "microconference"), ("topics", "microconference"),
        ("speakers", "topic"),
    ];
}
