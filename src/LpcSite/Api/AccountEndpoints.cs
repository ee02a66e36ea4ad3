using LpcSite.Accounts;
using LpcSite.Accounts.SecondFactors;
using LpcSite.Accounts.SignIn;
using LpcSite.Caching;
using LpcSite.Data;
using LpcSite.Web;
using LpcSite.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using QRCoder;

namespace LpcSite.Api;

/// <summary>What pages about one's own account show beside their text, for nobody else.</summary>
internal static class AccountEndpoints
{
    private const string Unkept = "no-store";

    public static void MapAccount(this WebApplication app)
    {
        app.MapMethods("/account/two-factor/qr.svg", PublicEndpoints.Reading, QrAsync).RequireAuthorization();
        app.MapMethods("/account/external", PublicEndpoints.Reading, ExternalAsync);
    }

    // An ordinary link, since a form's answer may lead to no other site (form-action of the content policy); it changes
    // nothing here.
    private static async Task<IResult> ExternalAsync(
        SignInManager<Account> signIn,
        IAuthenticationSchemeProvider schemes,
        string? to
    )
    {
        if (await schemes.NameAsync() is null)
        {
            return Results.NotFound();
        }

        var back = to is null
            ? ExternalSignIn.DonePath
            : QueryHelpers.AddQueryString(ExternalSignIn.DonePath, ReturnAddress.Key, to);
        return Results.Challenge(
            signIn.ConfigureExternalAuthenticationProperties(ExternalSignIn.Scheme, back),
            [ExternalSignIn.Scheme]
        );
    }

    private static async Task<IResult> QrAsync(
        HttpContext context,
        LpcDbContext db,
        TwoFactor twoFactor,
        CancellationToken stop
    )
    {
        var address = await twoFactor.KeyAddressAsync(
            await db.MyAccountAsync(context.User, stop),
            new Uri(context.Origin()).Host
        );
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
