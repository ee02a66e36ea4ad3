using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.Materials;
using LpcSite.Materials.Slides;
using LpcSite.Web.Security;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace LpcSite.Api;

/// <summary>
/// The slides of a topic, to whoever may have them, whole or in parts (RFC 9110, section 14). They come from people
/// whom nobody knows: what they are was decided by their content, no browser guesses anew, and nothing in them runs or
/// loads anything.
/// </summary>
internal static class MaterialEndpoints
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    // The viewers of browsers are plug-ins in a page that they make, and a sandbox knows no plug-ins.
    private const string PdfPolicy = Nothing + "; object-src 'self'; style-src 'unsafe-inline'";

    public static void MapMaterials(this WebApplication app) =>
        app.MapMethods(MaterialLine.Folder + "{id:int}/{name}", PublicEndpoints.Reading, SlidesAsync);

    private static async Task<IResult> SlidesAsync(
        HttpContext context,
        int id,
        string name,
        LpcDbContext db,
        CancellationToken stop
    )
    {
        var found = await db
            .Materials.Where(m => m.Id == id && m.Kind == MaterialKind.Slides && m.FileName == name)
            .ReadableBy(db, context.User)
            .Select(m => new
            {
                m.MediaType,
                m.Size,
                m.Hash,
                m.AddedAt,
            })
            .SingleOrDefaultAsync(stop);
        if (found is null)
        {
            return Results.NotFound();
        }

        var type = SlidesType.Of(found.MediaType!);
        context.Items[SecurityHeaders.PolicyKey] = type == SlidesType.Pdf ? PdfPolicy : Nothing + "; sandbox";
        var disposition = new ContentDispositionHeaderValue(type.IsShown ? "inline" : "attachment");
        disposition.SetHttpFileName(name);
        context.Response.Headers.ContentDisposition = disposition.ToString();
        context.Response.Headers.CacheControl = context.User.Identity is { IsAuthenticated: true }
            ? "private, no-cache"
            : "public, no-cache";

        // A part is one of the bytes as they are, so that the whole goes out as it is too, under the same tag.
        context.Request.Headers.Remove(HeaderNames.AcceptEncoding);
        if (!context.Request.Headers.Range.ToString().StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
        {
            // Parts of another kind are for nobody here to know, and asking for them is as asking for the whole
            // (section 14.2).
            context.Request.Headers.Remove(HeaderNames.Range);
        }

        context.Features.Get<IStatusCodePagesFeature>()!.Enabled = false;
        return Results.Stream(
            new MaterialStream(db, id, found.Size!.Value),
            type == SlidesType.Text ? $"{type.MediaType}; charset=utf-8" : type.MediaType,
            fileDownloadName: null,
            found.AddedAt.ToDateTimeOffset(),
            new EntityTagHeaderValue($"\"{found.Hash}\""),
            enableRangeProcessing: true
        );
    }
}
