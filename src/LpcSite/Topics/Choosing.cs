using System.Text.Json;
using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.Letters;
using LpcSite.Microconferences;
using LpcSite.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Topics;

/// <summary>How the leads choose among what came in. Whoever submitted and whoever speaks has it in writing, in the same transaction.</summary>
public sealed class Choosing(LpcDbContext db, IClock clock)
{
    public const int NoteMaxLength = 2000;

    private const string Via = "lead/topics";

    /// <param name="topic">With its speakers.</param>
    /// <param name="note">What its author is told beside the decision; may be empty.</param>
    public Task AcceptAsync(Microconference microconference, Topic topic, string note, Person by, string origin, CancellationToken stop) => DecideAsync(
        microconference, topic, t => t.Accept(), "accepted a topic", note, by,
        [
            $"The leads of the microconference \"{microconference.Title}\" at {microconference.Conference.Name} have accepted the topic \"{topic.Title}\". It stands on the page of the microconference now:",
            FormattableString.Invariant($"{origin}{microconference.Path}/topics/{topic.Id}"),
        ], stop);

    public Task DeclineAsync(Microconference microconference, Topic topic, string note, Person by, CancellationToken stop) => DecideAsync(
        microconference, topic, t => t.Decline(), "declined a topic", note, by,
        [$"Thank you for the topic \"{topic.Title}\". The leads of the microconference \"{microconference.Title}\" at {microconference.Conference.Name} could not find a place for it this time."], stop);

    /// <summary>Takes a decision back. Nobody is written to: the next decision says what holds.</summary>
    public Task ReconsiderAsync(Microconference microconference, Topic topic, Person by, CancellationToken stop) =>
        DecideAsync(microconference, topic, t => t.Reconsider(), "took a decision back", "", by, null, stop);

    private async Task DecideAsync(Microconference microconference, Topic topic, Action<Topic> decide, string verb, string note, Person by, string[]? paragraphs, CancellationToken stop)
    {
        Rule.Require(note.Length <= NoteMaxLength, $"The note has {note.Length} characters; {NoteMaxLength} fit.");
        var (before, now) = (Describe(topic), clock.GetCurrentInstant());
        var wasPublic = Topic.PublicStatuses.Contains(topic.Status);
        decide(topic);
        if (wasPublic || Topic.PublicStatuses.Contains(topic.Status))
        {
            microconference.Touch(now);
        }

        db.AuditEntries.Add(new AuditEntry(by, Via, verb, microconference.Path, before, Describe(topic), now).About(microconference.ConferenceId, microconference.Id));
        if (paragraphs is not null)
        {
            await WriteAsync(microconference, topic, note.Length == 0 ? paragraphs : [.. paragraphs, note], now, stop);
        }

        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException raced) when (raced.IsRace())
        {
            throw new RuleException($"Somebody else changed “{topic.Title}” at the same moment. Look at it again, then decide.");
        }
    }

    private async Task WriteAsync(Microconference microconference, Topic topic, IReadOnlyList<string> paragraphs, Instant now, CancellationToken stop)
    {
        int[] people = [.. topic.Speakers.Select(s => s.PersonId).Append(topic.SubmitterId ?? 0)];
        var readers = await db.Users.Where(a => a.EmailConfirmed && people.Contains(a.PersonId)).OrderBy(a => a.PersonId).Select(a => new { a.PersonId, a.Person.Name, Mail = a.Email! }).ToListAsync(stop);
        db.Letters.AddRange(readers.Select(reader =>
            new Letter(reader.PersonId, reader.Name, reader.Mail, $"Topic: {topic.Title}", LetterText.Write(reader.Name, paragraphs), now)
                .About(microconference.ConferenceId, microconference.Id, FormattableString.Invariant($"topic/{topic.Id}"))));
    }

    private static string Describe(Topic topic) => JsonSerializer.Serialize(new { title = topic.Title, status = topic.Status.ToString() });
}
