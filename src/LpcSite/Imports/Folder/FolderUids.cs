using LpcSite.Exports.Calendars;
using LpcSite.Scheduling;

namespace LpcSite.Imports.Folder;

/// <summary>
/// The names in calendars that a folder brings along: each for one thing, of the right kind, and of this conference.
/// </summary>
internal sealed class FolderUids
{
    private const string Remove = "Remove the line to get a new one.";

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The slug of the folder's conference; null where it has none that is right.</summary>
    public string? Conference { get; set; }

    /// <param name="kind">With what the name begins, such as <c>topic</c>.</param>
    public string? Read(YamlMap map, string kind)
    {
        if (map.Optional("uid", ImportedUid.NameMaxLength) is not { } name)
        {
            return null;
        }

        if (UidScheme.Parse(name) is not var (uid, conference, _) || !IsOf(kind, uid))
        {
            map.Problem("uid", $"'{name}' is not a uid that this site exports for this. {Remove}");
        }
        else if (Conference is not null && conference != Conference)
        {
            map.Problem("uid", $"The uid '{name}' belongs to the conference '{conference}'. {Remove}");
        }
        else if (!_known.Add(name))
        {
            map.Problem("uid", $"The uid '{name}' is used twice. Remove the line where it was copied to.");
        }

        return name;
    }

    private static bool IsOf(string kind, string uid) =>
        uid.StartsWith($"{kind}-", StringComparison.Ordinal)
        && uid.AsSpan(kind.Length + 1) is { Length: < 10 } number
        && !number.ContainsAnyExceptInRange('0', '9');
}
