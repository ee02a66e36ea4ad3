namespace LpcSite.Texts;

/// <summary>
/// Bound to no configuration: only tests, whose other sites run on the same machine, choose differently.
/// </summary>
public sealed class LinkCheckOptions
{
    public bool AllowLoopback { get; set; }

    /// <summary>How long a link may take, its redirects included.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(5);
}
