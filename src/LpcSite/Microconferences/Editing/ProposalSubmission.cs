using System.Text.Json;
using LpcSite.Calls;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Microconferences.Revisions;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Microconferences.Editing;

/// <summary>
/// The first steps of a microconference: it begins as a draft that only its leads see, and is proposed while the call
/// is open.
/// </summary>
public sealed class ProposalSubmission(LpcDbContext db, ProposalEmails letters, IClock clock)
{
    /// <summary>Where the conference's call for microconferences stands now.</summary>
    public async Task<Deadline> DeadlineAsync(int conferenceId, CancellationToken stop) =>
        new(await CallDocument.FindAsync(db, conferenceId, null, stop), clock.GetCurrentInstant());

    /// <summary>
    /// So many drafts one person may lead at one conference: more are no help to anybody, and each costs the site an
    /// address.
    /// </summary>
    public const int MaxDrafts = 20;

    /// <summary>Adds a draft led by its author, without a text yet, within the caller's transaction.</summary>
    /// <param name="continues">The earlier ones that it goes on from.</param>
    /// <exception cref="RuleException">
    /// They have too many drafts, or somebody else took the title at the same moment.
    /// </exception>
    public async Task<Microconference> StartAsync(
        int conferenceId,
        string title,
        IReadOnlyList<Microconference> continues,
        Person by,
        CancellationToken stop
    )
    {
        var conference = await db.Conferences.SingleAsync(c => c.Id == conferenceId, stop);
        Rule.Require(
            await db.Microconferences.CountAsync(m => m.ConferenceId == conferenceId, stop)
                < Conference.MaxMicroconferences,
            $"{conference.ShortName} has {Conference.MaxMicroconferences} microconferences already, and takes no more."
        );
        var now = clock.GetCurrentInstant();
        await db.TakeTurnAsync(by, stop);
        var drafts = await db.Microconferences.CountAsync(
            m =>
                m.ConferenceId == conferenceId
                && m.Status == MicroconferenceStatus.Draft
                && m.Leads.Any(l => l.PersonId == by.Id),
            stop
        );
        Rule.Require(
            drafts < MaxDrafts,
            $"You have {MaxDrafts} drafts for {conference.ShortName}. Continue editing one of them instead."
        );
        var draft = new Microconference(
            conference,
            await FreeSlugAsync(conferenceId, conference.Path, title, stop),
            title,
            now
        );
        draft.LedBy([by]);
        foreach (var earlier in continues)
        {
            draft.Continue(earlier);
        }

        db.Add(draft);
        await db.SaveOrSayAsync(
            "Somebody began one with this title at the same moment. Choose another title, or try again.",
            stop
        );

        return draft;
    }

    /// <summary>
    /// Proposes it if the call, or a late link, lets it in; otherwise it stays the draft that it was.
    /// </summary>
    /// <param name="microconference">With its conference, leads, predecessors and newest revision loaded.</param>
    /// <param name="lateKey">What a late link's address carried.</param>
    /// <param name="origin">Scheme and host of the site, for the links in the letters.</param>
    /// <exception cref="RuleException">
    /// The call is closed, the late link does not work, or something is missing in the proposal.
    /// </exception>
    public async Task ProposeAsync(
        Microconference microconference,
        string? lateKey,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        var now = clock.GetCurrentInstant();
        var call = await db.Calls.SingleOrDefaultAsync(
            c => c.ConferenceId == microconference.ConferenceId && c.MicroconferenceId == null,
            stop
        );
        Rule.Require(call is not null, "There is no call for microconferences yet. Your text is kept as a draft.");

        // What the reviewers asked for may come after the call has closed.
        if (microconference.Status is not MicroconferenceStatus.ChangesRequested)
        {
            await db.RequireAdmissionAsync(call, lateKey, now, stop);
        }

        var before = microconference.Status;
        microconference.Propose(now);
        db.Record(
            new Act(by, "edit", now),
            RevisionQueries.ProposedVerb,
            microconference.AsSubject(),
            before: JsonSerializer.Serialize(new { status = before.ToString() }),
            after: JsonSerializer.Serialize(
                new { status = microconference.Status.ToString(), revision = microconference.RevisionNumber }
            )
        );
        await letters.AddAsync(microconference, call, by, origin, now, stop);
        await db.SaveOrSayAsync(
            "Something changed at the same moment. Your text is kept: look at it again, then propose.",
            stop
        );
    }

    /// <summary>
    /// As <see cref="ProposeAsync"/> for what was saved a moment ago, so that a refusal costs nothing that was typed.
    /// </summary>
    /// <returns>One sentence: that it is proposed, or why it is still a draft.</returns>
    public async Task<string> TryAsync(
        Microconference microconference,
        string? lateKey,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        try
        {
            await ProposeAsync(microconference, lateKey, by, origin, stop);
            return "It is proposed, and public from now on. You can go on changing it.";
        }
        catch (RuleException broken)
        {
            return broken.Message;
        }
    }

    // Counted up past what is taken now and what once was: old addresses lead on.
    private async Task<string> FreeSlugAsync(
        int conferenceId,
        string conferencePath,
        string title,
        CancellationToken stop
    )
    {
        var slug = Slug.From(title, "untitled");
        var suffix = "";
        for (var number = 2; await IsTakenAsync(slug + suffix); number++)
        {
            suffix = FormattableString.Invariant($"-{number}");
            slug = slug[..Math.Min(slug.Length, Slug.MaxLength - suffix.Length)];
        }

        return slug + suffix;

        async Task<bool> IsTakenAsync(string wanted) =>
            Microconference.ReservedSlugs.Contains(wanted)
            || await db.Microconferences.AnyAsync(m => m.ConferenceId == conferenceId && m.Slug == wanted, stop)
            || await db.Redirects.AnyAsync(r => r.From == $"{conferencePath}/mc/{wanted}", stop);
    }
}
