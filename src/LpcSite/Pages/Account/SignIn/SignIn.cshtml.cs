using System.ComponentModel.DataAnnotations;
using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Account.SignIn;

/// <summary>Signs in with address and password.</summary>
public class SignInModel(SignInManager<Accounts.Account> signIn, LpcDbContext db, IWebHostEnvironment environment)
    : PageModel
{
    private const string SignInFailed =
        "That address and password do not belong together. After ten wrong passwords wait ten minutes, or set a new "
        + "one: even the right one is refused meanwhile, except where you have signed in before.";

    [FromQuery(Name = "to")]
    public string? To { get; init; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>Whether the example's accounts are there to be tried: in development, where it was loaded.</summary>
    public bool HasExamples { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        HasExamples =
            environment.IsDevelopment()
            && await db.Users.AnyAsync(a => a.Email == ExampleAccounts.All[0].Mail, HttpContext.RequestAborted);
        await next();
    }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var result = await signIn.PasswordSignInAsync(
            Input.Mail.Trim(),
            Input.Password,
            isPersistent: true,
            lockoutOnFailure: false
        );
        if (result.RequiresTwoFactor)
        {
            return LocalRedirect(
                QueryHelpers.AddQueryString("/account/sign-in/code", "to", Url.IsLocalUrl(To) ? To! : "/my")
            );
        }

        if (!result.Succeeded)
        {
            ModelState.AddModelError("", SignInFailed);
            return this.Invalid();
        }

        return LocalRedirect(Url.IsLocalUrl(To) ? To! : "/my");
    }

    public class InputModel
    {
        [Required(ErrorMessage = "Type your mail address."), MaxLength(Accounts.Account.MailMaxLength)]
        [RegularExpression(Accounts.Account.OneLine, ErrorMessage = "That is not a mail address.")]
        public string Mail { get; set; } = "";

        [
            Required(ErrorMessage = "Type your password."),
            MaxLength(Accounts.Account.PasswordMaxLength, ErrorMessage = "A password has at most {1} characters.")
        ]
        [DataType(DataType.Password)]
        public string Password { get; set; } = "";
    }
}
