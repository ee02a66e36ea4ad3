using LpcSite.Calls;
using LpcSite.Conferences.Pages;
using LpcSite.Data;
using LpcSite.Decisions;
using LpcSite.Reviews.Scores;
using LpcSite.Rules;
using LpcSite.Sponsors;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Conferences.Settings;

/// <summary>
/// Fills a new conference with what stays from one year to the next, so that organizers change instead of type.
/// </summary>
public sealed class ConferenceCopy(LpcDbContext db, IClock clock)
{
    /// <returns>The conference that it was filled from.</returns>
    public async Task<Conference> FillAsync(Conference conference, int from, bool withSponsors, CancellationToken stop)
    {
        var source = await db
            .Conferences.AsNoTracking()
            .Include(c => c.Rooms)
            .Include(c => c.HalfDays)
            .Include(c => c.Pages)
            .Include(c => c.SponsorTiers)
                .ThenInclude(t => t.Sponsorships)
                    .ThenInclude(s => s.Sponsor.Logo)
            .AsSplitQuery()
            .SingleOrDefaultAsync(c => c.Id == from, stop);
        Rule.Require(source is not null, "The conference to copy from is no more.");
        conference.Arrange([.. source.Rooms.OrderBy(r => r.Position).Select(r => (r.Name, r.Capacity, r.Equipment))]);
        conference.Divide([
            .. source
                .HalfDays.OrderBy(h => h.Position)
                .Select(h => ((int?)null, h.Name, h.Starts, h.Ends, h.BreakStarts, h.BreakMinutes)),
        ]);
        conference.Walk(source.WalkingMinutes);
        conference.Thank([.. source.SponsorTiers.OrderBy(t => t.Position).Select(t => (t.Title, t.Places))]);
        if (withSponsors)
        {
            CopySponsors(source, conference);
        }

        CopyPages(source, conference);
        await CopyCallAsync(source, conference, stop);
        await CopyLettersAsync(source, conference, stop);
        await CopyCriteriaAsync(source, conference, stop);
        return source;
    }

    private void CopySponsors(Conference source, Conference conference)
    {
        var copies = new Dictionary<int, Sponsor>();
        foreach (
            var (tier, copy) in source
                .SponsorTiers.OrderBy(t => t.Position)
                .Zip(conference.SponsorTiers.OrderBy(t => t.Position))
        )
        {
            copy.Fill([.. tier.Sponsorships.OrderBy(s => s.Position).Select(s => Copy(s.Sponsor))]);
        }

        Sponsor Copy(Sponsor sponsor)
        {
            if (!copies.TryGetValue(sponsor.Id, out var copy))
            {
                copies[sponsor.Id] = copy = new Sponsor(conference.Id, sponsor.Name);
                copy.Describe(sponsor.Url, sponsor.Logo is null ? null : SponsorLogo.Read(sponsor.Logo.Bytes));
                db.Sponsors.Add(copy);
            }

            return copy;
        }
    }

    private async Task CopyCriteriaAsync(Conference source, Conference conference, CancellationToken stop)
    {
        conference.KeepAffiliationsApart(source.KeepsAffiliationsApart);
        foreach (
            var criterion in await db
                .Criteria.AsNoTracking()
                .Where(c => c.ConferenceId == source.Id)
                .OrderBy(c => c.Position)
                .ToListAsync(stop)
        )
        {
            var copy = new Criterion(conference.Id);
            copy.Describe(criterion.Position, criterion.Name, criterion.Help, criterion.Weight);
            db.Criteria.Add(copy);
        }
    }

    // Last year's dates and hotels stand in them: each waits as a draft for somebody to read it again.
    private void CopyPages(Conference source, Conference conference)
    {
        foreach (var page in source.Pages.OrderBy(p => p.Position).ThenBy(p => p.Id))
        {
            var copy = new ConferencePage(conference.Id, page.Slug, page.Position);
            copy.Write(page.Title, page.Text, isPublished: false);
            db.ConferencePages.Add(copy);
        }
    }

    /// <summary>
    /// By how many days a date of the old conference moves, in weeks: a deadline on a Friday stays one.
    /// </summary>
    public static Period Shift(LocalDate from, LocalDate to) =>
        Period.FromWeeks((int)Math.Round(Period.DaysBetween(from, to) / 7.0, MidpointRounding.AwayFromZero));

    private async Task CopyCallAsync(Conference source, Conference conference, CancellationToken stop)
    {
        if (
            await db
                .Calls.AsNoTracking()
                .SingleOrDefaultAsync(c => c.ConferenceId == source.Id && c.MicroconferenceId == null, stop)
            is not { } call
        )
        {
            return;
        }

        var shift = Shift(source.StartsOn, conference.StartsOn);
        var copy = new Call(conference.Id, null);
        copy.Announce(Later(call.OpensAt), Later(call.ClosesAt), call.Zone, clock.GetCurrentInstant());
        copy.Guide(call.Guidance, call.Template);
        db.Calls.Add(copy);

        Instant Later(Instant instant) =>
            instant.InZone(call.Zone).LocalDateTime.Plus(shift).InZoneLeniently(call.Zone).ToInstant();
    }

    private async Task CopyLettersAsync(Conference source, Conference conference, CancellationToken stop)
    {
        foreach (
            var template in await db
                .LetterTemplates.AsNoTracking()
                .Where(t => t.ConferenceId == source.Id)
                .ToListAsync(stop)
        )
        {
            var copy = new EmailTemplate(conference.Id, template.Verdict);
            copy.Write(template.Subject, template.Text);
            db.LetterTemplates.Add(copy);
        }
    }
}
