using System.Text.Json;
using System.Text.Json.Nodes;
using LpcSite.Conferences;

namespace LpcSite.Exports.Schedule;

/// <summary>The web manifest with which a phone puts the schedule, and no other page, on its home screen.</summary>
public static class ScheduleManifest
{
    public static string Write(ConferenceFrame conference) =>
        new JsonObject
        {
            ["name"] = $"{conference.ShortName}: schedule",
            ["short_name"] = conference.ShortName,
            ["id"] = $"{conference.Path}/schedule",
            ["start_url"] = $"{conference.Path}/schedule",
            ["scope"] = $"{conference.Path}/schedule",
            ["display"] = "minimal-ui",
            ["background_color"] = "#fbf9f5",
            ["theme_color"] = "#9a4a17",
            ["icons"] = new JsonArray(
                new JsonObject
                {
                    ["src"] = "/favicon.svg",
                    ["type"] = "image/svg+xml",
                    ["sizes"] = "any",
                }
            ),
        }.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
}
