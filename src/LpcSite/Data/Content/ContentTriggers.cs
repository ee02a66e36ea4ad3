using LpcSite.Conferences;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace LpcSite.Data.Content;

/// <summary>
/// The triggers by which PostgreSQL tells every instance of a change of what is public, whoever made it: another
/// instance, a command, or a person at the database's own prompt. A migration keeps this SQL as it was then; where a
/// configuration says something new, a test shows what another migration has to say.
/// </summary>
public static class ContentTriggers
{
    public const string Name = "tell_content_changed";

    // As the first argument of a trigger: nothing is told of a new row of something that is as new as itself.
    private const string UnlessNew = "unless new";

    /// <summary>One for each table that public pages show, A to Z.</summary>
    public static IReadOnlyList<ContentTrigger> Of(IModel model) =>
        [
            .. from entity in model.GetEntityTypes()
            let content = PublicContent.Of(entity)
            where content is not null
            orderby entity.GetTableName()
            select new ContentTrigger(
                entity.GetTableName()!,
                !content.IsShownOnceNamed,
                content.Hidden.Count > 0 ? ColumnsOf(entity, content) : [],
                ArgumentsOf(entity, content)
            ),
        ];

    /// <summary>
    /// A function that finds the conference of what rows belong to, and one that tells of it. A notice is sent with the
    /// commit, and once however many rows say the same.
    /// </summary>
    public static string Functions(IModel model)
    {
        var owners = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entity in model.GetEntityTypes())
        {
            AddOwners(entity, owners);
        }

        var cases = string.Concat(owners.Select(owner => $"\n        WHEN '{owner.Key}' THEN {owner.Value}"));
        return $$"""
            CREATE FUNCTION lpc_conference_of(of_table text, of_id integer) RETURNS text LANGUAGE plpgsql STABLE AS $$
            BEGIN
                RETURN CASE of_table{{cases}}
                END;
            END $$;

            CREATE FUNCTION {{Name}}() RETURNS trigger LANGUAGE plpgsql AS $$
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
            """;
    }

    /// <summary>All of it, as a migration says it.</summary>
    public static string Sql(IModel model) =>
        string.Join("\n\n", Of(model).Select(trigger => trigger.Sql).Prepend(Functions(model)));

    /// <summary>To what a row belongs by this key.</summary>
    public static IEntityType OwnerBy(IEntityType entity, string key) =>
        entity.FindProperty(key)?.GetContainingForeignKeys().SingleOrDefault() is { Properties.Count: 1 } foreign
        && (foreign.PrincipalEntityType.ClrType == typeof(Conference) || IsOwner(foreign.PrincipalEntityType))
            ? foreign.PrincipalEntityType
            : throw new InvalidOperationException(
                $"{entity.DisplayName()}.{key} does not lead to the conference whose pages show it."
            );

    // What belongs to one thing has one conference.
    private static bool IsOwner(IEntityType entity) => PublicContent.Of(entity) is { Keys.Count: 1 };

    private static IReadOnlyList<string> ArgumentsOf(IEntityType entity, PublicContent content) =>
        content.ShownOnceNamedBy is { } by
            ?
            [
                UnlessNew,
                ColumnOf(entity, by),
                entity.FindProperty(by)!.GetContainingForeignKeys().Single().PrincipalEntityType.GetTableName()!,
            ]
            :
            [
                .. content.Keys.SelectMany(key =>
                    (string[])[ColumnOf(entity, key), OwnerBy(entity, key).GetTableName()!]
                ),
            ];

    private static IReadOnlyList<string> ColumnsOf(IEntityType entity, PublicContent content) =>
        [
            .. entity
                .GetFlattenedProperties()
                .Where(p => p.ValueGenerated is not ValueGenerated.OnAddOrUpdate && !content.Hidden.Contains(p.Name))
                .Select(p => p.GetColumnName(StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value)!)
                .Order(StringComparer.Ordinal),
        ];

    private static string ColumnOf(IEntityType entity, string property) =>
        entity
            .FindProperty(property)!
            .GetColumnName(StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value)!;

    private static void AddOwners(IEntityType entity, SortedDictionary<string, string> owners)
    {
        foreach (var key in PublicContent.Of(entity)?.Keys ?? [])
        {
            var owner = OwnerBy(entity, key);
            owners[owner.GetTableName()!] =
                owner.ClrType == typeof(Conference)
                    ? "(SELECT o.slug FROM public.conferences o WHERE o.id = of_id)"
                    : $"(SELECT public.lpc_conference_of('{OwnerBy(owner, KeyOf(owner)).GetTableName()}', "
                        + $"o.{ColumnOf(owner, KeyOf(owner))})\n            "
                        + $"FROM public.{owner.GetTableName()} o WHERE o.id = of_id)";
        }
    }

    private static string KeyOf(IEntityType owner) => PublicContent.Of(owner)!.Keys[0];
}
