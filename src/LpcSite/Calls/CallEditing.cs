using System.Text.Json;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Calls;

/// <summary>
/// What organizers do with the call for microconferences, and leads with the call for their topics: set its dates,
/// extend it, close it, let somebody in late. Each leaves a record in the same transaction.
/// </summary>
public sealed class CallEditing(LpcDbContext db, MarkdownRenderer renderer, IClock clock)
{
    private const string Raced =
        "Somebody else changed the call since you opened this page. What you typed is below; compare, then save again.";

    /// <param name="microconference">Whose topics it is to call for; null for the call of the conference.</param>
    /// <exception cref="RuleException">It is not accepted.</exception>
    public Call Open(int conferenceId, Microconference? microconference)
    {
        Rule.Require(
            microconference is null or { Status: MicroconferenceStatus.Accepted },
            "A microconference calls for its topics once it is accepted."
        );
        var call = new Call(conferenceId, microconference?.Id);
        db.Add(call);
        return call;
    }

    /// <summary>A call as it was typed.</summary>
    /// <param name="Version">Of the call as the form showed it.</param>
    public sealed record Announced(
        Instant Opens,
        Instant Closes,
        DateTimeZone Zone,
        string Guidance,
        string Template,
        bool AllowsChanges,
        uint Version
    );

    /// <exception cref="RuleException">It breaks a rule.</exception>
    /// <exception cref="RaceException">Somebody else changed the call since the form was opened.</exception>
    public Task AnnounceAsync(Call call, Announced typed, Person by, CancellationToken stop)
    {
        var before = call.Id == 0 ? null : Describe(call);
        call.Announce(typed.Opens, typed.Closes, typed.Zone, clock.GetCurrentInstant());
        var isSame = call.Guidance.Source == typed.Guidance;
        call.Guide(isSame ? call.Guidance : renderer.Render(typed.Guidance, AnchorPrefix.OfGuidance), typed.Template);
        call.AllowChanges(typed.AllowsChanges);
        if (before is not null)
        {
            // Written even where nothing is different, so that the database compares the version.
            db.Entry(call).Property(c => c.AllowsChanges).IsModified = true;
            db.Entry(call).Property(c => c.RowVersion).OriginalValue = typed.Version;
        }

        return SaveAsync(call, "announced", before, by, stop);
    }

    /// <summary>Closes later by so much; a call that has closed already opens again until so long from now.</summary>
    public Task ExtendAsync(Call call, Duration by, Person person, CancellationToken stop)
    {
        Rule.Require(by > Duration.Zero && by <= Duration.FromDays(60), "A call is extended by 1 to 60 days.");
        var (before, now) = (Describe(call), clock.GetCurrentInstant());
        call.Announce(call.OpensAt, Instant.Max(call.ClosesAt, now) + by, call.Zone, now);
        return SaveAsync(call, "extended", before, person, stop);
    }

    /// <summary>Closes it now, before its time.</summary>
    public Task CloseAsync(Call call, Person by, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        Rule.Require(call.IsOpen(now), "Only an open call can be closed.");
        var before = Describe(call);
        call.Announce(Instant.Min(call.OpensAt, now - Duration.Epsilon), now, call.Zone, now);
        return SaveAsync(call, "closed", before, by, stop);
    }

    public Task HandOutLateLinkAsync(Call call, int uses, Duration lasting, Person by, CancellationToken stop)
    {
        Rule.Require(
            lasting > Duration.Zero && lasting <= Duration.FromDays(60),
            "A late link works for 1 to 60 days."
        );
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
        var conference = await db
            .Conferences.Where(c => c.Id == call.ConferenceId)
            .Select(c => c.Slug)
            .SingleAsync(stop);
        var via = call.MicroconferenceId is null ? "organize/call" : "lead/call";
        db.Record(
            new Act(by, via, clock.GetCurrentInstant()),
            verb,
            new AuditSubject($"/{conference}/calls", call.ConferenceId, call.MicroconferenceId),
            before: before,
            after: Describe(call)
        );
        await db.SaveAsync(Raced, stop);
    }

    private static string Describe(Call call) =>
        JsonSerializer.Serialize(
            new
            {
                opens = Dates.Machine(call.OpensAt),
                closes = Dates.Machine(call.ClosesAt),
                zone = call.Zone.Id,
                guidance = call.Guidance.Source,
                template = call.Template,
                allows_changes = call.AllowsChanges,
            }
        );
}
