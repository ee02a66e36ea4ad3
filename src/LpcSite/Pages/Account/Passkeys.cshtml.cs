using System.Buffers.Text;
using System.Globalization;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Infrastructure;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account;

/// <summary>The passkeys of who is signed in: adds, renames and removes them.</summary>
[Authorize]
public class PasskeysModel(LpcDbContext db, Passkeys passkeys, SignInManager<Accounts.Account> signIn) : PageModel
{
    private Accounts.Account _account = null!;

    public IReadOnlyList<UserPasskeyInfo> Mine { get; private set; } = [];

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        _account = await db.MyAccountAsync(User, HttpContext.RequestAborted);
        Mine = await passkeys.ListAsync(_account);
        await next();
    }

    public void OnGet()
    {
    }

    /// <summary>What the browser needs to make a passkey; the challenge in it stays with this browser, in a cookie.</summary>
    public async Task<IActionResult> OnPostOptionsAsync() =>
        Content(await signIn.MakePasskeyCreationOptionsAsync(new() { Id = Number, Name = _account.Email!, DisplayName = _account.Person.Name }), "application/json");

    public Task<IActionResult> OnPostAddAsync(string? credential, string? name) => ChangeAsync("Your passkey is added. You can sign in with it.", async () =>
    {
        Rule.Require(await signIn.IsPasskeyAwaitedAsync(credential), "Your browser sent no passkey. Try again.");
        var answer = await signIn.PerformPasskeyAttestationAsync(credential!);
        Rule.Require(answer.Succeeded && answer.UserEntity.Id == Number, "This passkey could not be checked. Try again.");
        await passkeys.AddAsync(_account, answer.Passkey!, name ?? "");
    });

    public Task<IActionResult> OnPostRenameAsync(string? id, string? name) =>
        ChangeAsync("The passkey has its new name.", () => passkeys.RenameAsync(_account, Read(id), name ?? ""));

    public Task<IActionResult> OnPostRemoveAsync(string? id) =>
        ChangeAsync("The passkey is removed. Your device may still offer it; the site no longer takes it.", () => passkeys.RemoveAsync(_account, Read(id)));

    // Not the address, which changes while passkeys stay.
    private string Number => _account.Id.ToString(CultureInfo.InvariantCulture);

    private async Task<IActionResult> ChangeAsync(string said, Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (RuleException broken)
        {
            ModelState.AddModelError("", broken.Message);
            return this.Invalid();
        }

        this.Say(said);
        return LocalRedirect("/account/passkeys");
    }

    private static byte[] Read(string? id) => Base64Url.IsValid(id) ? Base64Url.DecodeFromChars(id) : [];
}
