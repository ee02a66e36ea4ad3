using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Accounts.SecondFactors;
using LpcSite.Accounts.SignIn;
using LpcSite.Data;
using LpcSite.Rules;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using NodaTime;

namespace LpcSite.Pages.Account.Security;

/// <summary>
/// Where somebody is signed in, and the end of it: on one device, or on all others. Who signed in a while ago proves
/// first who they are.
/// </summary>
[Authorize]
public class SessionsModel(LpcDbContext db, AccountSessions sessions, Passwords passwords, OwnerProof proof) : FormPage
{
    protected override bool HasOneForm => true;

    private Accounts.Account _account = null!;

    public IReadOnlyList<AccountSession> Mine { get; private set; } = [];
    public Guid? Current => sessions.Current;

    /// <summary>In which times are shown: their own, else UTC.</summary>
    public DateTimeZone Zone => _account.Person.Zone ?? DateTimeZone.Utc;

    public bool AsksPassword { get; private set; }

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
        var stop = HttpContext.RequestAborted;
        _account = await db.MyAccountAsync(User, stop);
        Mine = await sessions.ListAsync(_account, stop);
        AsksPassword = _account.PasswordHash is not null && !await sessions.IsFreshAsync(stop);
        await next();
    }

    public void OnGet() { }

    /// <param name="session">The one to end.</param>
    public Task<IActionResult> OnPostAsync(Guid session, CancellationToken stop) =>
        EndAsync(
            "Signed out there.",
            async () =>
            {
                Rule.Require(session != Current, "To sign out here, use “Sign out” at the top of the page.");
                Rule.Require(
                    await passwords.SignOutAsync(_account, session, stop),
                    "That device is signed out already."
                );
            }
        );

    public Task<IActionResult> OnPostOthersAsync([FromServices] AccountSignIn signIn) =>
        EndAsync(
            "You are signed out on all other devices.",
            async () =>
            {
                await passwords.SignOutEverywhereAsync(_account);
                await signIn.RefreshSignInAsync(_account);
            }
        );

    private Task<IActionResult> EndAsync(string said, Func<Task> end) =>
        ActAsync(
            async () =>
            {
                var field = AsksPassword ? nameof(Password) : "";
                if (
                    !await ModelState.AcceptsAsync(
                        field,
                        () => proof.RequireRecentAsync(_account, Password, HttpContext.RequestAborted)
                    )
                )
                {
                    return Done.With(this.Invalid());
                }

                await end();
                return Done.Say(said);
            },
            HttpContext.RequestAborted
        );
}
