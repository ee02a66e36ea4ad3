using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LpcSite.Tests.Exports.Schedule;

/// <summary>
/// What the published schemas of schedule.xml (<c>https://c3voc.de/schedule/schema.xsd</c>) and schedule.json
/// (<c>https://c3voc.de/schedule/schema.json</c>) allow and require, as tables of our own: everything that a table does
/// not name is forbidden.
/// </summary>
internal static class ScheduleSchema
{
    private const string Any = "^";
    private const string Web = "^https?://[!-~]+$";
    private const string Day = @"^\d{4}-\d\d-\d\d$";
    private const string Moment = @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$";
    private const string Id = "^[1-9][0-9]{0,9}$";
    private const string Uuid = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";

    // Elements by their parent and name; in the order in which they stand where that is fixed. A star may be left out,
    // a plus repeated.
    private static readonly Dictionary<string, string> Children = new()
    {
        ["schedule"] = "generator* url* version conference day+",
        ["schedule/generator"] = "",
        ["schedule/conference"] =
            "title acronym start* end* days* timeslot_duration* base_url* logo* url* time_zone_name* color* track*+",
        ["schedule/day"] = "room*+",
        ["day/room"] = "event*+",
        ["room/event"] =
            "room title subtitle* type date start duration abstract slug* track logo* persons* language* "
            + "description* recording* links* attachments* url* feedback_url* origin_url*",
        ["event/persons"] = "person*+",
        ["event/links"] = "link*+",
        ["event/attachments"] = "attachment*+",
        ["event/recording"] = "license optout url* link*",
        ["conference/track"] = "",
    };

    private static readonly Dictionary<string, string> Texts = new()
    {
        ["schedule/url"] = Web,
        ["schedule/version"] = Any,
        ["conference/title"] = Any,
        ["conference/acronym"] = "^[a-z0-9_-]{4,}$",
        ["conference/start"] = Day,
        ["conference/end"] = Day,
        ["conference/days"] = Id,
        ["conference/timeslot_duration"] = @"^\d{1,2}:\d\d$",
        ["conference/base_url"] = Web,
        ["conference/url"] = Web,
        ["conference/time_zone_name"] = Any,
        ["event/room"] = Any,
        ["event/title"] = Any,
        ["event/subtitle"] = Any,
        ["event/type"] = Any,
        ["event/date"] = Moment,
        ["event/start"] = "^[0-2][0-9]:[0-5][0-9]$",
        ["event/duration"] = @"^\d{1,2}:\d\d$",
        ["event/abstract"] = Any,
        ["event/description"] = Any,
        ["recording/license"] = Any,
        ["recording/optout"] = "^(true|false)$",
        ["recording/link"] = Web,
        ["attachments/attachment"] = Any,
        ["event/slug"] = @"^[a-z0-9_]{4,}-[a-z0-9\-_]{4,}$",
        ["event/track"] = Any,
        ["event/language"] = Any,
        ["event/url"] = Web,
        ["persons/person"] = Any,
        ["links/link"] = Any,
    };

    private static readonly Dictionary<string, (string Name, string Pattern, bool IsRequired)[]> Attributes = new()
    {
        ["schedule/generator"] = [("name", Any, false), ("version", Any, false)],
        ["conference/track"] =
        [
            ("name", Any, true),
            ("slug", "^[a-z][a-z0-9-]+$", false),
            ("color", "^#[0-9a-fA-F]{6}$", false),
        ],
        ["schedule/day"] = [("date", Day, false), ("start", Moment, true), ("end", Moment, true), ("index", Id, true)],
        ["day/room"] = [("name", Any, true), ("guid", Uuid, false)],
        ["room/event"] = [("id", Id, true), ("guid", Uuid, true), ("code", "^[0-9A-Z]{6}$", false)],
        ["persons/person"] = [("id", @"^\d+$", false), ("guid", Uuid, false)],
        ["attachments/attachment"] = [("href", Any, false), ("type", Any, false)],
        ["links/link"] = [("href", Any, false), ("type", Any, false), ("service", Any, false)],
    };

    // A question mark after a key lets it be left out, one after its kind lets it be null.
    private static readonly Dictionary<string, Dictionary<string, string>> Objects = new()
    {
        ["root"] = Keys("schedule=schedule $schema?=text generator?=generator"),
        ["generator"] = Keys("name?=text version?=text url?=web"),
        ["schedule"] = Keys("version=text base_url?=web url?=web conference=conference"),
        ["conference"] = Keys(
            "title=text acronym=acronym days=days daysCount=whole start=day end=day timeslot_duration=text "
                + "time_zone_name?=zone url?=web rooms?=rooms tracks?=any meta?=any description?=text"
        ),
        ["day-of"] = Keys("index=whole date=day day_start=moment day_end=moment rooms=by-room"),
        ["room"] = Keys("name=text guid=uuid slug?=slug description?=text? capacity?=number? url?=web"),
        ["event"] = Keys(
            "id=id guid=uuid code?=code date=moment start=clock duration=clock room=text slug=slug url=web "
                + "title=text subtitle=text? track=text? type=text language=text? abstract=text? persons=persons "
                + "links=links description?=text? feedback_url?=web origin_url?=web attachments?=links "
                + "logo?=any do_not_record?=any recording_license?=text end?=moment"
        ),
        ["person"] = Keys(
            "name=text id?=whole code?=code guid?=uuid url?=web links?=links avatar?=web? biography?=text?"
        ),
        ["link"] = Keys("url=web title?=text type?=link-type"),
    };

    private static readonly Dictionary<string, string> Lists = new()
    {
        ["days"] = "day-of",
        ["rooms"] = "room",
        ["persons"] = "person",
        ["links"] = "link",
    };

