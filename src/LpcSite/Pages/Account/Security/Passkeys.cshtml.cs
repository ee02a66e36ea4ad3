using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using LpcSite.Accounts;
using LpcSite.Accounts.SecondFactors;
using LpcSite.Data;
using LpcSite.Rules;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace LpcSite.Pages.Account.Security;

/// <summary>The passkeys of who is signed in: adds, renames and removes them.</summary>
[Authorize]
public class PasskeysModel(LpcDbContext db, Passkeys passkeys, OwnerProof proof, SignInManager<Accounts.Account> signIn)
    : FormPage
{
    protected override bool HasOneForm => true;

    private Accounts.Account _account = null!;

    public bool HasPassword => _account.PasswordHash is not null;

    [DataType(DataType.Password)]
    [
        BindProperty,
        MaxLength(Accounts.Account.PasswordMaxLength, ErrorMessage = "A password has at most {1} characters.")
    ]
    public string? Password { get; set; }
    public IReadOnlyList<UserPasskeyInfo> Mine { get; private set; } = [];

    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        _account = await db.MyAccountAsync(User, HttpContext.RequestAborted);
        Mine = await passkeys.ListAsync(_account);
        await next();
    }

    public void OnGet() { }

    /// <summary>
    /// What the browser needs to make a passkey; the challenge in it stays with this browser, in a cookie. Whoever has
    /// no right to add one is told so here, before their device holds one that is worth nothing.
    /// </summary>
    public async Task<IActionResult> OnPostOptionsAsync()
    {
        if (!ModelState.IsValid || !await this.IsProvenAsync(proof, _account, Password, nameof(Password)))
        {
            var problem = ModelState.Values.SelectMany(v => v.Errors).Select(e => e.ErrorMessage).First();
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Content(problem, "text/plain; charset=utf-8");
        }

        PasskeyUserEntity user = new()
        {
            Id = Number,
            Name = _account.Email!,
            DisplayName = _account.Person.Name,
        };
        return Content(await signIn.MakePasskeyCreationOptionsAsync(user), "application/json");
    }

    public Task<IActionResult> OnPostAddAsync(string? credential, string? name) =>
        ProveAndChangeAsync(
            "Your passkey is added. You can sign in with it.",
            async () =>
            {
                Rule.Require(
                    await signIn.IsPasskeyAwaitedAsync(credential),
                    "Your browser sent no passkey. Try again."
                );
                var answer = await signIn.PerformPasskeyAttestationAsync(credential!);
                var isTheirs = answer.Succeeded && answer.UserEntity.Id == Number;
                Rule.Require(isTheirs, "This passkey could not be checked. Try again.");
                await passkeys.AddAsync(_account, answer.Passkey!, name ?? "");
            }
        );

    public Task<IActionResult> OnPostRenameAsync(string? id, string? name) =>
        ActAsync(
            async () =>
            {
                await passkeys.RenameAsync(_account, Read(id), name ?? "");
                return Done.Say("The passkey has its new name.");
            },
            HttpContext.RequestAborted
        );

    public Task<IActionResult> OnPostRemoveAsync(string? id) =>
        ProveAndChangeAsync(
            "The passkey is removed. Your device may still offer it; the site no longer takes it.",
            () => passkeys.RemoveAsync(_account, Read(id))
        );

    private Task<IActionResult> ProveAndChangeAsync(string said, Func<Task> change) =>
        ActAsync(
            async () =>
            {
                if (!await this.IsProvenAsync(proof, _account, Password, nameof(Password)))
                {
                    return Done.With(this.Invalid());
                }

                await change();
                return Done.Say(said);
            },
            HttpContext.RequestAborted
        );

    // Not the address, which changes while passkeys stay.
    private string Number => _account.Id.ToString(CultureInfo.InvariantCulture);

    private static byte[] Read(string? id) => Base64Url.IsValid(id) ? Base64Url.DecodeFromChars(id) : [];
}
