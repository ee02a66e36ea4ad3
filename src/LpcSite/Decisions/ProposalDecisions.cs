using System.Text.Json;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Emails;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.News;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Texts;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Decisions;

/// <summary>
/// The organizers decide the call: each proposal by itself while they talk, all of them at once when they are done.
/// Nobody outside learns anything before the letters are released, and then everybody does in the same moment.
/// </summary>
public sealed class ProposalDecisions(
    LpcDbContext db,
    ProposalMerge proposalMerge,
    DecisionAnnouncements decisionAnnouncements,
    IClock clock
)
{
    private const string Via = "decisions";

    private static readonly MicroconferenceStatus[] Undecided =
    [
        MicroconferenceStatus.Proposed,
        MicroconferenceStatus.ChangesRequested,
    ];

    /// <summary>Sets what is meant with each of these; nothing else changes.</summary>
    /// <returns>How many decisions changed.</returns>
    /// <exception cref="RuleException">
    /// A choice contradicts itself, or names what cannot be decided; none of them is kept then.
    /// </exception>
    public Task<int> DecideAsync(
        int conferenceId,
        IReadOnlyList<ProposalChoice> choices,
        Person by,
        CancellationToken stop
    ) =>
        InTurnAsync(
            conferenceId,
            async () =>
            {
                var now = clock.GetCurrentInstant();
                var microconferences = await db
                    .Microconferences.Include(m => m.Conference)
                    .Where(m => m.ConferenceId == conferenceId)
                    .ToDictionaryAsync(m => m.Id, stop);
                var prepared = await PreparedAsync(conferenceId, stop);
                var place = prepared.Values.Max(d => d.Place) ?? 0;
                var changed = 0;
                foreach (var proposalChoice in choices)
                {
                    Rule.Require(
                        microconferences.TryGetValue(proposalChoice.MicroconferenceId, out var microconference),
                        "One of these microconferences is not there any more. Look at the page again."
                    );
                    prepared.TryGetValue(proposalChoice.MicroconferenceId, out var decision);
                    if (proposalChoice.Verdict is null)
                    {
                        changed += Drop(decision, by, now);
                        continue;
                    }

                    Rule.Require(
                        CanBeDecided(microconference, proposalChoice),
                        $"{microconference.Title} is {microconference.Status.InWords()}; reopen its decision first."
                    );
                    Rule.Require(
                        proposalChoice.IntoId is null || microconferences.ContainsKey(proposalChoice.IntoId.Value),
                        $"{microconference.Title}: there is no such microconference to merge it into."
                    );
                    var before = decision is null ? null : Describe(decision);
                    decision ??= db.Add(new Decision(microconference)).Entity;
                    var wanted =
                        proposalChoice.Verdict is Verdict.Wait
                            ? proposalChoice.Place ?? decision.Place ?? ++place
                            : proposalChoice.Place;
                    if (
                        decision.Decide(
                            proposalChoice.Verdict.Value,
                            proposalChoice.Form,
                            proposalChoice.IntoId is { } into ? microconferences[into] : null,
                            wanted,
                            proposalChoice.Note.Trim(),
                            by,
                            now
                        )
                    )
                    {
                        changed++;
                        Record(decision.Microconference, "decided tentatively", before, Describe(decision), by, now);
                    }
                }

                return changed;
            },
            stop
        );

    /// <summary>Writes the letters of every tentative decision, and holds them.</summary>
    /// <param name="origin">Scheme and host of the site, for the links in the letters.</param>
    /// <returns>How many letters were written.</returns>
    /// <exception cref="RuleException">The decisions contradict each other.</exception>
    public Task<int> ApplyAsync(int conferenceId, string origin, Person by, CancellationToken stop) =>
        InTurnAsync(
            conferenceId,
            async () =>
            {
                var now = clock.GetCurrentInstant();
                var all = await PreparedAsync(conferenceId, stop);
                var tentative = all
                    .Values.Where(d => d.State is DecisionState.Tentative)
                    .OrderBy(d => d.MicroconferenceId)
                    .ToList();
                Rule.Require(tentative.Count > 0, "There is no tentative decision to apply.");
                foreach (var merge in tentative.Where(d => d.Into is not null))
                {
                    var meant = all.GetValueOrDefault(merge.IntoId!.Value)?.Verdict;
                    Rule.Require(
                        meant is Verdict.Accept
                            || meant is null && merge.Into!.Status is MicroconferenceStatus.Accepted,
                        $"{merge.Microconference.Title} is to be merged into {merge.Into!.Title}, which is not "
                            + "going to be accepted."
                    );
                }

                var mails = await MailsAsync(tentative, stop);
                var templates = await db
                    .LetterTemplates.AsNoTracking()
                    .Where(t => t.ConferenceId == conferenceId)
                    .ToDictionaryAsync(t => t.Verdict, stop);
                var written = 0;
                foreach (var decision in tentative)
                {
                    decision.Apply();
                    var template =
                        templates.GetValueOrDefault(decision.Verdict)
                        ?? EmailTemplate.DefaultOf(conferenceId, decision.Verdict);
                    foreach (
                        var lead in decision
                            .Microconference.Leads.OrderBy(l => l.Position)
                            .Where(l => mails.ContainsKey(l.PersonId))
                    )
                    {
                        db.Letters.Add(
                            DecisionEmail.Write(decision, template, lead.Person, mails[lead.PersonId], origin, now)
                        );
                        written++;
                    }

                    Record(decision.Microconference, "wrote the letters", null, Describe(decision), by, now);
                }

                return written;
            },
            stop
        );

    /// <summary>Says how many places there are; null while nobody has counted.</summary>
    public Task<int> OfferAsync(int conferenceId, int? places, Person by, CancellationToken stop) =>
        InTurnAsync(
            conferenceId,
            async () =>
            {
                var conference = await db.Conferences.SingleAsync(c => c.Id == conferenceId, stop);
                var before = JsonSerializer.Serialize(new { places = conference.Places });
                conference.Offer(places);
                db.Record(
                    new Act(by, Via, clock.GetCurrentInstant()),
                    "counted the places",
                    new AuditSubject(conference.Path, conferenceId),
                    before: before,
                    after: JsonSerializer.Serialize(new { places })
                );
                return 1;
            },
            stop
        );

    /// <summary>Takes back the letters that are held, and makes their decisions tentative again.</summary>
    public Task<int> TakeBackAsync(int conferenceId, Person by, CancellationToken stop) =>
        InTurnAsync(
            conferenceId,
            async () =>
            {
                var now = clock.GetCurrentInstant();
                var applied = await AppliedAsync(conferenceId, stop);
                foreach (var (decision, letters) in applied)
                {
                    decision.TakeBack();
                    letters.ForEach(email => email.TakeBack());
                    Record(decision.Microconference, "took the letters back", Describe(decision), null, by, now);
                }

                return applied.Count;
            },
            stop
        );

    /// <summary>
    /// Sends the letters that are held, and makes their decisions true: in one transaction, so that neither is there
    /// without the other.
    /// </summary>
    /// <returns>How many letters are on their way.</returns>
    /// <exception cref="RuleException">
    /// Something happened since that a decision does not fit any more, such as leads who withdrew.
    /// </exception>
    public Task<int> ReleaseAsync(int conferenceId, Person by, CancellationToken stop) =>
        InTurnAsync(
            conferenceId,
            async () =>
            {
                var now = clock.GetCurrentInstant();
                var applied = await AppliedAsync(conferenceId, stop);
                Rule.Require(applied.Count > 0, "No letter is held.");

                // Those that take others in have to be accepted first, and the letters of both say what is true then.
                foreach (var (decision, letters) in applied.OrderBy(a => a.Decision.Verdict))
                {
                    var before = decision.Microconference.Status;
                    await FulfilAsync(decision, by, now, stop);
                    decision.Release(now);
                    letters.ForEach(email => email.Release(now));
                    Record(
                        decision.Microconference,
                        "released the decision",
                        JsonSerializer.Serialize(new { status = before.ToString() }),
                        Describe(decision),
                        by,
                        now,
                        isReleased: true
                    );
                }

                await decisionAnnouncements.DraftAsync(
                    [
                        .. applied
                            .Where(a => a.Decision.Verdict is Verdict.Accept)
                            .Select(a => a.Decision.Microconference),
                    ],
                    by,
                    now,
                    stop
                );
                return applied.Sum(a => a.Letters.Count);
            },
            stop
        );

    /// <summary>Takes back what holds already: the microconference is proposed again.</summary>
    /// <param name="reason">For the record, as others will ask.</param>
    public Task<int> ReopenAsync(int conferenceId, int decisionId, string reason, Person by, CancellationToken stop) =>
        InTurnAsync(
            conferenceId,
            async () =>
            {
                var now = clock.GetCurrentInstant();
                var decision = await db
                    .Decisions.Include(d => d.Microconference.Conference)
                    .SingleOrDefaultAsync(
                        d => d.Id == decisionId && d.Microconference.ConferenceId == conferenceId,
                        stop
                    );
                Rule.Require(decision is not null, "There is no such decision.");
                var before = decision.Microconference.Status;
                decision.Reopen(reason.Trim());
                if (decision.Verdict is not Verdict.Wait)
                {
                    decision.Microconference.Reopen(now);
                }

                Record(
                    decision.Microconference,
                    "reopened the decision",
                    JsonSerializer.Serialize(new { status = before.ToString() }),
                    JsonSerializer.Serialize(
                        new { status = decision.Microconference.Status.ToString(), reason = decision.Reason }
                    ),
                    by,
                    now,
                    isReleased: true
                );
                return 1;
            },
            stop
        );

    private static bool CanBeDecided(Microconference microconference, ProposalChoice proposalChoice) =>
        Undecided.Contains(microconference.Status)
        // The form of an accepted one is often decided later.
        || microconference.Status is MicroconferenceStatus.Accepted
            && proposalChoice is { Verdict: Verdict.Accept, Form: not null };

    private static string Describe(Decision decision) =>
        JsonSerializer.Serialize(
            new
            {
                verdict = decision.Verdict.ToString(),
                form = decision.Form?.ToString(),
                into = decision.Into?.Path,
                place = decision.Place,
                note = decision.Note,
            }
        );

    private async Task FulfilAsync(Decision decision, Person by, Instant now, CancellationToken stop)
    {
        switch (decision.Verdict)
        {
            case Verdict.Accept:
                decision.Microconference.Accept(decision.Form, now);
                break;
            case Verdict.Decline:
                decision.Microconference.Decline(now);
                break;
            case Verdict.Merge:
                await proposalMerge.MergeAsync(decision.Microconference, decision.Into!, by, now, stop);
                Record(
                    decision.Into!,
                    "took another one in",
                    null,
                    JsonSerializer.Serialize(new { merged = decision.Microconference.Path }),
                    by,
                    now,
                    isReleased: true
                );
                break;
        }
    }

    private int Drop(Decision? decision, Person by, Instant now)
    {
        if (decision is null)
        {
            return 0;
        }

        Rule.Require(
            decision.State is DecisionState.Tentative,
            $"The letters about {decision.Microconference.Title} are written. Take them back before you decide anew."
        );
        Record(decision.Microconference, "dropped a tentative decision", Describe(decision), null, by, now);
        db.Remove(decision);
        return 1;
    }

    private Task<Dictionary<int, Decision>> PreparedAsync(int conferenceId, CancellationToken stop) =>
        db
            .Decisions.Include(d => d.Microconference.Conference)
            .Include(d => d.Microconference.Leads)
                .ThenInclude(l => l.Person)
            .Include(d => d.Into)
            .Where(d =>
                d.Microconference.ConferenceId == conferenceId
                && (d.State == DecisionState.Tentative || d.State == DecisionState.Applied)
            )
            .AsSplitQuery()
            .ToDictionaryAsync(d => d.MicroconferenceId, stop);

    private async Task<IReadOnlyList<(Decision Decision, List<Email> Letters)>> AppliedAsync(
        int conferenceId,
        CancellationToken stop
    )
    {
        var decisions = (await PreparedAsync(conferenceId, stop))
            .Values.Where(d => d.State is DecisionState.Applied)
            .ToList();
        var ids = decisions.ConvertAll(d => (int?)d.Id);
        var letters = (
            await db.Letters.Where(l => ids.Contains(l.DecisionId) && l.State == EmailState.Held).ToListAsync(stop)
        ).ToLookup(l => l.DecisionId);
        return [.. decisions.Select(d => (d, letters[d.Id].ToList()))];
    }

    private Task<Dictionary<int, string>> MailsAsync(IReadOnlyList<Decision> decisions, CancellationToken stop)
    {
        int[] leads = [.. decisions.SelectMany(d => d.Microconference.Leads).Select(l => l.PersonId)];
        return db
            .Users.Where(a => leads.Contains(a.PersonId) && a.Email != null && a.EmailConfirmed)
            .ToDictionaryAsync(a => a.PersonId, a => a.Email!, stop);
    }

    // One organizer after the other, so that what one reads is not what another is just changing.
    private async Task<int> InTurnAsync(int conferenceId, Func<Task<int>> change, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM conferences WHERE id = {conferenceId} FOR UPDATE", stop);
        var count = await change();
        await db.SaveOrSayAsync(
            "Somebody changed one of these microconferences at the same moment. Look at the page again, then try "
                + "once more.",
            stop
        );

        await transaction.CommitAsync(stop);
        return count;
    }

    // A microconference's own record is read by its leads: what is not released yet stands in the conference's alone.
    private void Record(
        Microconference microconference,
        string verb,
        string? before,
        string? after,
        Person by,
        Instant now,
        bool isReleased = false
    ) =>
        db.Record(
            new Act(by, Via, now),
            verb,
            new AuditSubject(
                microconference.Path,
                microconference.ConferenceId,
                isReleased ? microconference.Id : null
            ),
            before: before,
            after: after
        );
}
