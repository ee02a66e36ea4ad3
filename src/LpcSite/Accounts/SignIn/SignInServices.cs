using System.Globalization;
using System.Security.Claims;
using LpcSite.Data;
using LpcSite.People;
using LpcSite.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Accounts.SignIn;

/// <summary>
/// How somebody stays signed in: a cookie that names an account, its security stamp and a session, and nothing else.
/// Whether the session still is one, who that is and what they may do is read at every request, in one statement, so
/// that a role given or taken, a new password and the end of a session hold from the next click.
/// </summary>
internal static class SignInServices
{
    private const string StampClaim = "AspNet.Identity.SecurityStamp";

    private static readonly string[] ClaimsOfARequest =
    [
        SignedInPerson.PersonClaim,
        SignedInPerson.ReviewerClaim,
        ClaimTypes.Role,
        ClaimTypes.Name,
    ];

    public static void AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddDataProtection()
            .SetApplicationName("lpcsite")
            .PersistKeysToDbContext<LpcDbContext>()
            .EncryptKeysAtRest(configuration);
        services
            .AddIdentityCore<Account>(identity =>
            {
                identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                identity.User.RequireUniqueEmail = true;
                identity.User.AllowedUserNameCharacters = "";
                identity.SignIn.RequireConfirmedEmail = true;

                // Length is what helps; signs of every class only make people write passwords down (NIST SP 800-63B,
                // section 3.1.1.2).
                identity.Password.RequiredLength = Account.PasswordMinLength;
                identity.Password.RequireDigit =
                    identity.Password.RequireLowercase =
                    identity.Password.RequireUppercase =
                    identity.Password.RequireNonAlphanumeric =
                        false;
            })
            .AddEntityFrameworkStores<LpcDbContext>()
            .AddSignInManager<AccountSignIn>()
            .AddDefaultTokenProviders();
        services.AddScoped<ILookupNormalizer, MailNormalizer>();

        // OWASP, "Password Storage Cheat Sheet": PBKDF2 with HMAC-SHA-512. Hashes of fewer rounds are made anew when
        // their owner signs in.
        services.Configure<PasswordHasherOptions>(static hasher => hasher.IterationCount = 210_000);
        services.AddHttpContextAccessor();
        services
            .AddOptions<IdentityPasskeyOptions>()
            .Configure<IConfiguration>(
                (passkeys, configuration) =>
                {
                    // The passkey names its account and stands for both steps, so that it has to be found without an
                    // address and unlocked.
                    passkeys.ResidentKeyRequirement = passkeys.UserVerificationRequirement = "required";
                    passkeys.ServerDomain = configuration["Site:Url"] is { Length: > 0 } address
                        ? new Uri(address).Host
                        : null;
                }
            );
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.LoginPath = "/account/sign-in";
            cookie.LogoutPath = "/account/sign-out";
            cookie.ReturnUrlParameter = "to";
            cookie.ExpireTimeSpan = AccountSession.IdleLifetime.ToTimeSpan();
            cookie.Events.OnValidatePrincipal = ReadRolesAsync;

            // Who may not do a thing is told so in the house's own error page, not sent to another address.
            cookie.Events.OnRedirectToAccessDenied = static context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });
        services.AddAuthorization(Policies.AddPolicies);
        services.AddScoped<
            Microsoft.AspNetCore.Authorization.IAuthorizationHandler,
            Microconferences.CanEditMicroconference
        >();
    }

    private static async Task ReadRolesAsync(CookieValidatePrincipalContext context)
    {
        var identity = (ClaimsIdentity)context.Principal!.Identity!;
        var id = int.Parse(identity.FindFirst(ClaimTypes.NameIdentifier)!.Value, CultureInfo.InvariantCulture);
        var db = context.HttpContext.RequestServices.GetRequiredService<LpcDbContext>();
        var now = context.HttpContext.RequestServices.GetRequiredService<IClock>().GetCurrentInstant();
        var session = context.Principal!.SessionId();
        var account = await db
            .Users.AsNoTracking()
            .Where(a => a.Id == id)
            .Select(a => new
            {
                a.SecurityStamp,
                a.PersonId,
                a.Person.Name,
                UsedAt = db
                    .AccountSessions.Where(s => s.Id == session && s.AccountId == a.Id)
                    .Where(s => s.EndsAt > now && s.LastUsedAt > now - AccountSession.IdleLifetime)
                    .Select(s => (Instant?)s.LastUsedAt)
                    .SingleOrDefault(),
                IsOrganizer = db.Organizers.Any(o => o.PersonId == a.PersonId),
                Reviews = db.Reviewers.Where(r => r.PersonId == a.PersonId).Select(r => r.ConferenceId).ToArray(),
            })
            .SingleOrDefaultAsync(context.HttpContext.RequestAborted);
        if (account?.UsedAt is null || account.SecurityStamp != identity.FindFirst(StampClaim)?.Value)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }

        if (account.UsedAt <= now - AccountSession.UseInterval)
        {
            await db
                .AccountSessions.Where(s => s.Id == session)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.LastUsedAt, now), context.HttpContext.RequestAborted);
        }

        foreach (var old in identity.Claims.Where(c => ClaimsOfARequest.Contains(c.Type)).ToList())
        {
            identity.RemoveClaim(old);
        }

        identity.AddClaim(
            new Claim(SignedInPerson.PersonClaim, account.PersonId.ToString(CultureInfo.InvariantCulture))
        );
        identity.AddClaim(new Claim(ClaimTypes.Name, account.Name));
        identity.AddClaims(
            account.Reviews.Select(conference => new Claim(
                SignedInPerson.ReviewerClaim,
                conference.ToString(CultureInfo.InvariantCulture)
            ))
        );
        if (account.IsOrganizer)
        {
            identity.AddClaim(new Claim(ClaimTypes.Role, SignedInPerson.OrganizerRole));
        }
    }
}
