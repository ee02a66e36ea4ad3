using LpcSite.Caching;
using LpcSite.Conferences;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace LpcSite.Data.Content;

/// <summary>Whose pages show what is about to be saved, before it and after.</summary>
internal sealed class ConcernedConferences
{
    private readonly Dictionary<(IEntityType, object), EntityEntry> _tracked = [];
    private readonly HashSet<(string Table, int Id)> _unknown = [];
    private readonly HashSet<string> _slugs = new(StringComparer.Ordinal);

    /// <summary>
    /// Asks the database only for those owners that the context has not read, all of them at once and as the triggers
    /// do.
    /// </summary>
    /// <returns>Their slugs, or <see cref="ContentVersions.Everything"/>.</returns>
    public static async Task<HashSet<string>> OfAsync(DbContext db, CancellationToken stop)
    {
        List<(EntityEntry Entry, PublicContent Content)>? changed = null;
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (
                entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
                && PublicContent.Of(entry.Metadata) is { } content
                && (entry.State is not EntityState.Modified || ShowsChange(entry, content))
            )
            {
                (changed ??= []).Add((entry, content));
            }
        }

        return changed is null ? [] : await new ConcernedConferences().FindAsync(db, changed, stop);
    }

    private static bool ShowsChange(EntityEntry entry, PublicContent content) =>
        entry.Properties.Any(p => p.IsModified && !content.Hidden.Contains(p.Metadata.Name))
        || entry.ComplexProperties.Any(p => p.IsModified);

    private async Task<HashSet<string>> FindAsync(
        DbContext db,
        List<(EntityEntry Entry, PublicContent Content)> changed,
        CancellationToken stop
    )
    {
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.Metadata.FindPrimaryKey() is { Properties: [var key] })
            {
                _tracked[(entry.Metadata, entry.Property(key).CurrentValue!)] = entry;
            }
        }

        foreach (var (entry, content) in changed)
        {
            if (IsShownElsewhere(entry, content))
            {
                continue;
            }

            if (content.Keys.Count == 0 || !Follow(entry, content))
            {
                return [ContentVersions.Everything];
            }
        }

        if (_unknown.Count > 0)
        {
            var (tables, ids) = (_unknown.Select(o => o.Table).ToArray(), _unknown.Select(o => o.Id).ToArray());
            _slugs.UnionWith(
                await db
                    .Database.SqlQuery<string>(
                        $"""
                        SELECT coalesce(lpc_conference_of(o.of_table, o.of_id), {ContentVersions.Everything}) AS "Value"
                        FROM unnest({tables}, {ids}) AS o (of_table, of_id)
                        """
                    )
                    .ToListAsync(stop)
            );
        }

        return _slugs;
    }

    // A new person, say, is shown by the list that names them, which is new as well.
    private bool IsShownElsewhere(EntityEntry entry, PublicContent content) =>
        entry.State is EntityState.Added
        && (
            content.IsShownOnceNamed
            || content.ShownOnceNamedBy is { } by
                && _tracked.TryGetValue(
                    (
                        entry.Metadata.FindProperty(by)!.GetContainingForeignKeys().Single().PrincipalEntityType,
                        entry.Property(by).CurrentValue!
                    ),
                    out var owner
                )
                && owner.State is EntityState.Added
        );

    // A row that moves is gone in one place and new in the other.
    private bool Follow(EntityEntry entry, PublicContent content)
    {
        var isKnown = false;
        foreach (var key in content.Keys)
        {
            var (property, owner) = (entry.Property(key), ContentTriggers.OwnerBy(entry.Metadata, key));
            if (entry.State is not EntityState.Added && property.OriginalValue is { } before)
            {
                isKnown = true;
                Add(owner, before);
            }

            if (entry.State is not EntityState.Deleted && property.CurrentValue is { } now)
            {
                isKnown = true;
                Add(owner, now);
            }
        }

        return isKnown;
    }

    private void Add(IEntityType type, object id)
    {
        if (!_tracked.TryGetValue((type, id), out var owner))
        {
            _unknown.Add((type.GetTableName()!, (int)id));
        }
        else if (owner.Entity is Conference conference)
        {
            _slugs.Add(conference.Slug);
        }
        else
        {
            Follow(owner, PublicContent.Of(type)!);
        }
    }
}
