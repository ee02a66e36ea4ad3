using LpcSite.Conferences;
using LpcSite.Conferences.Pages;
using LpcSite.Microconferences;
using LpcSite.Rules;
using LpcSite.Sponsors;

namespace LpcSite.Imports.Folder;

/// <summary>
/// Reads a conference from its folder, without a database. It drops and mends nothing, and reports everything that is
/// wrong at once: the person with the editor should not have to come back for the next problem.
/// </summary>
public sealed class ConferenceFolderReader
{
    private static readonly string[] ConferenceKeys =
    [
        "slug",
        "name",
        "short_name",
        "starts_on",
        "ends_on",
        "time_zone",
        "city",
        "microconferences",
        "sponsor_tiers",
        "rooms",
        "half_days",
        "walking_minutes",
        "slots",
        "call_for_microconferences",
        "pages",
    ];

    private static readonly string[] TierKeys = ["title", "logos", "sponsors"];
    private static readonly string[] SponsorKeys = ["name", "url", "logo"];
    private static readonly string[] PageKeys = ["title", "draft"];

    internal static readonly string[] CallKeys = ["opens", "closes", "zone", "uid"];

    private readonly string _folder;
    private readonly List<FolderProblem> _problems = [];
    private readonly Dictionary<PersonName, FolderPlace> _names = [];
    private readonly Dictionary<string, FolderPlace> _merges = new(StringComparer.Ordinal);

    private readonly FolderUids _uids = new();
    private readonly FolderPlaces _places = new();

    private ConferenceFolderReader(string folder) => _folder = folder;

    /// <summary>Reads the folder at that path; reading is all it does.</summary>
    public static FolderReading Read(string folder)
    {
        var reader = new ConferenceFolderReader(folder);
        var conference = reader.ReadConference();
        return new FolderReading(
            reader._problems.Count == 0 ? conference : null,
            FolderProblem.Sort(reader._problems),
            reader._names,
            reader._merges
        )
        {
            Places = reader._places,
        };
    }

    /// <summary>What a folder says it holds, whatever else may be wrong with it.</summary>
    /// <returns>Null when its <c>conference.yaml</c> cannot be read at all.</returns>
    public static (string Conference, IReadOnlyList<string> Microconferences, IReadOnlyList<string> Pages)? List(
        string folder
    )
    {
        var file = new FolderFile(ConferenceFolder.FileName, []);
        return
            file.Decode(File.ReadAllBytes(Path.Combine(folder, ConferenceFolder.FileName))) is { } text
            && file.Parse(text, 0, ConferenceKeys) is { } map
            && map.RequiredAsWritten("slug") is { Length: <= Slug.MaxLength } slug
            ? (
                slug,
                [.. ReadList(map, file).Select(listed => listed.Slug)],
                [.. map.TextsAsWritten("pages").Select(page => page.Text).Where(Slug.IsValid)]
            )
            : null;
    }

    /// <summary>Where a key stands of which the database may refuse what it says.</summary>
    internal void Note(string file, YamlMap map, string key) => _places.Note(file, key, map.LineOf(key));

    internal void Mention(PersonName name, string file, int line) => _names.TryAdd(name, new FolderPlace(file, line));

