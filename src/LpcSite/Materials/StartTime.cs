using System.Globalization;
using NodaTime;

namespace LpcSite.Materials;

/// <summary>Where in a recording a topic begins, as people write it: <c>1:02:03</c>.</summary>
public static class StartTime
{
    /// <param name="text">Hours, minutes and seconds, minutes and seconds, or seconds.</param>
    /// <returns>Seconds; null where it is no time within a day.</returns>
    public static int? Parse(string text)
    {
        var parts = text.Trim().Split(':');
        var seconds = 0L;
        for (var i = 0; i < parts.Length; i++)
        {
            // Only the first part may be more than 59.
            if (
                parts.Length > 3
                || parts[i].Length is 0 or > 5
                || !int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var part)
                || i > 0 && part > 59
            )
            {
                return null;
            }

            seconds = seconds * 60 + part;
        }

        return seconds <= Material.MaxStartOffset ? (int)seconds : null;
    }

    /// <returns>Such as <c>1:02:03</c> or <c>2:03</c>.</returns>
    public static string Write(int seconds)
    {
        var time = Duration.FromSeconds(seconds);
        return time.Hours > 0
            ? FormattableString.Invariant($"{time.Hours}:{time.Minutes:00}:{time.Seconds:00}")
            : FormattableString.Invariant($"{time.Minutes}:{time.Seconds:00}");
    }

    /// <summary>
    /// The address at which the recording begins there: as YouTube wants it (<c>t=</c>), elsewhere as a fragment (Media
    /// Fragments URI 1.0, section 4.2.1), which browsers know, and which does no harm where nobody does.
    /// </summary>
    public static string In(string url, int seconds)
    {
        if (seconds == 0 || !Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return url;
        }

        if (!IsYouTube(address.IdnHost))
        {
            return FormattableString.Invariant($"{address.GetLeftPart(UriPartial.Query)}#t={seconds}");
        }

        var query = address
            .Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(part =>
                !part.StartsWith("t=", StringComparison.Ordinal) && !part.StartsWith("start=", StringComparison.Ordinal)
            );
        var parts = string.Join('&', [.. query, FormattableString.Invariant($"t={seconds}s")]);
        return $"{address.GetLeftPart(UriPartial.Path)}?{parts}";
    }

    private static bool IsYouTube(string host) =>
        host is "youtu.be" or "youtube.com" or "youtube-nocookie.com"
        || host.EndsWith(".youtube.com", StringComparison.Ordinal)
        || host.EndsWith(".youtube-nocookie.com", StringComparison.Ordinal);
}
