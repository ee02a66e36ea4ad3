using System.Text;
using LpcSite.Imports.Folder;
using LpcSite.Sponsors;
using NodaTime;
using NodaTime.Text;

namespace LpcSite.Exports.Folder;

/// <summary>
/// Writes a conference as the files that the import reads: the same content always gives the same bytes, and reading
/// them back gives the same content.
/// </summary>
public static class ConferenceFolderWriter
{
    private static readonly LocalDateTimePattern ToMinutes = LocalDateTimePattern.CreateWithInvariantCulture(
        "uuuu-MM-dd HH:mm"
    );
    private static readonly LocalDateTimePattern ToSeconds = LocalDateTimePattern.CreateWithInvariantCulture(
        "uuuu-MM-dd HH:mm:ss.FFFFFF"
    );
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>
    /// The files by their path inside the folder, <c>conference.yaml</c> last: it makes the others count.
    /// </returns>
    public static IReadOnlyList<(string Path, byte[] Bytes)> Write(ConferenceFolder folder)
    {
        var logos = LogoPaths(folder);
        return
        [
            .. logos.Select(logo => (logo.Value, logo.Key.Logo!.Bytes)),
            .. folder.Microconferences.Select(m => (m.FileName, Utf8.GetBytes(WriteMicroconference(m)))),
            .. (folder.Pages ?? []).Select(page => (page.FileName, Utf8.GetBytes(WritePage(page)))),
            (ConferenceFolder.FileName, Utf8.GetBytes(WriteConference(folder, logos))),
        ];
    }

    private static string WriteConference(ConferenceFolder folder, Dictionary<ConferenceFolder.Sponsor, string> logos)
    {
        var yaml = new YamlText();
        yaml.Pair("", "slug", folder.Slug);
        yaml.Pair("", "name", folder.Name);
        yaml.Pair("", "short_name", folder.ShortName);
        yaml.Pair("", "starts_on", LocalDatePattern.Iso.Format(folder.StartsOn));
        yaml.Pair("", "ends_on", LocalDatePattern.Iso.Format(folder.EndsOn));
        yaml.Pair("", "time_zone", ZoneName(folder.TimeZone));
        yaml.Pair("", "city", folder.City);
        if (folder.Microconferences.Count == 0)
        {
            yaml.Line("microconferences: []");
        }

        yaml.List("", "microconferences", [.. folder.Microconferences.Select(m => m.Slug)]);
        WriteTiers(yaml, folder.SponsorTiers ?? [], logos);
        WriteGrid(yaml, folder);
        WriteCall(yaml, "call_for_microconferences", folder.CallForMicroconferences);
        yaml.List("", "pages", [.. (folder.Pages ?? []).Select(page => page.Slug)]);
        return yaml.ToString();
    }

    private static void WriteTiers(
        YamlText yaml,
        IReadOnlyList<ConferenceFolder.Tier> tiers,
        Dictionary<ConferenceFolder.Sponsor, string> logos
    )
    {
        Begin(yaml, "sponsor_tiers", tiers.Count);
        foreach (var tier in tiers)
        {
            yaml.Pair("- ", "title", tier.Title);
            yaml.Number("  ", "logos", tier.Logos);
            if (tier.Sponsors.Count > 0)
            {
                yaml.Line("  sponsors:");
            }

            foreach (var sponsor in tier.Sponsors)
            {
                yaml.Pair("  - ", "name", sponsor.Name);
                yaml.Optional("    ", "url", sponsor.Url);
                yaml.Optional("    ", "logo", logos.GetValueOrDefault(sponsor));
            }
        }
    }

    private static void WriteGrid(YamlText yaml, ConferenceFolder folder)
    {
        Begin(yaml, "rooms", folder.Rooms?.Count);
        foreach (var room in folder.Rooms ?? [])
        {
            yaml.Pair("- ", "name", room.Name);
            yaml.Number("  ", "capacity", room.Capacity);
            yaml.Optional("  ", "equipment", room.Equipment);
        }

        Begin(yaml, "half_days", folder.HalfDays?.Count);
        foreach (var half in folder.HalfDays ?? [])
        {
            yaml.Pair("- ", "name", half.Name);
            yaml.Pair("  ", "starts", LocalTimePattern.HourMinuteIso.Format(half.Starts));
            yaml.Pair("  ", "ends", LocalTimePattern.HourMinuteIso.Format(half.Ends));
            yaml.Optional(
                "  ",
                "break",
                half.Break is { } coffee ? LocalTimePattern.HourMinuteIso.Format(coffee) : null
            );
            yaml.Number("  ", "break_minutes", half.Break is null ? null : half.BreakMinutes);
        }

        if (folder.WalkingMinutes is not (null or Conferences.Conference.UsualWalkingMinutes))
        {
            yaml.Number("", "walking_minutes", folder.WalkingMinutes);
        }

        Begin(yaml, "slots", folder.Slots?.Count);
        foreach (var slot in folder.Slots ?? [])
        {
            if (slot.Microconference is { } slug)
            {
                yaml.Pair("- ", "microconference", slug);
            }
            else
            {
                yaml.Pair("- ", "kind", FolderWord.Of(slot.Kind));
                yaml.Optional("  ", "title", slot.Title);
                yaml.Optional("  ", "uid", slot.Uid);
            }

            yaml.Pair("  ", "starts", Time(slot.Starts, folder.TimeZone));
            yaml.Pair("  ", "ends", Time(slot.Ends, folder.TimeZone));
            yaml.Optional("  ", "room", slot.Room);
        }
    }

