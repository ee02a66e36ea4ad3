using LpcSite.Accounts.SecondFactors;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LpcSite.Pages.Account;

/// <summary>How the pages of an account ask whether it is its owner who sits there.</summary>
internal static class OwnerProofPages
{
    /// <summary>
    /// Otherwise the page says what is missing, beside the field where the password is typed, or at the top where there
    /// is none.
    /// </summary>
    /// <param name="field">The name of the field.</param>
    public static Task<bool> IsProvenAsync(
        this PageModel page,
        OwnerProof proof,
        Accounts.Account account,
        string? password,
        string field
    ) =>
        page.ModelState.AcceptsAsync(
            account.PasswordHash is null ? "" : field,
            () => proof.RequireAsync(account, password, page.HttpContext.RequestAborted)
        );
}
