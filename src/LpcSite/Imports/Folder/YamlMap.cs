using System.Globalization;
using LpcSite.Texts;
using NodaTime;
using NodaTime.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LpcSite.Imports.Folder;

/// <summary>
/// The keys and values of one place in a YAML file, asked for by type. What is not as it should be is noted with its
/// line and answered with a default, so that one reading finds every problem.
/// </summary>
internal sealed class YamlMap
{
    private static readonly LocalDateTimePattern[] Times =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss.FFFFFF"),
    ];

    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);
    private readonly FolderFile _file;
    private readonly int _linesBefore;

    public YamlMap(YamlMappingNode node, FolderFile file, int linesBefore, IReadOnlyList<string> keys)
    {
        (_file, _linesBefore, Line) = (file, linesBefore, linesBefore + FolderFile.Line(node.Start));
        foreach (var (key, value) in node.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (keys.Contains(name))
            {
                _values[name] = value;
            }
            else
            {
                var near = keys.Select(known => (known, Distance: Distance(name, known))).MinBy(k => k.Distance);
                file.Problem(
                    LineOf(key),
                    near.Distance <= 2
                        ? $"There is no key '{name}'; did you mean '{near.known}'?"
                        : $"There is no key '{name}'."
                );
            }
        }
    }

    /// <summary>Where it begins.</summary>
    public int Line { get; }

    public int LineOf(string key) => _values.TryGetValue(key, out var value) ? LineOf(value) : Line;

    public void Problem(string key, string sentence) => _file.Problem(LineOf(key), sentence);

    public bool Has(string key) => _values.TryGetValue(key, out var value) && !IsNull(value);

    /// <returns>The text on one line; null when the key is missing or empty, which is noted.</returns>
    public string? Required(string key, int maxLength) => Required(key, Optional(key, maxLength));

    /// <returns>
    /// The text to the last character, as a slug is compared; null when the key is missing or empty, which is noted.
    /// </returns>
    public string? RequiredAsWritten(string key) => Required(key, AsWritten(key));

    private string? Required(string key, string? text)
    {
        if (!_values.TryGetValue(key, out var value))
        {
            _file.Problem(Line, $"The key '{key}' is missing.");
        }
        else if (IsNull(value) || (text is not null && string.IsNullOrWhiteSpace(text)))
        {
            Problem(key, $"The key '{key}' is empty.");
            return null;
        }

        return text;
    }

    /// <summary>On one line.</summary>
    public string? Optional(string key, int maxLength) =>
        Has(key) ? Text(_values[key], $"The key '{key}'", TextIn.Line, maxLength) : null;

    /// <summary>
    /// Notes that a list is longer than the site takes; every list has a bound, so that every page has one.
    /// </summary>
    public void AtMost(string key, int count, int most)
    {
        if (count > most)
        {
            Problem(key, $"The key '{key}' has {count} entries; at most {most} fit.");
        }
    }

    /// <summary>With as many lines as it has, such as Markdown.</summary>
    public string? Lines(string key) =>
        Has(key) ? Text(_values[key], $"The key '{key}'", TextIn.Lines, int.MaxValue) : null;

    /// <summary>To the last character, as a slug, a number or a time is read.</summary>
    public string? AsWritten(string key) =>
        Has(key) ? Text(_values[key], $"The key '{key}'", text => text, int.MaxValue) : null;

    public IReadOnlyList<(string Text, int Line)> TextsAsWritten(string key) => Texts(key, text => text, int.MaxValue);

    public IReadOnlyList<(string Text, int Line)> Texts(string key, int maxLength) =>
        Texts(key, TextIn.Line, maxLength);

    private List<(string Text, int Line)> Texts(string key, Func<string, string> clean, int maxLength)
    {
        var texts = new List<(string, int)>();
        foreach (var item in Items(key))
        {
            if (IsNull(item) || item is YamlScalarNode { Value: { } value } && string.IsNullOrWhiteSpace(clean(value)))
            {
                _file.Problem(LineOf(item), $"An entry of '{key}' is empty.");
            }
            else if (Text(item, $"An entry of '{key}'", clean, maxLength) is { } text)
            {
                texts.Add((text, LineOf(item)));
            }
        }

        return texts;
    }

    public bool IsEmptyList(string key) =>
        _values.TryGetValue(key, out var value) && value is YamlSequenceNode { Children.Count: 0 };

    public IReadOnlyList<YamlMap> Maps(string key, IReadOnlyList<string> keys)
    {
        var maps = new List<YamlMap>();
        foreach (var item in Items(key))
        {
            if (item is YamlMappingNode map)
            {
                maps.Add(new YamlMap(map, _file, _linesBefore, keys));
            }
            else
            {
                _file.Problem(LineOf(item), $"An entry of '{key}' should hold keys: {string.Join(", ", keys)}.");
            }
        }

        return maps;
    }

    public YamlMap? Map(string key, IReadOnlyList<string> keys)
    {
        if (!Has(key))
        {
            return null;
        }

        if (_values[key] is YamlMappingNode map)
        {
            return new YamlMap(map, _file, _linesBefore, keys);
        }

        Problem(key, $"The key '{key}' should hold keys: {string.Join(", ", keys)}.");
        return null;
    }

    public int? Number(string key, int min, int max)
    {
        if (AsWritten(key) is not { } text)
        {
            return null;
        }

        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min
            && number <= max
        )
        {
            return number;
        }

        Problem(
            key,
            max == int.MaxValue
                ? $"The key '{key}' should be a whole number from {min}, not '{text}'."
                : $"The key '{key}' should be a whole number from {min} to {max}, not '{text}'."
        );
        return null;
    }

    public bool Flag(string key)
    {
        var text = AsWritten(key);
        if (text is not (null or "true" or "false"))
        {
            Problem(key, $"The key '{key}' should be true or false, not '{text}'.");
        }

        return text is "true";
    }

    public LocalDate? Date(string key)
    {
        if (RequiredAsWritten(key) is not { } text)
        {
            return null;
        }

        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date })
        {
            return date;
        }

        Problem(key, $"'{text}' is not a date; write it as '2022-09-12'.");
        return null;
    }

    /// <summary>
    /// A local time of that zone, or an instant in UTC where the clock shows a time twice. A time that a clock skips
    /// means the next that it shows.
    /// </summary>
    public Instant? Time(string key, DateTimeZone? zone)
    {
        if (RequiredAsWritten(key) is not { } text)
        {
            return null;
        }

        foreach (var pattern in Times)
        {
            if (pattern.Parse(text) is { Success: true, Value: var time })
            {
                return InReach(key, time.InZoneLeniently(zone ?? DateTimeZone.Utc).ToInstant());
            }
        }

        if (InstantPattern.ExtendedIso.Parse(text) is { Success: true, Value: var instant })
        {
            return InReach(key, instant);
        }

        Problem(key, $"'{text}' is not a time; write it as '2022-09-12 10:00'.");
        return null;
    }

    private Instant? InReach(string key, Instant instant)
    {
        if (Conferences.Dates.IsInReach(instant.InUtc().Date))
        {
            return instant;
        }

        Problem(key, Conferences.Dates.ReachSentence);
        return null;
    }

    /// <summary>A time on the clock, such as <c>10:00</c>.</summary>
    public LocalTime? Clock(string key, bool required)
    {
        if ((required ? RequiredAsWritten(key) : AsWritten(key)) is not { } text)
        {
            return null;
        }

        if (LocalTimePattern.HourMinuteIso.Parse(text) is { Success: true, Value: var time })
        {
            return time;
        }

        Problem(key, $"'{text}' is not a time on the clock; write it as '10:00'.");
        return null;
    }

    public DateTimeZone? Zone(string key)
    {
        if (RequiredAsWritten(key) is not { } text)
        {
            return null;
        }

        var id = text == ConferenceFolder.AnywhereOnEarth ? ConferenceFolder.AnywhereOnEarthZone : text;
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);
        if (zone is null)
        {
            Problem(key, $"The time zone '{text}' is unknown; use a name such as Europe/Dublin, or AoE.");
        }

        return zone;
    }

    /// <summary>A word of a fixed list, as files write the names of an enum: <c>changes_requested</c>.</summary>
    public T? Word<T>(string key, bool required)
        where T : struct, Enum
    {
        if ((required ? RequiredAsWritten(key) : AsWritten(key)) is not { } text)
        {
            return null;
        }

        foreach (var value in Enum.GetValues<T>())
        {
            if (FolderWord.Of(value) == text)
            {
                return value;
            }
        }

        Problem(
            key,
            $"The {key} '{text}' is unknown; use one of {string.Join(", ", Enum.GetValues<T>().Select(FolderWord.Of))}."
        );
        return null;
    }

    private IEnumerable<YamlNode> Items(string key)
    {
        if (!Has(key))
        {
            return [];
        }

        if (_values[key] is YamlSequenceNode list)
        {
            return list.Children;
        }

        Problem(key, $"The key '{key}' should be a list.");
        return [];
    }

    private string? Text(YamlNode node, string what, Func<string, string> clean, int maxLength)
    {
        if (node is not YamlScalarNode { Value: { } written })
        {
            _file.Problem(LineOf(node), $"{what} should be text.");
            return null;
        }

        if (!_file.CanKeep(written, LineOf(node)))
        {
            return null;
        }

        var text = clean(written);
        if (text.Length > maxLength)
        {
            _file.Problem(LineOf(node), $"{what} has {text.Length} characters; at most {maxLength} fit.");
            return null;
        }

        return text;
    }

    private int LineOf(YamlNode node) => _linesBefore + FolderFile.Line(node.Start);

    private static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    // Levenshtein's distance: how many letters to add, drop or change.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (
                    row[j],
                    Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1))
                );
            }
        }

        return row[b.Length];
    }
}
