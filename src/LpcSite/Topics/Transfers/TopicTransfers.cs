using System.Text.Json;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Decisions;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Topics.Transfers;

/// <summary>
/// A topic that fits better elsewhere: its leads offer it to those of another microconference, who take it over or
/// leave it. Its author is told once it has moved; the addresses that it had lead on.
/// </summary>
public sealed class TopicTransfers(LpcDbContext db, TopicEmails letters, MarkdownRenderer renderer, IClock clock)
{
    private const string Via = "lead/topics";

    /// <param name="topic">One of <paramref name="from"/>.</param>
    /// <param name="to">The slug of the other microconference, of the same conference.</param>
    /// <param name="words">To its leads; may be empty.</param>
    /// <exception cref="RuleException">It cannot be offered, or not there.</exception>
    public async Task OfferAsync(
        Microconference from,
        Topic topic,
        string to,
        string words,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        var now = clock.GetCurrentInstant();

        // Who plans it at the same moment waits here: a topic is planned or offered, never both.
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.TakeTurnAsync(from, stop);
        var other = await db
            .Microconferences.Include(m => m.Conference)
            .Include(m => m.Leads)
            .SingleOrDefaultAsync(
                m => m.ConferenceId == from.ConferenceId && m.Slug == to && m.Status == MicroconferenceStatus.Accepted,
                stop
            );
        Rule.Require(other is not null, "Choose the microconference whose leads are to take it over.");
        var prepared = await db
            .TopicDecisions.Where(d =>
                d.TopicId == topic.Id && (d.State == DecisionState.Tentative || d.State == DecisionState.Applied)
            )
            .SingleOrDefaultAsync(stop);
        Rule.Require(
            prepared is null,
            $"“{topic.Title}” is planned here. Take it out of the plan before you offer it to others."
        );
        topic.OfferTo(other, words);
        Record(from, topic, "offered a topic to another microconference", new { to = other.Path, words }, by, now);
        await letters.TellLeadsAsync(
            other,
            topic,
            [
                $"The leads of \"{from.Title}\" think that the topic \"{topic.Title}\" belongs to "
                    + $"\"{other.Title}\", which you lead, and offer it to you.",
                .. words.Length == 0 ? Array.Empty<string>() : [words],
                "Read it, then take it over or leave it to them. Until then it stays where it is:",
                FormattableString.Invariant($"{origin}{other.Path}/lead/topics#offered"),
            ],
            by,
            now,
            stop
        );
        await SaveAsync(topic, stop);
        await transaction.CommitAsync(stop);
    }

    /// <summary>Its own leads think again.</summary>
    public Task TakeBackAsync(Microconference from, Topic topic, Person by, CancellationToken stop)
    {
        topic.KeepHere();
        Record(from, topic, "took an offer back", null, by, clock.GetCurrentInstant());
        return SaveAsync(topic, stop);
    }

    /// <param name="here">The microconference to whose leads it was offered, with its conference and leads.</param>
    public async Task TakeOverAsync(Microconference here, Topic topic, Person by, string origin, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var from = await FromAsync(topic, stop);
        var position =
            1
            + (await db.Topics.Where(t => t.MicroconferenceId == here.Id).MaxAsync(t => (int?)t.Position, stop) ?? -1);
        topic.GoOver(here, position, renderer.Render(topic.Details.Source, AnchorPrefix.OfTopic(here.Slug, position)));
        Record(here, topic, "took a topic over", new { from = from.Path }, by, now);
        Record(from, topic, "gave a topic away", new { to = here.Path }, by, now);
        await letters.TellAsync(
            here,
            topic,
            [
                $"The leads of \"{from.Title}\" and of \"{here.Title}\" at {here.Conference.Name} agreed that your "
                    + $"topic \"{topic.Title}\" belongs to the latter. It came in there, and its leads decide about "
                    + "it. You find it here:",
                FormattableString.Invariant($"{origin}{here.Path}/submit/{topic.Id}"),
            ],
            by,
            now,
            stop
        );

        // Its time was in the session of the others, where it leaves a gap.
        db.SessionItems.RemoveRange(await db.SessionItems.Where(i => i.TopicId == topic.Id).ToListAsync(stop));

        // Who was asked to speak answers those who decide now.
        await db
            .Invitations.Where(i => i.TopicId == topic.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.MicroconferenceId, here.Id), stop);
        await letters.TellLeadsAsync(
            from,
            topic,
            [
                $"The leads of \"{here.Title}\" have taken over the topic \"{topic.Title}\" that you offered them. "
                    + "Its author is told.",
            ],
            by,
            now,
            stop
        );
        await SaveAsync(topic, stop);
        await transaction.CommitAsync(stop);
    }

    /// <summary>Leaves it where it is.</summary>
    public async Task RefuseAsync(Microconference here, Topic topic, Person by, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var from = await FromAsync(topic, stop);
        Rule.Require(topic.OfferedToId == here.Id, $"“{topic.Title}” is not offered to {here.Title} any more.");
        topic.KeepHere();
        Record(here, topic, "left a topic to others", new { to = from.Path }, by, now);
        await letters.TellLeadsAsync(
            from,
            topic,
            [
                $"The leads of \"{here.Title}\" leave the topic \"{topic.Title}\" to you. It waits for your "
                    + "decision as before.",
            ],
            by,
            now,
            stop
        );
        await SaveAsync(topic, stop);
    }

    private Task<Microconference> FromAsync(Topic topic, CancellationToken stop) =>
        db
            .Microconferences.Include(m => m.Conference)
            .Include(m => m.Leads)
            .SingleAsync(m => m.Id == topic.MicroconferenceId, stop);

    private void Record(
        Microconference microconference,
        Topic topic,
        string verb,
        object? what,
        Person by,
        Instant now
    ) =>
        db.Record(
            new Act(by, Via, now),
            verb,
            microconference.AsSubject(),
            after: JsonSerializer.Serialize(new { title = topic.Title, what })
        );

    private Task SaveAsync(Topic topic, CancellationToken stop) =>
        db.SaveOrSayAsync(
            $"Somebody else changed “{topic.Title}” at the same moment. Look at it again, then decide.",
            stop
        );
}
