using System.Xml.Linq;
using LpcSite.Conferences;
using LpcSite.Exports.Calendars;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Revisions;
using LpcSite.News;
using LpcSite.Scheduling.Releases;

namespace LpcSite.Exports.Feeds;

/// <summary>New and changed microconferences as a feed (RFC 4287), newest first.</summary>
public static class AtomFeed
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";

    public static string Write(
        ConferenceFrame conference,
        IReadOnlyList<MicroconferenceDocument> microconferences,
        string origin
    )
    {
        var self = $"{origin}{conference.Path}/mc.atom";
        var newestFirst = MicroconferenceList.First(
            microconferences.OrderByDescending(m => m.RevisedAt).ThenBy(m => m.Slug, StringComparer.Ordinal)
        );

        // A feed needs an instant even while it is empty (section 4.1.1); the conference's first day never changes
        // behind a reader's back.
        var updated =
            newestFirst.Count > 0
                ? newestFirst[0].RevisedAt
                : conference.StartsOn.AtStartOfDayInZone(conference.TimeZone).ToInstant();
        var feed = new XElement(
            Atom + "feed",
            Id(conference, "feed-mc", self),
            new XElement(Atom + "title", $"{conference.ShortName}: microconferences"),
            new XElement(Atom + "updated", Dates.Machine(updated)),
            new XElement(Atom + "author", new XElement(Atom + "name", conference.Name)),
            Link("self", self, "application/atom+xml"),
            Link("alternate", $"{origin}{conference.Path}/mc", "text/html"),
            newestFirst.Select(m => Entry(conference, m, origin))
        );
        return CleanText.Xml(feed);
    }

    /// <summary>A conference's news, newest first.</summary>
    public static string Write(ConferenceFrame conference, IReadOnlyList<NewsLine> news, string origin)
    {
        var self = $"{origin}{conference.Path}/news.atom";
        var feed = new XElement(
            Atom + "feed",
            Id(conference, "feed-news", self),
            new XElement(Atom + "title", $"{conference.ShortName}: news"),
            new XElement(
                Atom + "updated",
                Dates.Machine(
                    news.Count > 0
                        ? news.Max(item => item.ChangedAt)
                        : conference.StartsOn.AtStartOfDayInZone(conference.TimeZone).ToInstant()
                )
            ),
            new XElement(Atom + "author", new XElement(Atom + "name", conference.Name)),
            Link("self", self, "application/atom+xml"),
            Link("alternate", $"{origin}{conference.Path}/news", "text/html"),
            news.Select(item => Entry(conference, item, origin))
        );
        return CleanText.Xml(feed);
    }

    /// <summary>How the schedule of a conference changes: an entry for each release, newest first.</summary>
    public static string Write(ConferenceFrame conference, IReadOnlyList<ReleaseLine> releases, string origin)
    {
        var self = $"{origin}{conference.Path}/schedule/changes.atom";
        var feed = new XElement(
            Atom + "feed",
            Id(conference, "feed-changes", self),
            new XElement(Atom + "title", $"{conference.ShortName}: changes of the schedule"),
            new XElement(
                Atom + "updated",
                Dates.Machine(
                    releases.Count > 0
                        ? releases[0].At
                        : conference.StartsOn.AtStartOfDayInZone(conference.TimeZone).ToInstant()
                )
            ),
            new XElement(Atom + "author", new XElement(Atom + "name", conference.Name)),
            Link("self", self, "application/atom+xml"),
            Link("alternate", $"{origin}{conference.Path}/schedule/changes", "text/html"),
            releases.Select(release => Entry(conference, release, origin))
        );
        return CleanText.Xml(feed);
    }

    /// <summary>How the text of one microconference changes: an entry for each revision, newest first.</summary>
    public static string Write(
        ConferenceFrame conference,
        RevisionHistory history,
        IReadOnlyList<RevisionEntry> revisions,
        string origin
    )
    {
        var self = $"{origin}{history.Path}.atom";
        var feed = new XElement(
            Atom + "feed",
            Id(conference, FormattableString.Invariant($"feed-mc-{history.Id}"), self),
            new XElement(Atom + "title", $"{history.Title}: revisions"),
            new XElement(Atom + "updated", Dates.Machine(revisions[0].SavedAt)),
            new XElement(Atom + "author", new XElement(Atom + "name", conference.Name)),
            Link("self", self, "application/atom+xml"),
            Link("alternate", origin + history.Address, "text/html"),
            revisions.Select(revision => Entry(conference, history, revision, origin))
        );
        return CleanText.Xml(feed);
    }

    // A title may be mended later, and the address with it: the number alone never changes.
    private static XElement Entry(ConferenceFrame conference, NewsLine item, string origin) =>
        new(
            Atom + "entry",
            Id(
                conference,
                FormattableString.Invariant($"news-{item.Id}"),
                FormattableString.Invariant($"{origin}{conference.Path}/news/{item.Id}")
            ),
            new XElement(Atom + "title", item.Title),
            new XElement(Atom + "published", Dates.Machine(item.PublishedAt)),
            new XElement(Atom + "updated", Dates.Machine(item.ChangedAt)),
            Link("alternate", $"{origin}{conference.Path}/news/{item.Address}", "text/html"),
            Content(MarkdownText.HtmlFrom(item.Html, $"{origin}{conference.Path}/news/{item.Address}"))
        );

    private static XElement Entry(ConferenceFrame conference, ReleaseLine release, string origin) =>
        new(
            Atom + "entry",
            Id(
                conference,
                FormattableString.Invariant($"release-{release.Number}"),
                FormattableString.Invariant($"{origin}{conference.Path}/schedule/v{release.Number}")
            ),
            new XElement(
                Atom + "title",
                FormattableString.Invariant($"Release {release.Number}{(release.Of is null ? "" : $": {release.Of}")}")
            ),
            new XElement(Atom + "updated", Dates.Machine(release.At)),
            Link(
                "alternate",
                FormattableString.Invariant($"{origin}{conference.Path}/schedule/changes/{release.Number}"),
                "text/html"
            ),
            new XElement(Atom + "content", new XAttribute("type", "xhtml"), new XElement(Xhtml + "div", Said(release)))
        );

    private static IEnumerable<XElement> Said(ReleaseLine release)
    {
        if (release.Comment.Length > 0)
        {
            yield return new XElement(Xhtml + "p", release.Comment);
        }

        if (release.Difference is not { IsEmpty: false } difference)
        {
            yield return new XElement(
                Xhtml + "p",
                release.Difference is null
                    ? "The schedule is public."
                    : "Only details have changed, and no time, room, topic or name."
            );
            yield break;
        }

        yield return new XElement(Xhtml + "p", $"Times are in {difference.Zone}.");
        foreach (var group in difference.Groups)
        {
            yield return new XElement(Xhtml + "h2", group.Title);
            yield return new XElement(
                Xhtml + "ul",
                group.Sentences.Select(sentence => new XElement(Xhtml + "li", sentence))
            );
        }
    }

    private static XElement Entry(
        ConferenceFrame conference,
        RevisionHistory history,
        RevisionEntry revision,
        string origin
    ) =>
        new(
            Atom + "entry",
            Id(
                conference,
                FormattableString.Invariant($"mc-{history.Id}-revision-{revision.Number}"),
                origin + history.AddressOf(revision.Number)
            ),
            new XElement(Atom + "title", $"Revision {revision.Number}: {revision.Summary}"),
            new XElement(Atom + "updated", Dates.Machine(revision.SavedAt)),
            Link("alternate", origin + history.AddressOf(revision.Number), "text/html"),
            revision.By is null ? null : new XElement(Atom + "author", new XElement(Atom + "name", revision.By)),
            new XElement(Atom + "summary", revision.Summary),
            Content(
                revision.Description.HtmlFrom(origin + history.Path) + revision.Results.HtmlFrom(origin + history.Path)
            )
        );

    private static XElement Entry(ConferenceFrame conference, MicroconferenceDocument microconference, string origin) =>
        new(
            Atom + "entry",
            Id(conference, FormattableString.Invariant($"mc-{microconference.Id}"), origin + microconference.Path),
            new XElement(Atom + "title", microconference.Title),
            new XElement(Atom + "updated", Dates.Machine(microconference.RevisedAt)),
            Link("alternate", origin + microconference.Path, "text/html"),
            microconference.Leads.Select(lead => new XElement(
                Atom + "author",
                new XElement(Atom + "name", lead.FullName)
            )),
            new XElement(Atom + "category", new XAttribute("term", microconference.StatusWord.ToLowerInvariant())),
            Content(microconference.Description.HtmlFrom(origin + microconference.Path))
        );

    // An id stays when the site moves to another address (section 4.2.6). Feeds that are older than the ids of
    // installations keep theirs.
    private static XElement Id(ConferenceFrame conference, string uid, string address) =>
        new(
            Atom + "id",
            conference.UidDomain == Conference.SharedUidDomain
                ? address
                : $"urn:uuid:{UidScheme.Of(conference).Global(uid)}"
        );

    // Its links are whole: no reader has to know what they stood on (section 2).
    private static XElement Content(string html) => new(Atom + "content", new XAttribute("type", "html"), html);

    private static XElement Link(string relation, string address, string type) =>
        new(
            Atom + "link",
            new XAttribute("rel", relation),
            new XAttribute("href", address),
            new XAttribute("type", type)
        );
}
