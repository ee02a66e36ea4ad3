using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Accounts.SecondFactors;
using LpcSite.Accounts.SignIn;
using LpcSite.Data;
using LpcSite.People;
using LpcSite.Web.Forms;
using LpcSite.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Account.NewAccount;

/// <summary>
/// Where the other site leads back to: who is known is signed in, and who is not is asked before anything is made or
/// connected.
/// </summary>
public class ExternalDoneModel(
    SignInManager<Accounts.Account> signIn,
    ExternalLogins logins,
    LpcDbContext db,
    IAuthenticationSchemeProvider schemes
) : FormPage
{
    protected override bool HasOneForm => true;

    [FromQuery(Name = ReturnAddress.Key)]
    public string? To { get; init; }

    public string Provider { get; private set; } = "";

    /// <summary>What the other site told; null when it told nothing.</summary>
    public ExternalLoginInfo? Login { get; private set; }

    /// <summary>Whether the address that it proved has an account.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>
    /// Whether the account that is signed in has a password, to be asked for before they are connected.
    /// </summary>
    public bool HasPassword { get; private set; }

    [DataType(DataType.Password)]
    [
        BindProperty,
        MaxLength(Accounts.Account.PasswordMaxLength, ErrorMessage = "A password has at most {1} characters.")
    ]
    public string? Password { get; set; }

    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        if (await schemes.NameAsync() is not { } provider)
        {
            context.Result = NotFound();
            return;
        }

        Provider = provider;
        Login = await signIn.GetExternalLoginInfoAsync();
        IsTaken =
            Login is not null
            && ExternalLogins.ProvenMail(Login.Principal) is { } mail
            && await signIn.UserManager.FindByEmailAsync(mail) is not null;
        HasPassword =
            User.PersonId() is { } me
            && await db.Users.AnyAsync(a => a.PersonId == me && a.PasswordHash != null, HttpContext.RequestAborted);
        await next();
    }

    public async Task<IActionResult> OnGetAsync()
    {
        if (Login is null || User.PersonId() is not null)
        {
            return Page();
        }

        var result = await signIn.ExternalLoginSignInAsync(
            Login.LoginProvider,
            Login.ProviderKey,
            isPersistent: true,
            bypassTwoFactor: false
        );
        if (result.RequiresTwoFactor)
        {
            return LocalRedirect(Url.Keep("/account/sign-in/code", Url.ReturnTo(To)));
        }

        if (result.IsLockedOut)
        {
            ModelState.AddModelError("", "Your account rests after too many wrong passwords. Wait ten minutes.");
            return this.Invalid();
        }

        return result.Succeeded ? LocalRedirect(Url.ReturnTo(To)) : Page();
    }

    public Task<IActionResult> OnPostAsync([FromServices] OwnerProof proof, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                if (Login is null)
                {
                    return Done.With(this.Invalid());
                }

                if (User.PersonId() is null)
                {
                    await signIn.SignInAsync(
                        await logins.RegisterAsync(Login, stop),
                        isPersistent: true,
                        Login.LoginProvider
                    );
                    return await LedOnAsync("Your account is made, and you are signed in.");
                }

                var account = await db.MyAccountAsync(User, stop);
                if (!await this.IsProvenAsync(proof, account, Password, nameof(Password)))
                {
                    return Done.With(this.Invalid());
                }

                await logins.ConnectAsync(account, Login, stop);
                return await LedOnAsync($"{Provider} signs you in from now on.");
            },
            stop
        );

    // What the other site said has been used.
    private async Task<Done> LedOnAsync(string sentence)
    {
        await HttpContext.SignOutAsync(IdentityConstants.ExternalScheme);
        return Done.Say(sentence).GoTo(Url.ReturnTo(To));
    }
}
