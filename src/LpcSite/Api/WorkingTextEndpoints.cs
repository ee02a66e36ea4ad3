using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.People;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using LpcSite.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace LpcSite.Api;

/// <summary>
/// Where the editor keeps what is typed before it is saved. Everybody sees their own, and the names of those who edit
/// the same.
/// </summary>
internal static class WorkingTextEndpoints
{
    // The database stores it and the editor parses it: nothing in it becomes HTML.
    private static readonly JsonSerializerOptions AsTyped = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private delegate Task<(WorkingTexts.Form Form, IResult? Refused)> Find(HttpContext context);

    public static void MapWorkingTexts(this WebApplication app)
    {
        Map(app, "/{conference:slug}/mc/propose", "/{0}/mc/propose", NewAsync);
        Map(app, "/{conference:slug}/mc/{slug:slug}", "/{0}/mc/{1}/edit", ExistingAsync);
        Map(app, "/{conference:slug}/mc/{slug:slug}/submit", "/{0}/mc/{1}/submit", TopicAsync);
        Map(app, "/{conference:slug}/mc/{slug:slug}/submit/{id:int}", "/{0}/mc/{1}/submit/{2}", TopicAsync);
    }

    private static void Map(WebApplication app, string pattern, string page, Find find)
    {
        var working = app.MapGroup(pattern + "/working").RequireAuthorization().DisableCookieRedirect();
        working.MapMethods(
            "",
            PublicEndpoints.Reading,
            (HttpContext context, WorkingTexts texts, CancellationToken stop) => ReadAsync(context, find, texts, stop)
        );
        working
            .MapPost(
                "",
                (HttpContext context, Typed typed, WorkingTexts texts, CancellationToken stop) =>
                    KeepAsync(context, find, typed, texts, stop)
            )
            .AddEndpointFilter<FormToken>();
        working
            .MapDelete(
                "",
                async (HttpContext context, WorkingTexts texts, CancellationToken stop) =>
                    await ForgetAsync(context, find, texts, stop) ?? Results.NoContent()
            )
            .AddEndpointFilter<FormToken>();
        working
            .MapPost(
                "/discard",
                async (
                    HttpContext context,
                    WorkingTexts texts,
                    ITempDataDictionaryFactory said,
                    CancellationToken stop
                ) => await ForgetAsync(context, find, texts, stop) ?? BackTo(context, page, said)
            )
            .AddEndpointFilter<FormToken>();
    }

    private static async Task<IResult> ReadAsync(
        HttpContext context,
        Find find,
        WorkingTexts texts,
        CancellationToken stop
    )
    {
        context.Response.Headers.CacheControl = "no-store";
        var (form, refused) = await find(context);
        if (refused is not null)
        {
            return refused;
        }

        // None at all tells the editor that what it submitted was saved.
        return await texts.FindAsync(form, stop) is not { } kept
            ? Results.NoContent()
            : Results.Json(
                new
                {
                    fields = kept.Fields is null
                        ? (JsonElement?)null
                        : JsonSerializer.Deserialize<JsonElement>(kept.Fields),
                    basedOn = kept.BasedOn,
                    keptAt = kept.KeptAt is { } at ? InstantPattern.ExtendedIso.Format(at) : null,
                    others = await texts.OthersAsync(form, stop),
                }
            );
    }

    private static async Task<IResult> KeepAsync(
        HttpContext context,
        Find find,
        Typed typed,
        WorkingTexts texts,
        CancellationToken stop
    )
    {
        var (form, refused) = await find(context);
        if (refused is not null)
        {
            return refused;
        }

        if (typed.Fields is null)
        {
            return Results.Json(
                new { keptAt = (string?)null, others = await texts.SeeAsync(form, typed.BasedOn, stop) }
            );
        }

        var fields = JsonSerializer.Serialize(typed.Fields, AsTyped);
        if (fields.Length > WorkingText.FieldsMaxLength)
        {
            return Results.Text(
                "This is more text than can be kept unsaved. Save it.",
                "text/plain",
                statusCode: StatusCodes.Status413PayloadTooLarge
            );
        }

        var (keptAt, others) = await texts.KeepAsync(form, fields, typed.BasedOn, stop);
        return Results.Json(new { keptAt = InstantPattern.ExtendedIso.Format(keptAt), others });
    }

