using LpcSite.Microconferences;

namespace LpcSite.Pages.Organize.Schedule;

/// <summary>A microconference that may have a place, as the board lists it.</summary>
/// <param name="Places">How many it has.</param>
public sealed record BoardLine(
    int Id,
    string Slug,
    string Title,
    MicroconferenceStatus Status,
    SessionForm? Form,
    string Leads,
    int Places
);
