using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace LpcSite.Web.Security;

/// <summary>
/// Where somebody was going when they were asked who they are: carried as <c>to</c> through every page and letter of
/// the way there.
/// </summary>
public static class ReturnAddress
{
    public const string Key = "to";

    /// <returns>The place on this site where they were going; for none, or one elsewhere, their own page.</returns>
    public static string ReturnTo(this IUrlHelper url, string? to) => url.IsLocalUrl(to) ? to! : "/my";

    /// <returns>The path, and with it where they were going.</returns>
    public static string Keep(this IUrlHelper url, string path, string? to) =>
        url.IsLocalUrl(to) ? QueryHelpers.AddQueryString(path, Key, to!) : path;
}
