-- The words of the search, and what spellings of one name have in common. Columns are computed by these functions, so
-- that they stand before the tables.

CREATE TEXT SEARCH CONFIGURATION lpc_plain (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION lpc_plain
    ALTER MAPPING FOR asciiword, word, numword WITH unaccent, simple;
CREATE TEXT SEARCH CONFIGURATION lpc_english (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION lpc_english
    ALTER MAPPING FOR asciiword, word, numword WITH unaccent, english_stem;

-- Words as a reader types them: no apostrophe, straight or curly, and nothing but spaces between letters and digits,
-- so that "VFIO/IOMMU" and "io_uring" are found by their parts.
CREATE FUNCTION lpc_words(words text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN regexp_replace(
        translate(normalize(words, NFC), '''’‘ʼ`', '') COLLATE "und-x-icu", '[^[:alnum:]]+', ' ', 'g');

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
    RETURN (
        SELECT string_agg(
            CASE
                WHEN numnode(stem) = 0 THEN format('(%s)', beginning)
                ELSE format('(%s | %s)', beginning, stem)
            END,
            ' & ')::tsquery
        FROM (
            SELECT to_tsquery('public.lpc_plain'::regconfig, quote_literal(word) || ':*') AS beginning,
                to_tsquery('public.lpc_english'::regconfig, quote_literal(word)) AS stem
            FROM regexp_split_to_table(btrim(public.lpc_words(query)), ' ') AS word WHERE word <> '' LIMIT 12) AS words
        WHERE numnode(beginning) > 0);

-- The order of the words, accents, case and the letter in the middle are what most often differs.
CREATE FUNCTION lpc_name(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT coalesce(string_agg(word, ' ' ORDER BY word COLLATE "C"), '')
        FROM regexp_split_to_table(
            lower(
                public.unaccent('public.unaccent'::regdictionary, public.lpc_words(name)) COLLATE "und-x-icu"),
            ' ') AS word
        WHERE length(word) > 1);
