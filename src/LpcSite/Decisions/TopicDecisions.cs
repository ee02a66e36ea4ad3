using System.Text.Json;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Emails;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Decisions;

/// <summary>
/// The leads choose among what came in: they plan in quiet against the minutes that there are, write the letters, read
/// them, and release them. Nobody else learns anything before that, and then everybody whom it concerns does in the
/// same moment.
/// </summary>
public sealed class TopicDecisions(LpcDbContext db, TopicEmails letters, MarkdownRenderer renderer, IClock clock)
{
    private const string Via = "lead/topics";

    /// <summary>Sets what is meant with each of these; nothing else changes.</summary>
    /// <returns>How many decisions changed.</returns>
    /// <exception cref="RuleException">
    /// A choice contradicts itself, or names what cannot be decided; none of them is kept then.
    /// </exception>
    public Task<int> PlanAsync(
        Microconference microconference,
        IReadOnlyList<TopicChoice> choices,
        Person by,
        CancellationToken stop
    ) =>
        InTurnAsync(
            microconference,
            async () =>
            {
                var now = clock.GetCurrentInstant();
                var topics = await db
                    .Topics.Where(t => t.MicroconferenceId == microconference.Id && t.Status != TopicStatus.Draft)
                    .ToDictionaryAsync(t => t.Id, stop);
                var prepared = (await PreparedAsync(microconference, stop)).ToDictionary(d => d.TopicId);
                var changed = 0;
                foreach (var choice in choices)
                {
                    Rule.Require(
                        topics.TryGetValue(choice.TopicId, out var topic),
                        "One of these topics is not here any more. Look at the page again."
                    );
                    Rule.Require(
                        choice.IntoId is null || topics.ContainsKey(choice.IntoId.Value),
                        $"“{topic.Title}”: there is no such topic for it to become a part of."
                    );
                    prepared.TryGetValue(choice.TopicId, out var decision);
                    if (choice.Verdict is not { } verdict)
                    {
                        changed += Drop(microconference, decision, by, now);
                        continue;
                    }

                    var before = decision is null ? null : Describe(decision);
                    decision ??= db.Add(new TopicDecision(topic)).Entity;
                    if (
                        decision.Decide(
                            verdict,
                            choice.Minutes,
                            choice.IntoId is { } into ? topics[into] : null,
                            choice.Note.Trim(),
                            by,
                            now
                        )
                    )
                    {
                        changed++;
                        Record(microconference, "planned a topic", before, Describe(decision), by, now);
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
    public Task<int> WriteLettersAsync(
        Microconference microconference,
        string origin,
        Person by,
        CancellationToken stop
    ) =>
        InTurnAsync(
            microconference,
            async () =>
            {
                var now = clock.GetCurrentInstant();
                var all = await PreparedAsync(microconference, stop);
                var tentative = all.Where(d => d.State is DecisionState.Tentative).ToList();
                Rule.Require(tentative.Count > 0, "Nothing is planned that has no letter yet.");
                foreach (var merge in tentative.Where(d => d.Into is not null))
                {
                    var isGoingIn =
                        Topic.PublicStatuses.Contains(merge.Into!.Status)
                        || all.Any(d => d.TopicId == merge.IntoId && d.Verdict is TopicVerdict.Accept);
                    Rule.Require(
                        isGoingIn,
                        $"“{merge.Topic.Title}” is to become a part of “{merge.Into.Title}”, which is not going to "
                            + "be accepted."
                    );
                }

                tentative.ForEach(decision => decision.Apply());
                Record(
                    microconference,
                    "wrote the letters about topics",
                    null,
                    JsonSerializer.Serialize(tentative.Select(d => d.Topic.Title)),
                    by,
                    now
                );
                return await letters.AddAsync(microconference, tentative, by, origin, now, stop);
            },
            stop
        );

    /// <summary>Takes back the letters that are held, and makes their decisions tentative again.</summary>
    /// <returns>How many decisions that were.</returns>
    public Task<int> TakeBackAsync(Microconference microconference, Person by, CancellationToken stop) =>
        InTurnAsync(
            microconference,
            async () =>
            {
                var now = clock.GetCurrentInstant();
                var applied = await AppliedAsync(microconference, stop);
                foreach (var (decision, held) in applied)
                {
                    decision.TakeBack();
                    held.ForEach(email => email.TakeBack());
                    Record(microconference, "took the letters back", Describe(decision), null, by, now);
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
    /// Something happened since that a decision does not fit any more, such as an author who withdrew.
    /// </exception>
    public Task<int> ReleaseAsync(Microconference microconference, Person by, CancellationToken stop) =>
        InTurnAsync(
            microconference,
            async () =>
            {
                var now = clock.GetCurrentInstant();
                var applied = await AppliedAsync(microconference, stop);
                Rule.Require(applied.Count > 0, "No letter about a topic is held.");

                // Those that take others in have to be accepted first.
                foreach (var (decision, held) in applied.OrderBy(a => a.Decision.Verdict))
                {
                    Fulfil(microconference, decision, by, now);
                    decision.Release(now);
                    held.ForEach(email => email.Release(now));
                    Record(microconference, "released a decision", null, Describe(decision), by, now);
                }

                microconference.Touch(now);
                return applied.Sum(a => a.Letters.Count);
            },
            stop
        );

    /// <summary>Takes back what holds already. Nobody is written to: the next decision says what holds then.</summary>
    public Task<int> ReconsiderAsync(Microconference microconference, Topic topic, Person by, CancellationToken stop) =>
        InTurnAsync(
            microconference,
            async () =>
            {
                var now = clock.GetCurrentInstant();
                var before = topic.StatusWord;
                topic.Reconsider();
                foreach (
                    var released in await db
                        .TopicDecisions.Where(d => d.TopicId == topic.Id && d.State == DecisionState.Released)
                        .ToListAsync(stop)
                )
                {
                    released.Reopen("The leads think again.");
                }

                microconference.Touch(now);
                Record(
                    microconference,
                    "took a decision back",
                    JsonSerializer.Serialize(new { title = topic.Title, status = before }),
                    JsonSerializer.Serialize(new { title = topic.Title, status = topic.StatusWord }),
                    by,
                    now
                );
                return 1;
            },
            stop
        );

    private static string Describe(TopicDecision decision) =>
        JsonSerializer.Serialize(
            new
            {
                title = decision.Topic.Title,
                verdict = decision.Verdict.ToString(),
                minutes = decision.Minutes,
                into = decision.Into?.Title,
                note = decision.Note,
            }
        );

    private void Fulfil(Microconference microconference, TopicDecision decision, Person by, Instant now)
    {
        var topic = decision.Topic;
        switch (decision.Verdict)
        {
            case TopicVerdict.Accept:
                topic.Accept(decision.Minutes);
                break;
            case TopicVerdict.Decline:
                topic.Decline();
                break;
            default:
                var text = JoinedText.Of(decision.Into!.Details.Source, topic.Title, topic.Details.Source);
                Rule.Require(
                    MarkdownRenderer.Problem(text) is null,
                    $"“{topic.Title}” and “{decision.Into.Title}” together: {MarkdownRenderer.Problem(text)}"
                );
                topic.MergeInto(
                    decision.Into,
                    renderer.Render(text, AnchorPrefix.OfTopic(microconference.Slug, decision.Into.Position)),
                    by,
                    now
                );
                break;
        }
    }

    private int Drop(Microconference microconference, TopicDecision? decision, Person by, Instant now)
    {
        if (decision is null)
        {
            return 0;
        }

        Rule.Require(
            decision.State is DecisionState.Tentative,
            $"The letters about “{decision.Topic.Title}” are written. Take them back before you decide anew."
        );
        Record(microconference, "dropped a plan", Describe(decision), null, by, now);
        db.Remove(decision);
        return 1;
    }

    private Task<List<TopicDecision>> PreparedAsync(Microconference microconference, CancellationToken stop) =>
        db
            .TopicDecisions.Include(d => d.Topic.Speakers)
                .ThenInclude(s => s.Person)
            .Include(d => d.Into!.Speakers)
            .Where(d =>
                d.Topic.MicroconferenceId == microconference.Id
                && (d.State == DecisionState.Tentative || d.State == DecisionState.Applied)
            )
            .OrderBy(d => d.TopicId)
            .AsSplitQuery()
            .ToListAsync(stop);

    private async Task<IReadOnlyList<(TopicDecision Decision, List<Email> Letters)>> AppliedAsync(
        Microconference microconference,
        CancellationToken stop
    )
    {
        var decisions = (await PreparedAsync(microconference, stop))
            .Where(d => d.State is DecisionState.Applied)
            .ToList();
        var ids = decisions.ConvertAll(d => (int?)d.Id);
        var held = (
            await db.Letters.Where(l => ids.Contains(l.TopicDecisionId) && l.State == EmailState.Held).ToListAsync(stop)
        ).ToLookup(l => l.TopicDecisionId);
        return [.. decisions.Select(d => (d, held[d.Id].ToList()))];
    }

    // One lead after the other, so that what one reads is not what another is just changing.
    private async Task<int> InTurnAsync(Microconference microconference, Func<Task<int>> change, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.TakeTurnAsync(microconference, stop);
        var count = await change();
        await db.SaveOrSayAsync(
            "Somebody changed one of these topics at the same moment. Look at the page again, then try once more.",
            stop
        );

        await transaction.CommitAsync(stop);
        return count;
    }

    private void Record(
        Microconference microconference,
        string verb,
        string? before,
        string? after,
        Person by,
        Instant now
    ) => db.Record(new Act(by, Via, now), verb, microconference.AsSubject(), before: before, after: after);
}
