using System.Text.Json;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Sponsors;

/// <summary>
/// What organizers do with sponsors: name them, show their logos in one or several tiers, order and remove them.
/// </summary>
public sealed class SponsorEditing(LpcDbContext db, IClock clock)
{
    private const string Via = "organize/sponsors";
    private const string Raced =
        "Somebody else changed this at the same moment. What you typed stands below; compare it with what is saved "
        + "now, then save again.";

    /// <summary>A sponsor as it was typed.</summary>
    /// <param name="Logo">A new one; null keeps the one that is there, unless it is to be taken away.</param>
    /// <param name="Tiers">The numbers of those in which it stands.</param>
    /// <param name="Version">Of the sponsor as the form showed it.</param>
    public sealed record Typed(
        string Name,
        string? Url,
        SponsorLogo? Logo,
        bool WithoutLogo,
        IReadOnlyList<int> Tiers,
        uint Version
    );

    /// <param name="sponsor">With its logo; null for a new one.</param>
    /// <exception cref="RuleException">It breaks a rule, or there is a sponsor of that name.</exception>
    /// <exception cref="RaceException">Somebody else was first.</exception>
    public async Task SaveAsync(
        ConferenceFrame conference,
        Sponsor? sponsor,
        Typed typed,
        Person by,
        CancellationToken stop
    )
    {
        var tiers = await TiersAsync(conference.Id, stop);
        var (before, isNew) = (sponsor is null ? null : Describe(sponsor, tiers), sponsor is null);
        if (sponsor is null)
        {
            Rule.Require(
                await db.Sponsors.CountAsync(s => s.ConferenceId == conference.Id, stop) < Conference.MaxSponsors,
                $"A conference has at most {Conference.MaxSponsors} sponsors."
            );
            db.Sponsors.Add(sponsor = new Sponsor(conference.Id, typed.Name));
        }
        else
        {
            db.Entry(sponsor).Property(s => s.RowVersion).OriginalValue = typed.Version;
            db.Entry(sponsor).Property(s => s.Name).IsModified = true;
        }

        sponsor.Rename(typed.Name);
        sponsor.Describe(typed.Url, typed.Logo ?? (typed.WithoutLogo ? null : sponsor.Logo));
        foreach (var tier in tiers)
        {
            var now = tier.Sponsorships.OrderBy(s => s.Position).Select(s => s.Sponsor).ToList();
            var (stands, should) = (now.Contains(sponsor), typed.Tiers.Contains(tier.Id));
            if (stands != should)
            {
                tier.Fill(should ? [.. now, sponsor] : [.. now.Where(s => s != sponsor)]);
            }
        }

        Record(conference, isNew ? "added a sponsor" : "changed a sponsor", before, Describe(sponsor, tiers), by);
        await SaveAsync(
            $"There is a sponsor {typed.Name} already. Open it, and tick the tiers in which it stands.",
            stop
        );
    }

    public async Task RemoveAsync(ConferenceFrame conference, Sponsor sponsor, Person by, CancellationToken stop)
    {
        var tiers = await TiersAsync(conference.Id, stop);
        var before = Describe(sponsor, tiers);
        foreach (var tier in tiers.Where(t => t.Sponsorships.Any(s => s.Sponsor == sponsor)))
        {
            tier.Fill([.. tier.Sponsorships.OrderBy(s => s.Position).Select(s => s.Sponsor).Where(s => s != sponsor)]);
        }

        db.Remove(sponsor);
        Record(conference, "removed a sponsor", before, null, by);
        await SaveAsync(Raced, stop);
    }

    /// <param name="ids">The sponsors of the tier in their new order; one that is not named goes to the end.</param>
    public async Task OrderAsync(
        ConferenceFrame conference,
        SponsorTier tier,
        IReadOnlyList<int> ids,
        Person by,
        CancellationToken stop
    )
    {
        var now = tier.Sponsorships.OrderBy(s => s.Position).Select(s => s.Sponsor).ToList();
        var wanted = now.OrderBy(s => ids.Contains(s.Id) ? ids.ToList().IndexOf(s.Id) : int.MaxValue).ToList();
        if (now.SequenceEqual(wanted))
        {
            return;
        }

        tier.Fill(wanted);
        Record(conference, $"changed the order of {tier.Title}", Names(now), Names(wanted), by);
        await SaveAsync(Raced, stop);
    }

    /// <summary>The tiers with their order and sizes.</summary>
    /// <param name="version">Of the conference as the form showed it: with it the tiers change.</param>
    public async Task RankAsync(
        Conference conference,
        ConferenceFrame frame,
        IReadOnlyList<(int? Id, string Title, int Places)> tiers,
        uint version,
        Person by,
        CancellationToken stop
    )
    {
        var before = Titles(conference);
        var circle = tiers.FirstOrDefault(wanted =>
            wanted.Id is not null
            && conference.SponsorTiers.Any(t =>
                t.Id != wanted.Id
                && t.Title == wanted.Title
                && tiers.Any(other => other.Id == t.Id && other.Title != t.Title)
            )
        );
        Rule.Require(
            circle.Title is null,
            $"“{circle.Title}” is the title of another tier until this is saved. Give that tier its new title "
                + "first, save, and then go on."
        );
        conference.RequireOpen();
        conference.Rank(tiers);
        db.Entry(conference).Property(c => c.Name).IsModified = true;
        db.Entry(conference).Property(c => c.RowVersion).OriginalValue = version;
        Record(frame, "changed the tiers", before, Titles(conference), by);
        await SaveAsync(Raced, stop);
    }

    /// <summary>With their sponsors, to be changed.</summary>
    public Task<List<SponsorTier>> TiersAsync(int conferenceId, CancellationToken stop) =>
        db
            .SponsorTiers.Where(t => t.ConferenceId == conferenceId)
            .Include(t => t.Sponsorships)
                .ThenInclude(s => s.Sponsor)
            .OrderBy(t => t.Position)
            .AsSingleQuery()
            .ToListAsync(stop);

    private Task SaveAsync(string twice, CancellationToken stop) => db.SaveAsync(Raced, stop, taken: twice);

    private void Record(ConferenceFrame conference, string verb, string? before, string? after, Person by) =>
        db.Record(
            new Act(by, Via, clock.GetCurrentInstant()),
            verb,
            new AuditSubject($"{conference.Path}/sponsors", conference.Id),
            before: before,
            after: after
        );

    private static string Describe(Sponsor sponsor, IEnumerable<SponsorTier> tiers) =>
        JsonSerializer.Serialize(
            new
            {
                name = sponsor.Name,
                url = sponsor.Url,
                logo = sponsor.Logo?.Hash,
                tiers = tiers.Where(t => t.Sponsorships.Any(s => s.Sponsor == sponsor)).Select(t => t.Title),
            },
            AuditJson.Readable
        );

    private static string Names(IEnumerable<Sponsor> sponsors) =>
        JsonSerializer.Serialize(sponsors.Select(s => s.Name), AuditJson.Readable);

    private static string Titles(Conference conference) =>
        JsonSerializer.Serialize(
            conference.SponsorTiers.OrderBy(t => t.Position).Select(t => new { title = t.Title, logos = t.Places }),
            AuditJson.Readable
        );
}
