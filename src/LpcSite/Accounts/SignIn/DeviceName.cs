namespace LpcSite.Accounts.SignIn;

/// <summary>
/// A name by which somebody knows one of their devices, made of what its browser says about itself (RFC 9110, section
/// 10.1.5). Only names of this list come out: what a stranger puts into the header stands on no page.
/// </summary>
internal static class DeviceName
{
    // In this order: many browsers name those that they are made to look like.
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("HeadlessChrome", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("w3m", "w3m"),
        ("Lynx", "Lynx"),
        ("ELinks", "ELinks"),
        ("Links", "Links"),
        ("curl/", "curl"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Macintosh", "Mac"),
        ("Linux", "Linux"),
        ("BSD", "BSD"),
    ];

    public static string Of(string? userAgent)
    {
        var browser = Find(Browsers, userAgent);
        var system = Find(Systems, userAgent);
        return (browser, system) switch
        {
            (null, null) => "Unknown device",
            (null, _) => system,
            (_, null) => browser,
            _ => $"{browser} on {system}",
        };
    }

    private static string? Find((string Sign, string Name)[] names, string? userAgent) =>
        Array.Find(names, n => userAgent?.Contains(n.Sign, StringComparison.Ordinal) is true).Name;
}
