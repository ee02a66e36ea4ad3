using System.Text.Json;
using LpcSite.Calls;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Markdown;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.People.Picker;
using LpcSite.Rules;
using LpcSite.Texts;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Topics.Submissions;

/// <summary>
/// How a topic comes in: it begins as a draft of its author, and is sent to the leads while their call is open.
/// </summary>
public sealed class TopicSubmissions(
    LpcDbContext db,
    PersonPicker people,
    MarkdownRenderer renderer,
    SubmissionEmails letters,
    IClock clock
)
{
    /// <summary>So many topics one person may keep in one microconference without submitting them.</summary>
    public const int MaxDrafts = 20;

    private const string Via = "submit";
    private const string Raced =
        "Another speaker of this topic saved at the same moment. Your text is below and not saved: look at the "
        + "topic in another window, then save once more if yours is to stand.";

    /// <summary>Where the microconference's call for topics stands now.</summary>
    public async Task<Deadline> DeadlineAsync(Microconference microconference, CancellationToken stop) =>
        new(
            await CallDocument.FindAsync(db, microconference.ConferenceId, microconference.Id, stop),
            clock.GetCurrentInstant(),
            IsOfTopics: true
        );

    /// <summary>Saves what was typed, as a draft where <paramref name="known"/> is null.</summary>
    /// <param name="known">With its speakers.</param>
    /// <exception cref="RuleException">
    /// Something cannot be like this, or somebody else saved first. Nothing is saved.
    /// </exception>
    public async Task<Topic> SaveAsync(
        Microconference microconference,
        Topic? known,
        SubmittedText text,
        Person by,
        CancellationToken stop
    )
    {
        Rule.Require(
            microconference.Status is MicroconferenceStatus.Accepted,
            $"{microconference.Title} takes topics while it is accepted, and is {microconference.Status.InWords()}. "
                + "Nothing is saved."
        );
        var now = clock.GetCurrentInstant();
        if (known is not null)
        {
            await RequireChangeableAsync(microconference, known, now, stop);
        }
        else
        {
            Rule.Require(
                await db.Topics.CountAsync(t => t.MicroconferenceId == microconference.Id, stop)
                    < Topic.MaxOfMicroconference,
                $"{microconference.Title} has {Topic.MaxOfMicroconference} topics already, and takes no more."
            );
        }

        Rule.Require(MarkdownRenderer.Problem(text.Problem) is null, MarkdownRenderer.Problem(text.Problem) ?? "");
        await using var transaction = known is null ? await db.Database.BeginTransactionAsync(stop) : null;
        if (known is null)
        {
            await RequireFewDraftsAsync(microconference, by, stop);
        }

        var before = known is null ? null : Describe(known);
        var topic =
            known
            ?? db.Add(
                Topic.DraftedBy(by, text.Title, microconference.Id, await NextPositionAsync(microconference, stop))
            ).Entity;
        var details = renderer.Render(text.Problem, AnchorPrefix.OfTopic(microconference.Slug, topic.Position));
        topic.Revise(text.Title, details, text.Minutes, text.Links, text.Availability, text.BasedOn, by, now);
        await NameSpeakersAsync(topic, text, now, stop);
        Record(microconference, topic, known is null ? "began a topic" : "changed a topic", before, by, now);
        await SaveAsync(stop);
        await (transaction?.CommitAsync(stop) ?? Task.CompletedTask);
        return topic;
    }

    /// <summary>Sends a draft that was saved a moment ago, so that a refusal costs nothing that was typed.</summary>
    /// <param name="lateKey">What a late link's address carried.</param>
    /// <param name="origin">Scheme and host of the site, for the links in the letters.</param>
    /// <returns>One sentence: that it has come in, or why it is still a draft.</returns>
    public async Task<string> TrySubmitAsync(
        Microconference microconference,
        Topic topic,
        string? lateKey,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        try
        {
            var now = clock.GetCurrentInstant();
            var call = await db.Calls.SingleOrDefaultAsync(c => c.MicroconferenceId == microconference.Id, stop);
            Rule.Require(
                call is not null,
                $"{microconference.Title} does not call for topics yet. Your text is kept as a draft."
            );
            await db.RequireAdmissionAsync(call, lateKey, now, stop);
            var before = Describe(topic);
            topic.Submit(now);
            Record(microconference, topic, "submitted a topic", before, by, now);
            await letters.AddAsync(microconference, topic, call, by, origin, now, stop);
            await SaveAsync(stop);
            return "It has come in. The leads are told, and you have it in writing.";
        }
        catch (RuleException broken)
        {
            return broken.Message;
        }
    }

    /// <summary>Sends again what the leads wanted to have changed, whatever the deadline says.</summary>
    /// <returns>One sentence: that they are told, or why not.</returns>
    public async Task<string> AnswerAsync(
        Microconference microconference,
        Topic topic,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        try
        {
            var now = clock.GetCurrentInstant();
            topic.Submit(now);
            Record(microconference, topic, "sent a topic again", null, by, now);
            await letters.AddAnswerAsync(microconference, topic, by, origin, now, stop);
            await SaveAsync(stop);
            return "The leads are told that it is changed.";
        }
        catch (RuleException broken)
        {
            return broken.Message;
        }
    }

    /// <summary>Takes it back; it stays on record.</summary>
    public async Task WithdrawAsync(
        Microconference microconference,
        Topic topic,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        var (before, now) = (Describe(topic), clock.GetCurrentInstant());
        topic.Withdraw();
        Record(microconference, topic, "withdrew a topic", before, by, now);
        await letters.AddWithdrawalAsync(microconference, topic, by, origin, now, stop);
        await SaveAsync(stop);
    }

    /// <summary>Puts back what was withdrawn, as it was.</summary>
    public async Task RestoreAsync(
        Microconference microconference,
        Topic topic,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        Rule.Require(
            microconference.Status is MicroconferenceStatus.Accepted,
            $"{microconference.Title} is {microconference.Status.InWords()}, and takes topics while it is accepted."
        );
        var (before, now) = (Describe(topic), clock.GetCurrentInstant());
        topic.Restore();
        Record(microconference, topic, "restored a topic", before, by, now);
        await letters.AddRestorationAsync(microconference, topic, by, origin, now, stop);
        await SaveAsync(stop);
    }

    /// <summary>Why its author cannot change it now; null when they can.</summary>
    public static string? Refusal(Topic topic, CallDocument? call, Instant now) =>
        topic.Status switch
        {
            TopicStatus.Draft => null,
            TopicStatus.Withdrawn => "This topic was withdrawn.",
            TopicStatus.Declined => "The leads have decided about this topic.",
            TopicStatus.Merged => "This topic has become a part of another one.",
            _ when topic.Asked is not null => null,
            _ when call is not null
                    && (call.AllowsChanges || topic.Status is TopicStatus.Submitted && call.IsOpen(now)) => null,
            _ => "The call has closed, and what came in stands as it is. Write to the leads if something has to be "
                + "changed.",
        };

    // Who is no longer named needs no longer answer.
    private async Task NameSpeakersAsync(Topic topic, SubmittedText text, Instant now, CancellationToken stop)
    {
        var named = await people.FindOrAddAsync([.. text.Speakers.Select(s => s.Who)], stop);
        topic.SpokenBy(named, topic.OpenSpeakers, text.SpeakersNote);
        foreach (var (person, row) in named.Zip(text.Speakers).DistinctBy(pair => pair.First))
        {
            topic.Plan(person, row.Attendance, row.IsAlternative, row.Mail);
        }

        var open = await db
            .Invitations.Where(i =>
                i.TopicId == topic.Id
                && i.TopicId != 0
                && i.AcceptedAt == null
                && i.DeclinedAt == null
                && i.WithdrawnAt == null
                && now < i.ExpiresAt
            )
            .ToListAsync(stop);
        open.FindAll(i => topic.Speakers.All(s => s.Person.Id != i.PersonId)).ForEach(i => i.Withdraw(now));
    }

    private async Task RequireChangeableAsync(
        Microconference microconference,
        Topic topic,
        Instant now,
        CancellationToken stop
    )
    {
        var refusal = Refusal(
            topic,
            await CallDocument.FindAsync(db, microconference.ConferenceId, microconference.Id, stop),
            now
        );
        Rule.Require(refusal is null, refusal ?? "");
    }

    private async Task RequireFewDraftsAsync(Microconference microconference, Person by, CancellationToken stop)
    {
        await db.TakeTurnAsync(by, stop);
        var drafts = await db.Topics.CountAsync(
            t => t.MicroconferenceId == microconference.Id && t.Status == TopicStatus.Draft && t.SubmitterId == by.Id,
            stop
        );
        Rule.Require(
            drafts < MaxDrafts,
            $"You have {MaxDrafts} drafts for {microconference.Title}. Submit or continue editing one of them first."
        );
    }

    private async Task<int> NextPositionAsync(Microconference microconference, CancellationToken stop) =>
        1 + await db.Topics.Where(t => t.MicroconferenceId == microconference.Id).MaxAsync(t => (int?)t.Position, stop)
        ?? 0;

    // Drafts are their author's: the record, which leads read, says nothing of them.
    private void Record(
        Microconference microconference,
        Topic topic,
        string verb,
        string? before,
        Person by,
        Instant now
    )
    {
        if (topic.SubmittedAt is not null)
        {
            db.Record(new Act(by, Via, now), verb, microconference.AsSubject(), before: before, after: Describe(topic));
        }
    }

    private static string Describe(Topic topic) =>
        JsonSerializer.Serialize(
            new
            {
                title = topic.Title,
                status = topic.Status.ToString(),
                revision = topic.RevisionNumber,
                speakers = topic.Speakers.OrderBy(s => s.Position).Select(s => s.Person.Name),
            }
        );

    private Task SaveAsync(CancellationToken stop) => db.SaveOrSayAsync(Raced, stop);
}
