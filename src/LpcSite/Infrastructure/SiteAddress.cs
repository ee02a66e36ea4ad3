namespace LpcSite.Infrastructure;

/// <summary>The site's own address, for what must be absolute: canonical links, feeds, the sitemap.</summary>
public static class SiteAddress
{
    /// <returns>Scheme and host without a slash at the end: <c>Site:Url</c> where it is configured, else what this request asked for.</returns>
    public static string Origin(this HttpContext context) =>
        context.RequestServices.GetRequiredService<IConfiguration>()["Site:Url"] is { Length: > 0 } configured
            ? configured.TrimEnd('/')
            : $"{context.Request.Scheme}://{context.Request.Host}";
}
