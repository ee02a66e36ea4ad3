using LpcSite.Conferences;
using LpcSite.Scheduling.Releases;

namespace LpcSite.Exports.Calendars;

/// <summary>
/// How things of one conference are called in calendars and guids for ever (RFC 5545, section 3.8.4.7): by the number
/// that they have here, the conference, and behind the <c>@</c> the installation that made the number, since others
/// count from 1 as well.
/// <para>What was published before installations had an id keeps <see cref="Conferences.Conference.SharedUidDomain"/>,
/// and what was imported keeps the name that it has in the calendars of those who read it where it came from.</para>
/// </summary>
/// <param name="Conference">Its slug, which never changes.</param>
/// <param name="Domain">The id of the installation (a UUID), or what all had before.</param>
/// <param name="Imported">Names given elsewhere, by what things are called here.</param>
public sealed record UidScheme(string Conference, string Domain, IReadOnlyDictionary<string, string> Imported)
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>For what is never imported, such as news.</summary>
    public static UidScheme Of(ConferenceFrame conference) => new(conference.Slug, conference.UidDomain, None);

    public static UidScheme Of(ScheduleDocument document) =>
        new(
            document.Conference.Slug,
            document.Conference.UidDomain ?? Conferences.Conference.SharedUidDomain,
            document.Conference.ImportedUids ?? None
        );

    /// <param name="uid">What it is called here, such as <c>mc-7</c> or <c>topic-12</c>.</param>
    /// <returns>Such as <c>mc-7.2022@6f9619ff-8b86-4d01-b42d-00cf4fc964ff</c>.</returns>
    public string Of(string uid) =>
        NameOf(uid) is var (local, conference, domain) ? $"{local}.{conference}@{domain}" : Own(uid);

    /// <summary>The same as a guid, for formats that want one.</summary>
    public Guid Global(string uid)
    {
        var (local, conference, domain) = NameOf(uid) ?? (uid, Conference, Domain);
        return Guid.TryParse(domain, out var installation)
            ? StableId.Global(installation, conference, local)
            : StableId.Global(conference, local);
    }

    /// <summary>What it is called where nothing was imported.</summary>
    public string Own(string uid) => $"{uid}.{Conference}@{Domain}";

    /// <returns>The three parts of a name; null if it is none.</returns>
    public static (string Uid, string Conference, string Domain)? Parse(string name)
    {
        var (dot, at) = (name.IndexOf('.', StringComparison.Ordinal), name.LastIndexOf('@'));
        return
            dot > 0
            && at > dot + 1
            && at < name.Length - 1
            && Conferences.Slug.IsValid(name[..dot])
            && Conferences.Slug.IsValid(name[(dot + 1)..at])
            && (name[(at + 1)..] == Conferences.Conference.SharedUidDomain || IsInstallation(name[(at + 1)..]))
            ? (name[..dot], name[(dot + 1)..at], name[(at + 1)..])
            : null;
    }

    // In one spelling, so that one name is one text.
    private static bool IsInstallation(string domain) =>
        Guid.TryParseExact(domain, "D", out var id) && id.ToString() == domain;

    // A part of a microconference is called after the whole: mc-7-2 after mc-7.
    private (string Uid, string Conference, string Domain)? NameOf(string uid)
    {
        if (Imported.TryGetValue(uid, out var name))
        {
            return Parse(name);
        }

        return
            uid.Split('-') is ["mc", var number, var part]
            && Imported.TryGetValue($"mc-{number}", out var whole)
            && Parse(whole) is var (of, conference, domain)
            ? ($"{of}-{part}", conference, domain)
            : null;
    }
}
