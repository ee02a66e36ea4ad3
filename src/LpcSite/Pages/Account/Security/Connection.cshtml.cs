using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Accounts.SecondFactors;
using LpcSite.Accounts.SignIn;
using LpcSite.Data;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Account.Security;

/// <summary>Shows whether another site signs in to one's account, and ends it.</summary>
[Authorize]
public class ConnectionModel(
    LpcDbContext db,
    ExternalLogins logins,
    OwnerProof proof,
    IAuthenticationSchemeProvider schemes
) : FormPage
{
    protected override bool HasOneForm => true;

    private Accounts.Account _account = null!;

    public string Provider { get; private set; } = "";
    public bool IsConnected { get; private set; }
    public bool HasPassword => _account.PasswordHash is not null;

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
        _account = await db.MyAccountAsync(User, HttpContext.RequestAborted);
        IsConnected = await db.UserLogins.AnyAsync(
            l => l.UserId == _account.Id && l.LoginProvider == ExternalSignIn.Scheme,
            HttpContext.RequestAborted
        );
        await next();
    }

    public void OnGet() { }

    public Task<IActionResult> OnPostAsync(
        [FromServices] SignInManager<Accounts.Account> signIn,
        CancellationToken stop
    ) =>
        ActAsync(
            async () =>
            {
                if (!await this.IsProvenAsync(proof, _account, Password, nameof(Password)))
                {
                    return Done.With(this.Invalid());
                }

                await logins.DisconnectAsync(_account, ExternalSignIn.Scheme, stop);
                await signIn.RefreshSignInAsync(_account);
                return Done.Say($"{Provider} does not sign you in any more.");
            },
            stop
        );
}