    private static string WritePage(ConferenceFolder.Page page)
    {
        var yaml = new YamlText();
        yaml.Line("---");
        yaml.Pair("", "title", page.Title);
        if (!page.IsPublished)
        {
            yaml.Line("draft: true");
        }

        return $"{yaml}---\n\n{page.Text}\n";
    }

    private static string WriteMicroconference(ConferenceFolder.Microconference m)
    {
        var yaml = new YamlText();
        yaml.Line("---");
        yaml.Pair("", "title", m.Title);
        yaml.Pair("", "slug", m.Slug);
        yaml.Optional("", "uid", m.Uid);
        yaml.Pair("", "status", FolderWord.Of(m.Status));
        yaml.Optional("", "form", m.Form is { } form ? FolderWord.Of(form) : null);
        yaml.Optional("", "merged_into", m.MergedInto);
        yaml.List("", "leads", [.. m.Leads.Select(name => name.ToString())]);
        yaml.List("", "key_attendees", [.. m.KeyAttendees.Select(name => name.ToString())]);
        WriteCall(yaml, "call_for_topics", m.CallForTopics);
        WriteTopics(yaml, m.Topics);
        WriteSession(yaml, m.Session ?? []);
        Begin(yaml, "references", m.References.Count);
        foreach (var reference in m.References)
        {
            yaml.Pair("- ", "label", reference.Label);
            yaml.Pair("  ", "url", reference.Url);
        }

        yaml.Optional("", "accomplishments", NullIfEmpty(m.Accomplishments));
        yaml.Optional("", "outcome", NullIfEmpty(m.Outcome));
        yaml.Optional("", "notes", NullIfEmpty(m.Notes));
        if (m.TopicsInline)
        {
            yaml.Line("topics_inline: true");
        }

        return $"{yaml}---\n\n{m.Description}\n";
    }

    private static void WriteTopics(YamlText yaml, IReadOnlyList<ConferenceFolder.Topic> topics)
    {
        Begin(yaml, "topics", topics.Count);
        foreach (var topic in topics)
        {
            yaml.Pair("- ", "title", topic.Title);
            yaml.Optional("  ", "uid", topic.Uid);
            yaml.Optional("  ", "group", topic.Group);
            yaml.Number("  ", "minutes", topic.Minutes);
            yaml.List(
                "  ",
                "speakers",
                [
                    .. topic.Speakers.Select(name => name.ToString()),
                    .. Enumerable.Repeat(ConferenceFolder.Nobody, topic.OpenSpeakers),
                ]
            );
            yaml.Optional("  ", "speakers_note", topic.SpeakersNote);
            yaml.Optional("  ", "details", NullIfEmpty(topic.Details));
            yaml.Optional("  ", "notes", NullIfEmpty(topic.Notes));
            yaml.List("  ", "links", topic.Links);
            yaml.List("  ", "refs", topic.Refs);
        }
    }

    private static void WriteSession(YamlText yaml, IReadOnlyList<ConferenceFolder.SessionPart> session)
    {
        Begin(yaml, "session", session.Count);
        foreach (var part in session)
        {
            yaml.Pair(
                "- ",
                part.Topic is not null ? "topic"
                    : part.IsBreak ? "break"
                    : "item",
                part.Topic ?? part.Title!
            );
            yaml.Number("  ", "minutes", part.Minutes);
            yaml.Number("  ", "gap", part.Gap == 0 ? null : part.Gap);
            yaml.Number("  ", "part", part.Part == 1 ? null : part.Part);
        }
    }

    private static void WriteCall(YamlText yaml, string key, ConferenceFolder.Call? call)
    {
        if (call is not null)
        {
            yaml.Line($"{key}:");
            yaml.Pair("  ", "opens", Time(call.Opens, call.Zone));
            yaml.Pair("  ", "closes", Time(call.Closes, call.Zone));
            yaml.Pair("  ", "zone", ZoneName(call.Zone));
            yaml.Optional("  ", "uid", call.Uid);
        }
    }

    private static void Begin(YamlText yaml, string key, int? entries)
    {
        if (entries > 0)
        {
            yaml.Line($"{key}:");
        }
    }

    private static string ZoneName(DateTimeZone zone) =>
        zone.Id == ConferenceFolder.AnywhereOnEarthZone ? ConferenceFolder.AnywhereOnEarth : zone.Id;

    // When the clocks go back, one local time means two instants: the later one is written in UTC.
    private static string Time(Instant instant, DateTimeZone zone)
    {
        var local = instant.InZone(zone).LocalDateTime;
        return local.InZoneLeniently(zone).ToInstant() != instant ? InstantPattern.ExtendedIso.Format(instant)
            : local is { Second: 0, NanosecondOfSecond: 0 } ? ToMinutes.Format(local)
            : ToSeconds.Format(local);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static Dictionary<ConferenceFolder.Sponsor, string> LogoPaths(ConferenceFolder folder)
    {
        var paths = new Dictionary<ConferenceFolder.Sponsor, string>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (
            var sponsor in (folder.SponsorTiers ?? [])
                .SelectMany(tier => tier.Sponsors)
                .Where(s => s.Logo is not null)
                .Distinct()
        )
        {
            var slug = Conferences.Slug.From(sponsor.Name, "sponsor");
            var free = slug;
            for (var number = 2; !taken.Add(free); number++)
            {
                free = FormattableString.Invariant($"{slug}-{number}");
            }

            paths[sponsor] = $"logos/{free}.{Extension(sponsor.Logo!)}";
        }

        return paths;
    }

    private static string Extension(SponsorLogo logo) =>
        logo.MediaType switch
        {
            "image/webp" => "webp",
            "image/jpeg" => "jpg",
            "image/svg+xml" => "svg",
            _ => "png",
        };
}
