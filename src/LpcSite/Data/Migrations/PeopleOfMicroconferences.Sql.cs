using Microsoft.EntityFrameworkCore.Migrations;

namespace LpcSite.Data.Migrations;

// What spellings of one name have in common, and what the invitations that are there were for.
public partial class PeopleOfMicroconferences
{
    // The order of the words, accents, case and the letter in the middle are what most often differs.
    private static void CreateNameWords(MigrationBuilder migration) => migration.Sql(
        """
        CREATE FUNCTION lpc_name(name text) RETURNS text
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            RETURN (SELECT coalesce(string_agg(word, ' ' ORDER BY word COLLATE "C"), '')
                FROM regexp_split_to_table(lower(public.unaccent('public.unaccent'::regdictionary, public.lpc_words(name)) COLLATE "und-x-icu"), ' ') AS word
                WHERE length(word) > 1);
        """);

    private static void NameWhatWasInvitedTo(MigrationBuilder migration) => migration.Sql(
        """
        UPDATE invitations SET kind = 'Lead' WHERE microconference_id IS NOT NULL;
        """);
}
