using System.Text.Json;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Calls;

/// <summary>What organizers do with a call: set its dates, extend it, let somebody in late. Each leaves a record in the same transaction.</summary>
public sealed class Calling(LpcDbContext db, MarkdownRenderer renderer, IClock clock)
{
    private const string Via = "organize/call";

    public Call Open(int conferenceId)
    {
        var call = new Call(conferenceId, null);
        db.Add(call);
        return call;
    }

    public Task AnnounceAsync(Call call, Instant opens, Instant closes, DateTimeZone zone, string guidance, string template, Person by, CancellationToken stop)
    {
        var before = call.Id == 0 ? null : Describe(call);
        call.Announce(opens, closes, zone);
        call.Guide(renderer.Render(guidance, AnchorPrefix.OfGuidance), template);
        return SaveAsync(call, "announced", before, by, stop);
    }

    /// <summary>Closes later by so much; a call that has closed already opens again until so long from now.</summary>
    public Task ExtendAsync(Call call, Duration by, Person person, CancellationToken stop)
    {
        Rule.Require(by > Duration.Zero && by <= Duration.FromDays(60), "A call is extended by 1 to 60 days.");
        var before = Describe(call);
        call.Announce(call.OpensAt, Instant.Max(call.ClosesAt, clock.GetCurrentInstant()) + by, call.Zone);
        return SaveAsync(call, "extended", before, person, stop);
    }

    public Task HandOutLateLinkAsync(Call call, int uses, Duration lasting, Person by, CancellationToken stop)
    {
        Rule.Require(lasting > Duration.Zero && lasting <= Duration.FromDays(60), "A late link works for 1 to 60 days.");
        var now = clock.GetCurrentInstant();
        db.LateLinks.Add(new LateLink(call.Id, uses, now + lasting, now));
        return SaveAsync(call, "handed out a late link", null, by, stop);
    }

    public async Task EndLateLinkAsync(Call call, int id, Person by, CancellationToken stop)
    {
        var link = await db.LateLinks.SingleOrDefaultAsync(l => l.CallId == call.Id && l.Id == id, stop);
        Rule.Require(link is not null, "There is no such late link.");
        link.Expire(clock.GetCurrentInstant());
        await SaveAsync(call, "ended a late link", null, by, stop);
    }

    private async Task SaveAsync(Call call, string verb, string? before, Person by, CancellationToken stop)
    {
        var conference = await db.Conferences.Where(c => c.Id == call.ConferenceId).Select(c => c.Slug).SingleAsync(stop);
        db.AuditEntries.Add(new AuditEntry(by, Via, verb, $"/{conference}/calls", before, Describe(call), clock.GetCurrentInstant()).About(call.ConferenceId, call.MicroconferenceId));
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException raced) when (raced.IsRace())
        {
            throw new RuleException("Somebody else changed the call at the same moment. Look at it again, then save.");
        }
    }

    private static string Describe(Call call) => JsonSerializer.Serialize(new
    {
        opens = Dates.Machine(call.OpensAt),
        closes = Dates.Machine(call.ClosesAt),
        zone = call.Zone.Id,
        guidance = call.Guidance.Source,
        template = call.Template,
    });
}