    private ConferenceFolder? ReadConference()
    {
        var file = new FolderFile(ConferenceFolder.FileName, _problems);
        var path = Path.Combine(_folder, ConferenceFolder.FileName);
        if (!File.Exists(path))
        {
            file.Problem(
                1,
                Directory.Exists(_folder)
                    ? "This file is missing: a conference begins with it."
                    : $"The folder '{_folder}' does not exist."
            );
            return null;
        }

        if (file.Decode(File.ReadAllBytes(path)) is not { } text || file.Parse(text, 0, ConferenceKeys) is not { } map)
        {
            return null;
        }

        var slug = ReadSlug(map);
        _uids.Conference = slug;
        Note(ConferenceFolder.FileName, map, "slug");
        Note(ConferenceFolder.FileName, map, "rooms");
        Note(ConferenceFolder.FileName, map, "slots");
        var (startsOn, endsOn) = (map.Date("starts_on"), map.Date("ends_on"));
        if (startsOn is { } first && endsOn is { } last && Conference.ProblemOf(first, last) is { } wrong)
        {
            map.Problem(Dates.IsInReach(first) ? "ends_on" : "starts_on", wrong);
        }

        var zone = map.Zone("time_zone");
        var (name, shortName) = (
            map.Required("name", Conference.NameMaxLength),
            map.Required("short_name", Conference.NameMaxLength)
        );
        var city = map.Required("city", Conference.CityMaxLength);
        var rooms = map.Has("rooms") ? ConferenceGridReader.ReadRooms(map) : null;
        var halfDays = map.Has("half_days") ? ConferenceGridReader.ReadHalfDays(map) : null;
        var walking = map.Number("walking_minutes", 0, Conference.MaxWalkingMinutes);
        var tiers = map.Has("sponsor_tiers") ? ReadTiers(map, file) : null;
        var listed = ReadList(map, file);
        var slots = map.Has("slots")
            ? ConferenceGridReader.ReadSlots(
                map,
                (startsOn, endsOn, zone),
                rooms,
                [.. listed.Select(l => l.Slug)],
                ReadUid
            )
            : null;
        _places.Slots = [.. (slots ?? []).Select(slot => slot.Line)];
        var call = ReadCall(map.Map("call_for_microconferences", CallKeys));
        var microconferences = ReadMicroconferences(listed);
        if (slots is not null)
        {
            RefuseSessionsThatDoNotFit(microconferences, [.. slots.Select(slot => slot.Slot)]);
        }

        var pages = map.Has("pages") ? ReadPages(map, file) : null;
        return
            slug is null
            || name is null
            || shortName is null
            || startsOn is null
            || endsOn is null
            || zone is null
            || city is null
            ? null
            : new ConferenceFolder(
                slug,
                name,
                shortName,
                startsOn.Value,
                endsOn.Value,
                zone,
                city,
                tiers,
                rooms,
                slots?.ConvertAll(slot => slot.Slot),
                call,
                microconferences,
                pages
            )
            {
                HalfDays = halfDays,
                WalkingMinutes = walking,
            };
    }

    private static string? ReadSlug(YamlMap map)
    {
        var slug = map.RequiredAsWritten("slug");
        if (slug is not null && !Slug.IsValid(slug))
        {
            map.Problem("slug", MicroconferenceFile.NotASlug(slug));
        }
        else if (slug is not null && Conference.IsTaken(slug))
        {
            map.Problem("slug", $"The site itself uses the address /{slug}; choose another slug.");
        }

        return slug;
    }

    /// <summary>What a thing is called in calendars.</summary>
    /// <param name="kind">Of what it is read, such as <c>mc</c>.</param>
    internal string? ReadUid(YamlMap map, string kind) => _uids.Read(map, kind);

    internal ConferenceFolder.Call? ReadCall(YamlMap? map)
    {
        if (map is null)
        {
            return null;
        }

        var zone = map.Zone("zone");
        var (opens, closes) = (map.Time("opens", zone), map.Time("closes", zone));
        if (zone is not null && opens >= closes)
        {
            map.Problem("closes", Calls.Call.OrderSentence);
        }

        var uid = ReadUid(map, "call");
        return zone is not null && opens is { } from && closes is { } to
            ? new ConferenceFolder.Call(from, to, zone) { Uid = uid }
            : null;
    }

    private List<ConferenceFolder.Tier> ReadTiers(YamlMap conference, FolderFile file)
    {
        var known = new Dictionary<string, ConferenceFolder.Sponsor>(StringComparer.Ordinal);
        var tiers = new List<ConferenceFolder.Tier>();
        foreach (var map in conference.Maps("sponsor_tiers", TierKeys))
        {
            var sponsors = map.Maps("sponsors", SponsorKeys)
                .Select(sponsor => ReadSponsor(sponsor, known))
                .OfType<ConferenceFolder.Sponsor>()
                .ToList();
            foreach (var twice in sponsors.GroupBy(s => s.Name, StringComparer.Ordinal).Where(same => same.Count() > 1))
            {
                map.Problem("sponsors", $"The sponsor '{twice.Key}' stands twice in this tier.");
            }

            var logos = map.Number("logos", 0, SponsorTier.MaxPlaces) ?? sponsors.Count;
            if (map.Required("title", SponsorTier.TitleMaxLength) is { } title)
            {
                if (tiers.Exists(tier => tier.Title == title))
                {
                    map.Problem("title", $"The tier '{title}' is listed twice.");
                }

                tiers.Add(new ConferenceFolder.Tier(title, logos, sponsors));
            }
        }

        conference.AtMost("sponsor_tiers", tiers.Count, Conference.MaxTiers);
        conference.AtMost("sponsor_tiers", known.Count, Conference.MaxSponsors);

        // One sponsor in two tiers is one sponsor: what one mention of it leaves out, another one says.
        return
        [
            .. tiers.Select(tier => tier with { Sponsors = [.. tier.Sponsors.Select(sponsor => known[sponsor.Name])] }),
        ];
    }

