using LpcSite.Caching;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Scheduling.Clashes;
using LpcSite.Web.Security;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Api;

/// <summary>
/// Who is needed in two places in the draft of the schedule, or while that cannot be, what goes on beside a plenary,
/// and which room is too small, for programs of the organizers: one entry for each time at which that is so, under a
/// key of its own.
/// </summary>
internal static class ClashEndpoints
{
    public static void MapClashes(this WebApplication app) =>
        app.MapMethods("/api/v1/{conference:slug}/clashes", PublicEndpoints.Reading, ReadAsync)
            .RequireAuthorization(Policies.Organizers)
            .DisableCookieRedirect();

    private static async Task<IResult> ReadAsync(
        HttpContext context,
        string conference,
        LpcDbContext db,
        CancellationToken stop
    )
    {
        context.Response.Headers.CacheControl = "no-store";
        if (
            await db.Conferences.Where(c => c.Slug == conference).Select(c => (int?)c.Id).SingleOrDefaultAsync(stop)
            is not { } id
        )
        {
            return Results.NotFound();
        }

        var sheet = await ClashSheet.ReadAsync(db, id, stop);
        return Results.Json(
            new
            {
                conference,
                timeZone = sheet.Draft.Conference.TimeZone,
                people = sheet.People,
                open = sheet.Open.Count(),
                clashes = sheet.Lines.Select(line => new
                {
                    line.Clash.Key,
                    severity = Word(line.Clash.Severity),
                    kind = Kind(line.Clash.Other.Role),
                    name = line.Clash.Person is null ? null : line.Clash.Name,
                    line.Clash.Sentence,
                    starts = Dates.Machine(line.Clash.During.Start),
                    ends = Dates.Machine(line.Clash.During.End),
                    between = new[] { Side(line.Clash.One), Side(line.Clash.Other) },
                    accepted = line.Accepted is { } said
                        ? new
                        {
                            reason = said.Text,
                            said.By,
                            at = Dates.Machine(said.At),
                        }
                        : null,
                    suggestions = sheet
                        .Suggesting.For(line.Clash)
                        .Select(s => new
                        {
                            s.Slot,
                            s.IsMove,
                            with = s.With?.Before.Slot,
                            room = sheet.Draft.RoomOf(s.After)?.Name,
                            starts = Dates.Machine(s.After.Starts),
                            ends = Dates.Machine(s.After.Ends),
                            sentence = s.Sentence(sheet.Draft),
                            mends = s.Mended.Select(c => c.Key),
                            makes = s.Made.Select(c => c.Key),
                        }),
                }),
            }
        );

        object Side(Need need) =>
            new
            {
                microconference = need.Slug,
                title = need.Title.Length == 0 ? null : need.Title,
                does = need.Does,
                need.Topic,
                need.Slot,
                room = sheet.Draft.Rooms.FirstOrDefault(r => r.Id == need.Room)?.Name,
                starts = Dates.Machine(need.During.Start),
                ends = Dates.Machine(need.During.End),
            };
    }

    private static string Kind(NeedRole other) =>
        other switch
        {
            NeedRole.Away => "away",
            NeedRole.Night => "night",
            NeedRole.Seats => "seats",
            NeedRole.Plenary => "plenary",
            _ => "places",
        };

    private static string Word(ClashSeverity severity) =>
        severity switch
        {
            ClashSeverity.Hard => "hard",
            ClashSeverity.Soft => "soft",
            ClashSeverity.Parallel => "parallel",
            _ => "walk",
        };
}
