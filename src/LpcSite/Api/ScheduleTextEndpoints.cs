using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.Exports.Schedule;
using LpcSite.Exports.Text;
using LpcSite.Scheduling;
using LpcSite.Web;
using LpcSite.Web.Frame;

namespace LpcSite.Api;

/// <summary>
/// The public schedule for terminals: at the address of its page for whoever accepts plain text, and at one of its own.
/// And what a phone has to know to put it on its home screen.
/// </summary>
internal static class ScheduleTextEndpoints
{
    private const string Page = "/{conference:slug}/schedule";

    public static void MapScheduleText(this WebApplication app)
    {
        var chosen = new PublicPageAttribute { FreeChoices = ["room", "mc", "person"] };
        app.MapForPrograms(Page + ".txt", TextAsync).WithMetadata(chosen);
        app.MapPublic(Page, TextAsync)
            .WithMetadata(chosen, new ForProgramsAttribute(), new Representation("text/plain"));
        app.MapPublic(Page + ".webmanifest", ManifestAsync);
    }

    private static async Task<IResult> TextAsync(
        HttpContext context,
        LpcDbContext db,
        ConferenceFrames frames,
        string conference,
        CancellationToken stop
    )
    {
        if (await frames.FindAsync(db, conference, context.User, stop) is not { } frame)
        {
            return Results.NotFound();
        }

        var schedule = frame.HasSchedule ? await db.LastReleaseAsync(frame.Id, stop) : null;
        if (schedule is not null)
        {
            context.Response.GetTypedHeaders().LastModified = schedule.At.ToDateTimeOffset();
        }

        var query = context.Request.Query;
        return Results.Text(
            SchedulePlainText.Write(
                frame,
                schedule,
                ScheduleChoice.From(query["room"], query["mc"], query["person"]),
                context.Origin()
            ),
            "text/plain; charset=utf-8"
        );
    }

    private static async Task<IResult> ManifestAsync(
        HttpContext context,
        LpcDbContext db,
        ConferenceFrames frames,
        string conference,
        CancellationToken stop
    ) =>
        await frames.FindAsync(db, conference, context.User, stop) is { } frame
            ? Results.Text(ScheduleManifest.Write(frame), "application/manifest+json; charset=utf-8")
            : Results.NotFound();
}