    private static readonly Dictionary<string, string> Patterns = new()
    {
        ["text"] = Any,
        ["web"] = Web,
        ["day"] = Day,
        ["moment"] = Moment,
        ["uuid"] = Uuid,
        ["acronym"] = "^[a-z0-9_-][a-z0-9_]{3,}(-2[0-9]{3}-[a-z]+)?$",
        ["zone"] = "^([A-Z][a-z]+/[A-Z][a-z]+)|UTC$",
        ["clock"] = "^([01][0-9]|2[0-3]):[0-5][0-9]$",
        ["slug"] = "^[a-z0-9_-]+[a-z0-9]$",
        ["code"] = "^[A-Z0-9]+$",
        ["link-type"] = "^(slides|paper|web|blog|article|media|related|activitypub)$",
    };

    public static List<string> ViolationsOfXml(string text)
    {
        var root = XDocument.Parse(text).Root!;
        return
        [
            .. Wrong(root, root.Name.LocalName),
            .. Twice(root.Descendants("event").Select(e => e.Attribute("id")?.Value)),
            .. Twice(root.Descendants("event").Select(e => e.Attribute("guid")?.Value)),
            .. Twice(root.Descendants("slug").Select(e => (string?)e.Value)),
            .. Twice(root.Elements("day").Select(e => e.Attribute("index")?.Value)),
        ];
    }

    public static List<string> ViolationsOfJson(string text) => [.. Wrong(JsonNode.Parse(text), "root", "$")];

    private static IEnumerable<string> Wrong(XElement element, string name)
    {
        var attributes = Attributes.GetValueOrDefault(name, []);
        var wrong = element
            .Attributes()
            .Where(a => !attributes.Any(known => known.Name == a.Name && Is(a.Value, known.Pattern)))
            .Select(a => $"{name} has {a}")
            .Concat(
                attributes
                    .Where(a => a.IsRequired && element.Attribute(a.Name) is null)
                    .Select(a => $"{name} lacks {a.Name}")
            );
        if (Texts.TryGetValue(name, out var pattern))
        {
            return element.HasElements || !Is(element.Value, pattern)
                ? wrong.Append($"{name} is {element.Value}")
                : wrong;
        }

        if (!Children.TryGetValue(name, out var children))
        {
            return wrong.Append($"{name} is not known");
        }

        var kinds = children.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = element.Elements().Select(e => e.Name.LocalName).ToList();
        return wrong
            .Concat(
                found
                    .Where(child => !kinds.Any(kind => kind.TrimEnd('*', '+') == child))
                    .Select(child => $"{name} has {child}")
            )
            .Concat(
                kinds
                    .Where(kind =>
                        !kind.EndsWith('+')
                        && found.Count(child => child == kind.TrimEnd('*')) is var count
                        && (count > 1 || count == 0 && !kind.EndsWith('*'))
                    )
                    .Select(kind => $"{name} has none or several of {kind}")
            )
            .Concat(
                name == "schedule"
                && !found.SequenceEqual(
                    found.OrderBy(child => Array.FindIndex(kinds, kind => kind.TrimEnd('*', '+') == child))
                )
                    ? ["The order of the whole"]
                    : []
            )
            .Concat(
                element.Elements().SelectMany(child => Wrong(child, $"{element.Name.LocalName}/{child.Name.LocalName}"))
            );
    }

    private static IEnumerable<string> Wrong(JsonNode? node, string kind, string path)
    {
        if (node is null)
        {
            return kind.EndsWith('?') || kind == "any" ? [] : [$"{path} is null"];
        }

        kind = kind.TrimEnd('?');
        return (kind, node.GetValueKind()) switch
        {
            ("any", _) => [],
            ("whole" or "id", JsonValueKind.Number) => Is(node.ToJsonString(), kind == "id" ? Id : @"^\d+$")
                ? []
                : [$"{path} is {node}"],
            ("number", JsonValueKind.Number) => [],
            ("by-room", JsonValueKind.Object) => node.AsObject()
                .SelectMany(room =>
                    room.Value!.AsArray().SelectMany((e, i) => Wrong(e, "event", $"{path}.{room.Key}[{i}]"))
                ),
            (_, JsonValueKind.Array) when Lists.TryGetValue(kind, out var one) => node.AsArray()
                .SelectMany((each, i) => Wrong(each, one, $"{path}[{i}]")),
            (_, JsonValueKind.Object) when Objects.TryGetValue(kind, out var keys) => Wrong(
                node.AsObject(),
                keys,
                path
            ),
            (_, JsonValueKind.String) when Patterns.TryGetValue(kind, out var pattern) => Is((string)node!, pattern)
                ? []
                : [$"{path} is {node}"],
            _ => [$"{path} is no {kind}"],
        };
    }

    private static IEnumerable<string> Wrong(JsonObject node, Dictionary<string, string> keys, string path) =>
        node.SelectMany(pair =>
                keys.TryGetValue(pair.Key, out var kind) || keys.TryGetValue($"{pair.Key}?", out kind)
                    ? Wrong(pair.Value, kind, $"{path}.{pair.Key}")
                    : [$"{path} has {pair.Key}"]
            )
            .Concat(
                keys.Keys.Where(key => !key.EndsWith('?') && !node.ContainsKey(key))
                    .Select(key => $"{path} lacks {key}")
            );

    private static IEnumerable<string> Twice(IEnumerable<string?> values) =>
        values.GroupBy(v => v).Where(same => same.Count() > 1).Select(same => $"{same.Key} is there twice");

    private static Dictionary<string, string> Keys(string text) =>
        text.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

    private static bool Is(string text, string pattern) =>
        Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
}