    private ConferenceFolder.Sponsor? ReadSponsor(YamlMap map, Dictionary<string, ConferenceFolder.Sponsor> known)
    {
        var url = map.Optional("url", Sponsor.UrlMaxLength);
        if (url is not null && !Sponsor.IsLink(url))
        {
            map.Problem("url", "A sponsor's link is an absolute address that starts with https://.");
        }

        var logo = map.Optional("logo", int.MaxValue) is { } path ? ReadLogo(map, path) : null;
        if (map.Required("name", Sponsor.NameMaxLength) is not { } name)
        {
            return null;
        }

        if (!known.TryGetValue(name, out var before))
        {
            return known[name] = new ConferenceFolder.Sponsor(name, url, logo);
        }

        if (
            (url is not null && before.Url is not null && url != before.Url)
            || (logo is not null && before.Logo is not null && logo.Hash != before.Logo.Hash)
        )
        {
            map.Problem("name", $"The sponsor '{name}' has another link or logo in another tier.");
        }

        return known[name] = new ConferenceFolder.Sponsor(name, url ?? before.Url, logo ?? before.Logo);
    }

    private SponsorLogo? ReadLogo(YamlMap map, string path)
    {
        if (Path.IsPathRooted(path) || path.Split('/', '\\').Contains(".."))
        {
            map.Problem("logo", $"The logo '{path}' should lie inside the folder.");
            return null;
        }

        var file = Path.Combine(_folder, path);
        if (!File.Exists(file))
        {
            map.Problem("logo", $"There is no file '{path}'.");
            return null;
        }

        try
        {
            return SponsorLogo.Read(File.ReadAllBytes(file));
        }
        catch (RuleException refused)
        {
            map.Problem("logo", refused.Message);
            return null;
        }
    }

    private static List<(string Slug, int Line)> ReadList(YamlMap map, FolderFile file)
    {
        var listed = new List<(string Slug, int Line)>();
        if (!map.Has("microconferences"))
        {
            file.Problem(map.LineOf("microconferences"), "The key 'microconferences' is missing.");
        }

        map.AtMost("microconferences", map.TextsAsWritten("microconferences").Count, Conference.MaxMicroconferences);
        foreach (var (slug, line) in map.TextsAsWritten("microconferences"))
        {
            if (!Slug.IsValid(slug))
            {
                file.Problem(line, MicroconferenceFile.NotASlug(slug));
            }
            else if (Microconference.ReservedSlugs.Contains(slug))
            {
                file.Problem(line, Microconference.ReservedSentence(slug));
            }
            else if (listed.Exists(other => other.Slug == slug))
            {
                file.Problem(line, $"The microconference '{slug}' is listed twice.");
            }
            else
            {
                listed.Add((slug, line));
            }
        }

        return listed;
    }

