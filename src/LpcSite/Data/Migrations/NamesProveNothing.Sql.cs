using Microsoft.EntityFrameworkCore.Migrations;

namespace LpcSite.Data.Migrations;

// Which of the names that are there the conference itself gave, and what of them is compared.
public partial class NamesProveNothing
{
    // As Person.Key makes it: no characters without a glyph, one apostrophe, one hyphen, single spaces, no case
    // (NameKey.cs).
    internal const string Key =
        """
        left(lower(btrim(regexp_replace(normalize(regexp_replace(translate(
            regexp_replace(name, '[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E0FFF]', '', 'g'),
            U&'\2018\2019\201B\2032\0060\00B4\02B9\02BB\02BC\02BD\02BE\02BF\055A\05F3\07F4\1FBD\1FBF\1FEF\1FFD\1FFE\A78C\FF07', repeat('''', 22)),
            '[\u058A\u05BE\u2010-\u2015\u2043\u2212\u2E3A\u2E3B\uFE58\uFE63\uFF0D]', '-', 'g'), NFKC), '\s+', ' ', 'g')) COLLATE "und-x-icu"), 120)
        """;

    private static void CompareByWhatIsSeen(MigrationBuilder migration) => migration.Sql(
        $"""
        DELETE FROM person_aliases WHERE id IN (
            SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY person_id, {Key} ORDER BY id) AS turn FROM person_aliases) AS keyed WHERE turn > 1);
        UPDATE person_aliases SET key = {Key} WHERE key <> {Key};
        """);

    // An import wrote down whom it added; whoever has the account of such a person got it by a letter of the
    // organizers, or is vouched for no more.
    private static void VouchForImports(MigrationBuilder migration) => migration.Sql(
        """
        UPDATE person_aliases SET is_vouched_for = true
        WHERE EXISTS (
                SELECT 1 FROM people p JOIN audit_entries e ON e.subject = '/people/' || p.slug
                WHERE (p.id = person_aliases.person_id OR p.merged_into_id = person_aliases.person_id)
                    AND e.via = 'import' AND e.verb = 'created' AND e.after ->> 'name' = person_aliases.name)
            AND (NOT EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = person_aliases.person_id)
                OR EXISTS (SELECT 1 FROM invitations i JOIN organizers o ON o.person_id = i.invited_by_id
                    WHERE i.person_id = person_aliases.person_id AND i.kind = 'Account' AND i.accepted_at IS NOT NULL));
        """);
}
