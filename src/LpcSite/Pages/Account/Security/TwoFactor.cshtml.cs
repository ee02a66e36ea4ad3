using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Accounts.SecondFactors;
using LpcSite.Data;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace LpcSite.Pages.Account.Security;

/// <summary>
/// Turns the second step on and off. Whoever found an unlocked browser needs the password for either.
/// </summary>
[Authorize]
public class TwoFactorModel(
    LpcDbContext db,
    TwoFactor twoFactor,
    OwnerProof proof,
    SignInManager<Accounts.Account> signIn
) : FormPage
{
    protected override bool HasOneForm => true;

    private Accounts.Account _account = null!;

    public bool IsOn => _account.TwoFactorEnabled;
    public bool HasPassword => _account.PasswordHash is not null;
    public string? Key { get; private set; }
    public int CodesLeft { get; private set; }

    [BindProperty]
    public string? Code { get; set; }

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
        _account = await db.MyAccountAsync(User, HttpContext.RequestAborted);
        Key = await twoFactor.KeyAsync(_account);
        CodesLeft = await twoFactor.CodesLeftAsync(_account, HttpContext.RequestAborted);
        await next();
    }

    public void OnGet() { }

    public Task<IActionResult> OnPostBeginAsync() => ProveAndChangeAsync(null, () => twoFactor.BeginAsync(_account));

    // The key that the code is made of was shown to whoever gave the password.
    public Task<IActionResult> OnPostEnableAsync(CancellationToken stop) =>
        ChangeAsync(
            nameof(Code),
            "The second step is on, and you are signed out on all other devices.",
            async () => Show(await twoFactor.EnableAsync(_account, Code ?? "", stop))
        );

    public Task<IActionResult> OnPostCodesAsync(CancellationToken stop) =>
        ProveAndChangeAsync(
            "The recovery codes of before work no more.",
            async () => Show(await twoFactor.RenewCodesAsync(_account, stop))
        );

    public Task<IActionResult> OnPostDisableAsync(CancellationToken stop) =>
        ProveAndChangeAsync("The second step is off.", () => twoFactor.DisableAsync(_account, stop));

    private async Task<IActionResult> ProveAndChangeAsync(string? said, Func<Task> change) =>
        await this.IsProvenAsync(proof, _account, Password, nameof(Password))
            ? await ChangeAsync("", said, change)
            : this.Invalid();

    private Task<IActionResult> ChangeAsync(string field, string? said, Func<Task> change) =>
        ActAsync(
            async () =>
            {
                await change();
                await signIn.RefreshSignInAsync(_account);
                var done = said is null ? Done.Silently : Done.Say(said);
                return TempData.ContainsKey(RecoveryCodesModel.Key) ? done.GoTo("/account/two-factor/codes") : done;
            },
            HttpContext.RequestAborted,
            field
        );

    // They travel to the next page in the browser's own cookie, encrypted, and are gone once it showed them.
    private void Show(IReadOnlyList<string> codes) => TempData[RecoveryCodesModel.Key] = codes.ToArray();
}
