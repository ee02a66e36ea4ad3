using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Infrastructure;
using QRCoder;

namespace LpcSite.Api;

/// <summary>What pages about one's own account show beside their text, for nobody else.</summary>
internal static class AccountEndpoints
{
    private const string Unkept = "no-store";

    public static void MapAccount(this WebApplication app) => app.MapGet("/account/two-factor/qr.svg", QrAsync).RequireAuthorization();

    private static async Task<IResult> QrAsync(HttpContext context, LpcDbContext db, SecondStep secondStep, CancellationToken stop)
    {
        var address = await secondStep.KeyAddressAsync(await db.MyAccountAsync(context.User, stop), new Uri(context.Origin()).Host);
        if (address is null)
        {
            return Results.NotFound();
        }

        using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var drawing = new SvgQRCode(code);
        context.Response.Headers.CacheControl = Unkept;
        return Results.Text(drawing.GetGraphic(pixelsPerModule: 5), "image/svg+xml; charset=utf-8");
    }
}
