using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.People;
using LpcSite.People.Picker;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Api;

/// <summary>
/// Whom a form may mean while somebody types a name: people of whom everybody may read, found by the beginning of a
/// word.
/// </summary>
internal static class PeopleEndpoints
{
    private const int ShortestQuery = 2;

    public static void MapPeople(this WebApplication app) =>
        app.MapMethods("/my/people", PublicEndpoints.Reading, FindAsync).RequireAuthorization().DisableCookieRedirect();

    private static async Task<IResult> FindAsync(
        HttpContext context,
        LpcDbContext db,
        string? q,
        CancellationToken stop
    )
    {
        context.Response.Headers.CacheControl = "no-store";
        var key = Person.Key(q ?? "");
        if (key.Length < ShortestQuery)
        {
            return Results.Json(Array.Empty<PersonChoice>());
        }

        var begins = $"{Literally(key)}%";
        var within = $"% {begins}";
        var people = PersonChoice
            .Listed(db)
            .Where(p =>
                p.Aliases.Any(a => EF.Functions.Like(a.Key, begins, @"\") || EF.Functions.Like(a.Key, within, @"\"))
            )
            .OrderBy(p => p.Name)
            .ThenBy(p => p.Slug)
            .Take(PersonChoice.Most);
        return Results.Json(await PersonChoice.Of(people, db).ToListAsync(stop));
    }

    private static string Literally(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
}
