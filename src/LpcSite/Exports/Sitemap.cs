using System.Xml.Linq;
using LpcSite.Conferences;
using NodaTime;

namespace LpcSite.Exports;

/// <summary>Every public address for search engines, by the sitemaps.org protocol 0.9.</summary>
public static class Sitemap
{
    /// <summary>More addresses than this belong into several files, by the protocol.</summary>
    public const int Most = 50_000;

    private static readonly XNamespace Schema = "http://www.sitemaps.org/schemas/sitemap/0.9";

    public static string Write(IEnumerable<(string Path, Instant? ChangedAt)> pages, string origin)
    {
        var set = new XElement(
            Schema + "urlset",
            pages
                .Take(Most)
                .Select(page => new XElement(
                    Schema + "url",
                    new XElement(Schema + "loc", origin + page.Path),
                    page.ChangedAt is null
                        ? null
                        : new XElement(Schema + "lastmod", Dates.Machine(page.ChangedAt.Value))
                ))
        );
        return CleanText.Xml(set);
    }
}
