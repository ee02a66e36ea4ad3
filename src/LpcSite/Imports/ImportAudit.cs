using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LpcSite.Imports.Folder;
using NodaTime.Text;

namespace LpcSite.Imports;

/// <summary>
/// What changed, as an audit entry keeps it: the fields that differ, by the names that the files give them.
/// </summary>
internal static class ImportAudit
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonObject Of(ConferenceFolder c) =>
        new()
        {
            ["name"] = c.Name,
            ["short_name"] = c.ShortName,
            ["starts_on"] = LocalDatePattern.Iso.Format(c.StartsOn),
            ["ends_on"] = LocalDatePattern.Iso.Format(c.EndsOn),
            ["time_zone"] = c.TimeZone.Id,
            ["city"] = c.City,
            ["sponsor_tiers"] = List(
                c.SponsorTiers ?? [],
                tier =>
                    Known(
                        ("title", tier.Title),
                        ("logos", tier.Logos),
                        (
                            "sponsors",
                            List(
                                tier.Sponsors,
                                sponsor =>
                                    Known(("name", sponsor.Name), ("url", sponsor.Url), ("logo", sponsor.Logo?.Hash))
                            )
                        )
                    )
            ),
            ["rooms"] = List(
                c.Rooms ?? [],
                room => Known(("name", room.Name), ("capacity", room.Capacity), ("equipment", room.Equipment))
            ),
            ["half_days"] = List(
                c.HalfDays ?? [],
                half =>
                    Known(
                        ("name", half.Name),
                        ("starts", LocalTimePattern.ExtendedIso.Format(half.Starts)),
                        ("ends", LocalTimePattern.ExtendedIso.Format(half.Ends)),
                        ("break", half.Break is { } coffee ? LocalTimePattern.ExtendedIso.Format(coffee) : null),
                        ("break_minutes", half.BreakMinutes)
                    )
            ),
            ["walking_minutes"] = c.WalkingMinutes,
            ["slots"] = List(
                c.Slots ?? [],
                slot =>
                    Known(
                        ("microconference", slot.Microconference),
                        ("kind", slot.Microconference is null ? FolderWord.Of(slot.Kind) : null),
                        ("title", slot.Title),
                        ("starts", InstantPattern.ExtendedIso.Format(slot.Starts)),
                        ("ends", InstantPattern.ExtendedIso.Format(slot.Ends)),
                        ("room", slot.Room)
                    )
            ),
            ["call_for_microconferences"] = Of(c.CallForMicroconferences),
            ["pages"] = List(
                c.Pages ?? [],
                page =>
                    Known(
                        ("slug", page.Slug),
                        ("title", page.Title),
                        ("draft", page.IsPublished ? null : true),
                        ("text", page.Text)
                    )
            ),
        };

    /// <param name="revision">Stands for the texts, which the revisions keep.</param>
    public static JsonObject Of(ConferenceFolder.Microconference m, int revision) =>
        new()
        {
            ["title"] = m.Title,
            ["status"] = FolderWord.Of(m.Status),
            ["form"] = m.Form is { } form ? FolderWord.Of(form) : null,
            ["merged_into"] = m.MergedInto,
            ["leads"] = List(m.Leads, name => name.ToString()),
            ["key_attendees"] = List(m.KeyAttendees, name => name.ToString()),
            ["call_for_topics"] = Of(m.CallForTopics),
            ["topics"] = List(m.Topics, Of),
            ["session"] = List(
                m.Session ?? [],
                part =>
                    Known(
                        ("topic", part.Topic),
                        ("title", part.Title),
                        ("break", part.IsBreak ? true : null),
                        ("minutes", part.Minutes),
                        ("gap", part.Gap),
                        ("part", part.Part)
                    )
            ),
            ["references"] = List(m.References, reference => Known(("label", reference.Label), ("url", reference.Url))),
            ["outcome"] = m.Outcome.Length > 0 ? m.Outcome : null,
            ["notes"] = m.Notes.Length > 0 ? m.Notes : null,
            ["topics_inline"] = m.TopicsInline ? true : null,
            ["revision"] = revision,
        };

    /// <returns>
    /// The fields of both that differ; null if none does. Of lists, only the entries that the other one has not.
    /// </returns>
    public static (string? Before, string After)? Difference(JsonObject? before, JsonObject after)
    {
        if (before is null)
        {
            return (null, Without(after).ToJsonString(Options));
        }

        var (was, isNow) = (new JsonObject(), new JsonObject());
        foreach (var (key, value) in after)
        {
            var old = before[key];
            if (!JsonNode.DeepEquals(old, value))
            {
                (was[key], isNow[key]) =
                    old is JsonArray from && value is JsonArray to
                        ? Difference(from, to)
                        : (old?.DeepClone(), value?.DeepClone());
            }
        }

        return isNow.Count == 0 ? null : (was.ToJsonString(Options), isNow.ToJsonString(Options));
    }

    // A list whose entries only changed places is shown whole.
    private static (JsonArray Before, JsonArray After) Difference(JsonArray before, JsonArray after)
    {
        var (gone, come) = (Without(before, after), Without(after, before));
        return gone.Count + come.Count > 0
            ? (gone, come)
            : ((JsonArray)before.DeepClone(), (JsonArray)after.DeepClone());
    }

    private static JsonArray Without(JsonArray entries, JsonArray others) =>
        [
            .. entries
                .Where(entry => !others.Any(other => JsonNode.DeepEquals(entry, other)))
                .Select(entry => entry?.DeepClone()),
        ];

    // Of what is new, what it has; that it has no form yet is not worth a word.
    private static JsonObject Without(JsonObject fields) =>
        new(
            fields
                .Where(field => field.Value is not (null or JsonArray { Count: 0 }))
                .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))
        );

    private static JsonObject Of(ConferenceFolder.Topic topic) =>
        Known(
            ("title", topic.Title),
            ("group", topic.Group),
            ("minutes", topic.Minutes),
            (
                "speakers",
                List(
                    [
                        .. topic.Speakers.Select(name => name.ToString()),
                        .. Enumerable.Repeat(ConferenceFolder.Nobody, topic.OpenSpeakers),
                    ],
                    name => name
                )
            ),
            ("speakers_note", topic.SpeakersNote),
            ("details", topic.Details),
            ("notes", topic.Notes.Length > 0 ? topic.Notes : null),
            ("links", List(topic.Links, link => link)),
            ("refs", List(topic.Refs, label => label))
        );

    private static JsonObject? Of(ConferenceFolder.Call? call) =>
        call is null
            ? null
            : Known(
                ("opens", InstantPattern.ExtendedIso.Format(call.Opens)),
                ("closes", InstantPattern.ExtendedIso.Format(call.Closes)),
                ("zone", call.Zone.Id)
            );

    private static JsonArray List<T>(IEnumerable<T> entries, Func<T, JsonNode?> of) => [.. entries.Select(of)];

    private static JsonObject Known(params IEnumerable<(string Key, JsonNode? Value)> fields) =>
        new(
            fields
                .Where(field => field.Value is not (null or JsonArray { Count: 0 }))
                .Select(field => KeyValuePair.Create(field.Key, field.Value))
        );
}