    private List<ConferenceFolder.Page> ReadPages(YamlMap conference, FolderFile file)
    {
        var pages = new List<ConferenceFolder.Page>();
        foreach (var (slug, line) in conference.TextsAsWritten("pages"))
        {
            var path = Path.Combine(_folder, ConferenceFolder.PagesFolder, $"{slug}.md");
            if (!Slug.IsValid(slug))
            {
                file.Problem(line, MicroconferenceFile.NotASlug(slug));
            }
            else if (slug != ConferencePage.FrontSlug && ConferencePage.IsTaken(slug))
            {
                file.Problem(line, $"The site itself uses the address '{slug}'; choose another one for this page.");
            }
            else if (pages.Exists(other => other.Slug == slug))
            {
                file.Problem(line, $"The page '{slug}' is listed twice.");
            }
            else if (!File.Exists(path))
            {
                file.Problem(line, $"The file '{ConferenceFolder.PagesFolder}/{slug}.md' is missing.");
            }
            else if (
                ReadPage(
                    slug,
                    new FolderFile($"{ConferenceFolder.PagesFolder}/{slug}.md", _problems),
                    File.ReadAllBytes(path)
                ) is
                { } page
            )
            {
                pages.Add(page);
            }
        }

        conference.AtMost("pages", pages.Count(page => page.Slug != ConferencePage.FrontSlug), ConferencePage.MaxPages);
        return pages;
    }

    private static ConferenceFolder.Page? ReadPage(string slug, FolderFile file, byte[] bytes)
    {
        if (
            file.Decode(bytes) is not { } text
            || file.Split(text) is not var (yaml, body, line)
            || file.Parse(yaml, 1, PageKeys) is not { } map
        )
        {
            return null;
        }

        var source = file.Body(body, line);
        var (title, isDraft) = (map.Required("title", ConferencePage.TitleMaxLength), map.Flag("draft"));
        return title is null ? null : new ConferenceFolder.Page(slug, title, !isDraft, source);
    }

    private void RefuseSessionsThatDoNotFit(
        List<ConferenceFolder.Microconference> microconferences,
        List<ConferenceFolder.Slot> slots
    )
    {
        foreach (var microconference in microconferences.Where(m => m.Session is not null))
        {
            var minutes = slots
                .Where(s => s.Microconference == microconference.Slug)
                .OrderBy(s => s.Starts)
                .Select(s => (int)(s.Ends - s.Starts).TotalMinutes)
                .ToList();
            if (ConferenceGridReader.ProblemOf(microconference.Session!, minutes) is { } problem)
            {
                _problems.Add(_places.Problem(microconference.FileName, "session", problem));
            }
        }
    }

    private List<ConferenceFolder.Microconference> ReadMicroconferences(List<(string Slug, int Line)> listed)
    {
        var microconferences = new List<ConferenceFolder.Microconference>();
        foreach (var (slug, line) in listed)
        {
            var path = Path.Combine(_folder, $"{slug}.md");
            if (!File.Exists(path))
            {
                _problems.Add(new FolderProblem(ConferenceFolder.FileName, line, $"The file '{slug}.md' is missing."));
            }
            else if (
                new MicroconferenceFile(slug, this, new FolderFile($"{slug}.md", _problems), _merges).Read(
                    File.ReadAllBytes(path)
                ) is
                { } microconference
            )
            {
                microconferences.Add(microconference);
            }
        }

        foreach (
            var stray in Directory
                .EnumerateFiles(_folder, "*.md")
                .Select(Path.GetFileNameWithoutExtension)
                .OfType<string>()
        )
        {
            // A README may lie beside the files it explains.
            if (
                !stray.Equals("README", StringComparison.OrdinalIgnoreCase)
                && !listed.Exists(other => other.Slug == stray)
            )
            {
                _problems.Add(
                    new FolderProblem(
                        $"{stray}.md",
                        1,
                        "This file is not listed under 'microconferences' in conference.yaml."
                    )
                );
            }
        }

        RefuseCircles(microconferences);
        return microconferences;
    }

    // The page of a merged microconference leads on to another one; it must arrive.
    private void RefuseCircles(List<ConferenceFolder.Microconference> microconferences)
    {
        var into = microconferences
            .Where(m => m.MergedInto is not null)
            .ToDictionary(m => m.Slug, m => m.MergedInto!, StringComparer.Ordinal);
        foreach (var slug in into.Keys)
        {
            var at = into[slug];
            for (var hops = 0; hops < into.Count && at != slug && into.TryGetValue(at, out var next); hops++)
            {
                at = next;
            }

            if (at == slug && _merges.TryGetValue(slug, out var place))
            {
                _problems.Add(
                    new FolderProblem(
                        place.File,
                        place.Line,
                        "A microconference cannot be merged into itself, not even by way of others."
                    )
                );
            }
        }
    }
}