    private static async Task<IResult?> ForgetAsync(
        HttpContext context,
        Find find,
        WorkingTexts texts,
        CancellationToken stop
    )
    {
        var (form, refused) = await find(context);
        if (refused is null)
        {
            await texts.ForgetAsync(form, stop);
        }

        return refused;
    }

    private static IResult BackTo(HttpContext context, string page, ITempDataDictionaryFactory said)
    {
        var data = said.GetTempData(context);
        data[PageResults.SaidKey] = "Your unsaved text was thrown away.";
        data.Save();
        return Results.LocalRedirect(
            string.Format(
                null,
                System.Text.CompositeFormat.Parse(page),
                context.Request.RouteValues["conference"],
                context.Request.RouteValues["slug"],
                context.Request.RouteValues["id"]
            )
        );
    }

    private static async Task<(WorkingTexts.Form Form, IResult? Refused)> NewAsync(HttpContext context)
    {
        var db = context.RequestServices.GetRequiredService<LpcDbContext>();
        var frames = context.RequestServices.GetRequiredService<ConferenceFrames>();
        return
            await frames.FindAsync(
                db,
                (string)context.Request.RouteValues["conference"]!,
                context.User,
                context.RequestAborted
            )
                is { } conference
            ? (new(conference.Id, null, context.User.PersonId()!.Value), null)
            : (default, Results.NotFound());
    }

    private static async Task<(WorkingTexts.Form Form, IResult? Refused)> ExistingAsync(HttpContext context)
    {
        var (conference, slug) = (
            (string)context.Request.RouteValues["conference"]!,
            (string)context.Request.RouteValues["slug"]!
        );
        var db = context.RequestServices.GetRequiredService<LpcDbContext>();
        if (
            await context
                .RequestServices.GetRequiredService<ConferenceFrames>()
                .FindAsync(db, conference, context.User, context.RequestAborted)
            is null
        )
        {
            return (default, Results.NotFound());
        }

        var found = await db
            .Microconferences.AsNoTracking()
            .Where(m => m.Conference.Slug == conference && m.Slug == slug)
            .VisibleTo(context.User)
            .Include(m => m.Leads)
            .AsSingleQuery()
            .FirstOrDefaultAsync(context.RequestAborted);
        if (found is null)
        {
            return (default, Results.NotFound());
        }

        var answer = await context
            .RequestServices.GetRequiredService<IAuthorizationService>()
            .AuthorizeAsync(context.User, found, CanEditMicroconference.Requirement);
        return answer.Succeeded
            ? (new(found.ConferenceId, found.Id, context.User.PersonId()!.Value), null)
            : (default, Results.Forbid());
    }

    // A new topic is anybody's who may read of the microconference; an existing one its author's and its speakers'.
    private static async Task<(WorkingTexts.Form Form, IResult? Refused)> TopicAsync(HttpContext context)
    {
        var (slug, me) = ((string)context.Request.RouteValues["slug"]!, context.User.PersonId()!.Value);
        int? topic = context.Request.RouteValues["id"] is string id
            ? int.Parse(id, CultureInfo.InvariantCulture)
            : null;
        var db = context.RequestServices.GetRequiredService<LpcDbContext>();
        var frames = context.RequestServices.GetRequiredService<ConferenceFrames>();
        if (
            await frames.FindAsync(
                db,
                (string)context.Request.RouteValues["conference"]!,
                context.User,
                context.RequestAborted
            )
            is not { } conference
        )
        {
            return (default, Results.NotFound());
        }

        var found = await db
            .Microconferences.Where(m => m.ConferenceId == conference.Id && m.Slug == slug)
            .VisibleTo(context.User)
            .Where(m =>
                topic == null
                || m.Topics.Any(t =>
                    t.Id == topic
                    && t.RevisionNumber > 0
                    && (t.SubmitterId == me || t.Speakers.Any(s => s.PersonId == me))
                )
            )
            .Select(m => (int?)m.Id)
            .SingleOrDefaultAsync(context.RequestAborted);
        return found is { } microconference
            ? (WorkingTexts.Form.OfTopic(conference.Id, microconference, topic, me), null)
            : (default, Results.NotFound());
    }

    /// <summary>
    /// What the editor sends: the fields with all their values, or none when it only gives a sign of life.
    /// </summary>
    internal sealed record Typed(int BasedOn, Dictionary<string, string[]>? Fields);
}
