using LpcSite.Conferences;
using LpcSite.Conferences.Pages;
using LpcSite.Data;
using LpcSite.Imports.Folder;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Imports;

/// <summary>What a folder says of the conference as a whole. Of what it leaves out nothing is changed.</summary>
internal sealed class ImportedConference(LpcDbContext db, MarkdownRenderer renderer, ConferenceFolder folder)
{
    /// <summary>Its facts, rooms, half-days and sponsors, as far as the folder speaks of them.</summary>
    public async Task ApplyAsync(Conference conference, CancellationToken stop)
    {
        conference.Describe(
            folder.Name,
            folder.ShortName,
            folder.StartsOn,
            folder.EndsOn,
            folder.TimeZone,
            folder.City
        );
        if (folder.Rooms is { } rooms)
        {
            conference.Arrange([.. rooms.Select(room => (room.Name, room.Capacity, room.Equipment))]);
        }

        if (folder.HalfDays is { } halfDays)
        {
            conference.Divide([
                .. halfDays.Select(h =>
                    (
                        conference.HalfDays.FirstOrDefault(known => known.Name == h.Name)?.Id,
                        h.Name,
                        h.Starts,
                        h.Ends,
                        h.Break,
                        h.BreakMinutes
                    )
                ),
            ]);
        }

        conference.Walk(folder.WalkingMinutes ?? conference.WalkingMinutes);
        if (folder.SponsorTiers is not { } tiers)
        {
            return;
        }

        // Also those that stand in no tier now.
        var sponsors = await db
            .Sponsors.Include(s => s.Logo)
            .Where(s => s.ConferenceId == conference.Id)
            .ToDictionaryAsync(s => s.Name, StringComparer.Ordinal, stop);
        conference.Thank([.. tiers.Select(tier => (tier.Title, tier.Logos))]);
        foreach (var (tier, wanted) in conference.SponsorTiers.OrderBy(tier => tier.Position).Zip(tiers))
        {
            tier.Fill([.. wanted.Sponsors.Select(sponsor => Describe(sponsor, conference, sponsors))]);
        }
    }

    private Sponsors.Sponsor Describe(
        ConferenceFolder.Sponsor wanted,
        Conference conference,
        Dictionary<string, Sponsors.Sponsor> sponsors
    )
    {
        if (!sponsors.TryGetValue(wanted.Name, out var sponsor))
        {
            sponsors[wanted.Name] = sponsor = new Sponsors.Sponsor(conference.Id, wanted.Name);
            db.Sponsors.Add(sponsor);
        }

        sponsor.Describe(wanted.Url, wanted.Logo);
        return sponsor;
    }

    /// <summary>Pages that the folder does not list stay, behind those that it does: others may link to them.</summary>
    public void ApplyPages(Conference conference)
    {
        if (folder.Pages is not { } pages)
        {
            return;
        }

        foreach (var (wanted, position) in pages.Select((wanted, position) => (wanted, position)))
        {
            var page =
                conference.Pages.FirstOrDefault(page => page.Slug == wanted.Slug)
                ?? db.ConferencePages.Add(new ConferencePage(conference.Id, wanted.Slug, position)).Entity;
            page.Position = position;
            page.Write(
                wanted.Title,
                page.Text.Source == wanted.Text
                    ? page.Text
                    : renderer.Render(wanted.Text, AnchorPrefix.OfPage(wanted.Slug), isPage: true),
                wanted.IsPublished
            );
        }

        foreach (
            var (page, left) in conference
                .Pages.Where(page => pages.All(wanted => wanted.Slug != page.Slug))
                .OrderBy(page => page.Position)
                .ThenBy(page => page.Id)
                .Select((page, left) => (page, left))
        )
        {
            page.Position = pages.Count + left;
        }
    }
}
