using LpcSite.Accounts.SecondFactors;
using LpcSite.Rules;
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
    public static async Task<bool> IsProvenAsync(
        this PageModel page,
        OwnerProof proof,
        Accounts.Account account,
        string? password,
        string field
    )
    {
        try
        {
            await proof.RequireAsync(account, password, page.HttpContext.RequestAborted);
            return true;
        }
        catch (RuleException missing)
        {
            page.ModelState.AddModelError(account.PasswordHash is null ? "" : field, missing.Message);
            return false;
        }
    }
}
