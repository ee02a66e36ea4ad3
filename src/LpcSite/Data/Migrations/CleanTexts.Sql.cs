namespace LpcSite.Data.Migrations;

public partial class CleanTexts
{
    /// <summary>
    /// As <see cref="Texts.TextIn"/> cleans what is typed. Frozen releases and the audit log stay as they are; a title
    /// that nothing visible would be left of stays, too, and one that would become another's of the same conference.
    /// </summary>
    internal const string Mend =
        """
        -- Of HTML nothing is composed: a mark at the beginning of a text would become part of the tag before it.
        CREATE OR REPLACE FUNCTION pg_temp.lpc_html(made text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
            SELECT regexp_replace(
                regexp_replace(made, '\r\n|[\r\u000B\u000C\u0085\u2028\u2029]', E'\n', 'g'),
                '[\u0001-\u0008\u000E-\u001F\u007F-\u009F\uFEFF\uFFFE\uFFFF]', '', 'g')
        $$;
        CREATE OR REPLACE FUNCTION pg_temp.lpc_lines(typed text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
            SELECT normalize(pg_temp.lpc_html(typed), NFC)
        $$;
        CREATE OR REPLACE FUNCTION pg_temp.lpc_line(typed text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
            SELECT btrim(regexp_replace(
                regexp_replace(pg_temp.lpc_lines(typed), '[\n\t]', ' ', 'g'),
                '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFFA0\uFFF9-\uFFFB\U000E0000-\U000E00FF]', '', 'g'))
        $$;
        CREATE OR REPLACE FUNCTION pg_temp.lpc_name(typed text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
            SELECT btrim(regexp_replace(pg_temp.lpc_line(typed), '[\s\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]+', ' ', 'g'))
        $$;
        CREATE OR REPLACE FUNCTION pg_temp.lpc_key(key text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
            SELECT regexp_replace(regexp_replace(pg_temp.lpc_name(key), '[\u2018\u2019\u201B\u2032\u02BB\u02BC\u02B9\uFF07`\u00B4]', '''', 'g'), '[\u2010-\u2013\u2212\uFE63\uFF0D]', '-', 'g')
        $$;

        DELETE FROM person_aliases twice USING person_aliases first
            WHERE twice.person_id = first.person_id AND twice.id > first.id AND pg_temp.lpc_key(twice.key) = pg_temp.lpc_key(first.key);
        UPDATE person_aliases SET key = pg_temp.lpc_key(key) WHERE key <> pg_temp.lpc_key(key) AND pg_temp.lpc_key(key) <> '';

        DO $$
        DECLARE
            place record;
        BEGIN
            FOR place IN
                SELECT c.table_name, c.column_name, coalesce(c.character_maximum_length, 10000000) AS most, wanted.gate
                FROM (VALUES
                    ('lines', 'calls', 'template'), ('lines', 'calls', 'guidance_source'), ('html', 'calls', 'guidance_html'),
                    ('lines', 'conference_pages', 'text_source'), ('html', 'conference_pages', 'text_html'),
                    ('lines', 'notes', 'text_source'), ('html', 'notes', 'text_html'),
                    ('lines', 'revisions', 'description_source'), ('html', 'revisions', 'description_html'),
                    ('lines', 'revisions', 'results_source'), ('html', 'revisions', 'results_html'),
                    ('lines', 'news_items', 'text_source'), ('html', 'news_items', 'text_html'),
                    ('lines', 'people', 'bio_source'), ('html', 'people', 'bio_html'),
                    ('lines', 'remarks', 'text_source'), ('html', 'remarks', 'text_html'), ('lines', 'remarks', 'quote'),
                    ('lines', 'reviews', 'text_source'), ('html', 'reviews', 'text_html'),
                    ('lines', 'topics', 'details_source'), ('html', 'topics', 'details_html'), ('lines', 'topics', 'asked'), ('lines', 'topics', 'offer'),
                    ('lines', 'topic_revisions', 'source'), ('lines', 'letter_templates', 'text'),
                    ('lines', 'letters', 'text'), ('html', 'letters', 'html'),
                    ('line', 'decisions', 'note'), ('line', 'topic_decisions', 'note'),
                    ('line', 'conferences', 'name'), ('line', 'conferences', 'short_name'), ('line', 'conferences', 'city'),
                    ('line', 'conference_pages', 'title'), ('line', 'news_items', 'title'), ('line', 'microconferences', 'title'),
                    ('line', 'revisions', 'summary'), ('line', 'references', 'label'), ('line', 'references', 'url'),
                    ('line', 'topics', 'title'), ('line', 'topics', 'group'), ('line', 'topics', 'speakers_note'), ('line', 'topics', 'availability'),
                    ('line', 'topic_revisions', 'title'), ('line', 'materials', 'title'), ('line', 'rooms', 'name'), ('line', 'rooms', 'equipment'),
                    ('line', 'half_days', 'name'), ('line', 'slots', 'title'), ('line', 'session_items', 'title'), ('line', 'absences', 'note'),
                    ('line', 'accepted_clashes', 'reason'), ('line', 'criteria', 'name'), ('line', 'criteria', 'help'),
                    ('line', 'sponsors', 'name'), ('line', 'sponsor_tiers', 'title'), ('line', 'letters', 'subject'), ('line', 'letter_templates', 'subject'),
                    ('name', 'people', 'name'), ('line', 'people', 'affiliation'), ('name', 'person_aliases', 'name')) AS wanted(gate, of_table, of_column)
                JOIN information_schema.columns c
                    ON c.table_schema = 'public' AND c.table_name = wanted.of_table AND c.column_name = wanted.of_column
            LOOP
                BEGIN
                    EXECUTE format(
                        'UPDATE public.%1$I SET %2$I = left(pg_temp.lpc_%3$s(%2$I), %4$s) WHERE %2$I <> left(pg_temp.lpc_%3$s(%2$I), %4$s) AND pg_temp.lpc_%3$s(%2$I) <> ''''',
                        place.table_name, place.column_name, place.gate, place.most);
                EXCEPTION WHEN unique_violation THEN
                    NULL;
                END;
            END LOOP;
        END $$;
        """;
}
