using LpcSite.Conferences;
using LpcSite.Data;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.People;

/// <summary>Finds the last part of the addresses of somebody new.</summary>
public static class PersonSlug
{
    /// <returns>
    /// Made of the name, and numbered past those that are taken or once were: the addresses of people who were joined
    /// with others lead on.
    /// </returns>
    public static async Task<string> FreeAsync(LpcDbContext db, string name, CancellationToken stop)
    {
        var slug = Slug.From(name, "person");
        var suffix = "";
        for (var number = 2; await IsTakenAsync(db, slug + suffix, stop); number++)
        {
            suffix = FormattableString.Invariant($"-{number}");
            slug = slug[..Math.Min(slug.Length, Slug.MaxLength - suffix.Length)];
        }

        return slug + suffix;
    }

    private static async Task<bool> IsTakenAsync(LpcDbContext db, string slug, CancellationToken stop) =>
        db.People.Local.Any(p => p.Slug == slug)
        || await db.People.AnyAsync(p => p.Slug == slug, stop)
        || await db.Redirects.AnyAsync(r => r.From.EndsWith("/people/" + slug), stop);
}
