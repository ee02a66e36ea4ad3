using System.Text.Json;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.Materials;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Topics.Speakers;

/// <summary>To whom the leads write.</summary>
public enum Readers
{
    /// <summary>Everybody who submitted a topic or speaks in one, whatever was decided.</summary>
    All,

    /// <summary>Those of the topics that are in the microconference.</summary>
    Accepted,

    /// <summary>Those of accepted topics to which nobody has brought slides.</summary>
    WithoutSlides,
}

/// <summary>
/// The leads write to their speakers: one letter each, however many topics somebody has, held in the outbox until it is
/// released there. So the lead sees whom it reaches before it goes out, and can take it back.
/// </summary>
public sealed class SpeakerEmails(LpcDbContext db, IClock clock)
{
    public const int TextMaxLength = 8000;

    private const string Via = "lead/letters";

    /// <summary>Who of these the site has an address of, and who not.</summary>
    public async Task<IReadOnlyList<Reached>> ReadersAsync(
        Microconference microconference,
        Readers readers,
        CancellationToken stop
    )
    {
        var topics = await TopicsOf(microconference, readers)
            .OrderBy(t => t.Position)
            .Select(t => new
            {
                t.Title,
                People = t.Speakers.Select(s => s.PersonId).ToList(),
                t.SubmitterId,
            })
            .ToListAsync(stop);
        var titles = topics
            .SelectMany(
                t => t.People.Append(t.SubmitterId ?? 0).Where(id => id != 0).Distinct(),
                (t, person) => (Person: person, t.Title)
            )
            .ToLookup(x => x.Person, x => x.Title);
        var people = titles.Select(x => x.Key).ToList();
        var found = await db
            .People.Where(p => people.Contains(p.Id) && p.ErasedAt == null)
            .OrderBy(p => p.Name)
            .Select(p => new
            {
                p.Id,
                p.Name,
                Mail = db
                    .Users.Where(a => a.PersonId == p.Id && a.EmailConfirmed)
                    .Select(a => a.Email)
                    .FirstOrDefault(),
            })
            .ToListAsync(stop);
        return [.. found.Select(p => new Reached(p.Id, p.Name, p.Mail, [.. titles[p.Id]]))];
    }

    /// <summary>Writes the letters, and holds them.</summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="RuleException">There is nobody to write to, or nothing to say.</exception>
    public async Task<int> WriteAsync(
        Microconference microconference,
        Readers readers,
        string subject,
        string text,
        Person by,
        CancellationToken stop
    )
    {
        Rule.Require(
            subject.Length is > 0 and <= Email.SubjectMaxLength && !subject.Any(char.IsControl),
            $"The subject is one line of 1 to {Email.SubjectMaxLength} characters."
        );
        Rule.Require(
            text.Length is > 0 and <= TextMaxLength,
            $"The text has 1 to {TextMaxLength} characters; this one has {text.Length}."
        );
        var reached = (await ReadersAsync(microconference, readers, stop)).Where(r => r.Mail is not null).ToList();
        Rule.Require(
            reached.Count > 0,
            "There is nobody to write to: none of them has an account with a mail address."
        );
        var (now, answersTo) = (
            clock.GetCurrentInstant(),
            await db
                .Users.Where(a => a.PersonId == by.Id && a.EmailConfirmed)
                .Select(a => a.Email)
                .SingleOrDefaultAsync(stop)
        );
        var thread = FormattableString.Invariant($"speakers/{microconference.Id}/{now.ToUnixTimeMilliseconds()}");
        db.Letters.AddRange(
            reached.Select(reader =>
                new Email(
                    reader.PersonId,
                    reader.Name,
                    reader.Mail!,
                    subject,
                    EmailText.WriteUnder(
                        answersTo is null ? EmailText.Footer : EmailText.FooterOf(by.Name),
                        reader.Name,
                        [.. Paragraphs(text), AboutOf(microconference, reader)]
                    ),
                    now
                )
                    .About(microconference.ConferenceId, microconference.Id, thread)
                    .OfLeads(by.Name, answersTo)
                    .HeldByLeads(null)
            )
        );
        Record(
            microconference,
            "wrote to speakers",
            new
            {
                readers = readers.ToString(),
                subject,
                text,
                letters = reached.Count,
            },
            by,
            now
        );
        await db.SaveChangesAsync(stop);
        return reached.Count;
    }

    /// <summary>Sends the letters of one writing that are held, or takes them back.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> EndAsync(
        Microconference microconference,
        string thread,
        bool release,
        Person by,
        CancellationToken stop
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var now = clock.GetCurrentInstant();

        // Locked, so that two leads who press at once do not both count them.
        var held = await db
            .Letters.FromSql(
                $"""
                SELECT * FROM letters
                WHERE microconference_id = {microconference.Id} AND thread = {thread}
                  AND state = 'Held' AND is_of_leads AND topic_decision_id IS NULL
                FOR UPDATE
                """
            )
            .ToListAsync(stop);
        Rule.Require(held.Count > 0, "None of these letters is held any more.");
        held.ForEach(email =>
        {
            if (release)
            {
                email.Release(now);
            }
            else
            {
                email.TakeBack();
            }
        });
        Record(
            microconference,
            release ? "sent letters to speakers" : "took letters to speakers back",
            new { subject = held[0].Subject, letters = held.Count },
            by,
            now
        );
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return held.Count;
    }

    private static string[] Paragraphs(string text) =>
        text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

    private static string AboutOf(Microconference microconference, Reached reader) =>
        $"You get this because of {string.Join(", ", reader.Topics.Select(title => $"\"{title}\""))} in "
        + $"{EmailText.QuotedMicroconference(microconference.Title)} at {microconference.Conference.Name}.";

    private IQueryable<Topic> TopicsOf(Microconference microconference, Readers readers)
    {
        var topics = db.Topics.Where(t =>
            t.MicroconferenceId == microconference.Id
            && (t.SubmittedAt != null || Topic.PublicStatuses.Contains(t.Status))
        );
        return readers switch
        {
            Readers.Accepted => topics.Public(),
            Readers.WithoutSlides => topics.WithoutSlides(db),
            _ => topics.Where(t => t.Status != TopicStatus.Withdrawn),
        };
    }

    private void Record(Microconference microconference, string verb, object what, Person by, Instant now) =>
        db.Record(new Act(by, Via, now), verb, microconference.AsSubject(), after: JsonSerializer.Serialize(what));

    /// <summary>Somebody to write to.</summary>
    /// <param name="Mail">Null where the site has no address of theirs.</param>
    public sealed record Reached(int PersonId, string Name, string? Mail, IReadOnlyList<string> Topics);
}
