using LpcSite.Data;
using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Texts;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Decisions;

/// <summary>
/// What the leads write to those who submitted a topic and those who speak in it: who that is, in the words of each
/// occasion, with answers going to the lead who wrote. Rows only; whoever causes them saves.
/// </summary>
public sealed class TopicEmails(LpcDbContext db)
{
    /// <summary>Tells of decisions, in letters that are held until the leads release them.</summary>
    /// <returns>How many letters that are; who has no account gets none.</returns>
    public async Task<int> AddAsync(
        Microconference microconference,
        IReadOnlyList<TopicDecision> decisions,
        Person by,
        string origin,
        Instant now,
        CancellationToken stop
    )
    {
        var readers = await ReadersAsync([.. decisions.SelectMany(d => PeopleOf(d.Topic)), by.Id], stop);
        var written = 0;
        foreach (var decision in decisions)
        {
            foreach (var reader in PeopleOf(decision.Topic).Select(readers.GetValueOrDefault).OfType<Reader>())
            {
                db.Letters.Add(
                    Write(
                            microconference,
                            decision.Topic,
                            reader,
                            Words(microconference, decision, origin),
                            by,
                            readers,
                            now
                        )
                        .HeldByLeads(decision.Id)
                );
                written++;
            }
        }

        return written;
    }

    /// <summary>Tells the people of one topic something at once.</summary>
    /// <param name="topic">With its speakers.</param>
    /// <returns>Whether anybody could be written to.</returns>
    public async Task<bool> TellAsync(
        Microconference microconference,
        Topic topic,
        IReadOnlyList<string> paragraphs,
        Person by,
        Instant now,
        CancellationToken stop
    )
    {
        var readers = await ReadersAsync([.. PeopleOf(topic), by.Id], stop);
        var told = PeopleOf(topic).Select(readers.GetValueOrDefault).OfType<Reader>().ToList();
        db.Letters.AddRange(told.Select(reader => Write(microconference, topic, reader, paragraphs, by, readers, now)));
        return told.Count > 0;
    }

    /// <summary>
    /// Tells those who sent a topic and speak about it what one of them did, but for that one and the leads, who hear
    /// it as leads.
    /// </summary>
    /// <param name="topic">With its speakers.</param>
    public async Task TellOthersAsync(
        Microconference microconference,
        Topic topic,
        IReadOnlyList<string> paragraphs,
        Person by,
        Instant now,
        CancellationToken stop
    )
    {
        var readers = await ReadersAsync([.. PeopleOf(topic), by.Id], stop);
        var leads = microconference.Leads.Select(l => l.PersonId).ToHashSet();
        db.Letters.AddRange(
            PeopleOf(topic)
                .Where(id => id != by.Id && (topic.SubmittedAt is null || !leads.Contains(id)))
                .Select(readers.GetValueOrDefault)
                .OfType<Reader>()
                .Select(reader => Write(microconference, topic, reader, paragraphs, by, readers, now))
        );
    }

    /// <summary>
    /// Tells the leads of a microconference what somebody else did about a topic, as they like to get their mail.
    /// </summary>
    /// <param name="microconference">With its conference and leads.</param>
    public async Task TellLeadsAsync(
        Microconference microconference,
        Topic topic,
        IReadOnlyList<string> paragraphs,
        Person by,
        Instant now,
        CancellationToken stop
    )
    {
        int[] leads = [.. microconference.Leads.Select(l => l.PersonId).Where(id => id != by.Id)];
        var readers = await db
            .Users.Where(a => a.EmailConfirmed && leads.Contains(a.PersonId) && a.Person.Mail != MailPreference.None)
            .OrderBy(a => a.PersonId)
            .Select(a => new
            {
                a.PersonId,
                a.Person.Name,
                Mail = a.Email!,
                a.Person.Zone,
                Preference = a.Person.Mail,
            })
            .ToListAsync(stop);
        db.Letters.AddRange(
            readers.Select(reader =>
                new Email(
                    reader.PersonId,
                    reader.Name,
                    reader.Mail,
                    SubjectOf(topic),
                    EmailText.Write(reader.Name, paragraphs),
                    now
                )
                    .About(
                        microconference.ConferenceId,
                        microconference.Id,
                        FormattableString.Invariant($"topic/{topic.Id}")
                    )
                    .AsPreferred(reader.Preference, reader.Zone ?? microconference.Conference.TimeZone)
            )
        );
    }

    /// <summary>Who has to do with a topic: who sent it, and who speaks.</summary>
    public static IEnumerable<int> PeopleOf(Topic topic) =>
        topic
            .Speakers.OrderBy(s => s.Position)
            .Select(s => s.PersonId)
            .Prepend(topic.SubmitterId ?? 0)
            .Where(id => id != 0)
            .Distinct();

    /// <summary>Letters about one topic are one thread, whatever its title becomes.</summary>
    public static string SubjectOf(Topic topic)
    {
        var subject = $"Topic: {topic.Title}";
        return subject.Length <= Email.SubjectMaxLength ? subject : subject[..(Email.SubjectMaxLength - 1)] + "…";
    }

    private static Email Write(
        Microconference microconference,
        Topic topic,
        Reader reader,
        IReadOnlyList<string> paragraphs,
        Person by,
        Dictionary<int, Reader> readers,
        Instant now
    )
    {
        var answersTo = readers.GetValueOrDefault(by.Id)?.Mail;
        var text = EmailText.WriteUnder(
            answersTo is null ? EmailText.Footer : EmailText.FooterOf(by.Name),
            reader.Name,
            paragraphs
        );
        return new Email(reader.PersonId, reader.Name, reader.Mail, SubjectOf(topic), text, now)
            .About(microconference.ConferenceId, microconference.Id, FormattableString.Invariant($"topic/{topic.Id}"))
            .OfLeads(by.Name, answersTo);
    }

    private static string[] Words(Microconference microconference, TopicDecision decision, string origin)
    {
        var (topic, where) = (
            decision.Topic,
            $"{EmailText.QuotedMicroconference(microconference.Title)} at {microconference.Conference.Name}"
        );
        string[] words = decision.Verdict switch
        {
            TopicVerdict.Accept =>
            [
                $"Your topic {EmailText.Quoted(topic.Title)} is accepted for {where}{Length(topic, decision)}.",
                .. Note(decision),
                "It stands on the page of the microconference from now on:",
                FormattableString.Invariant($"{origin}{microconference.Path}/topics/{topic.Id}"),
                "If you speak about it, say whether you come:",
                FormattableString.Invariant($"{origin}/my/topics/{topic.Id}/speaking"),
            ],
            TopicVerdict.Merge =>
            [
                $"Your topic {EmailText.Quoted(topic.Title)} for {where} becomes a part of another one, "
                    + $"{EmailText.Quoted(decision.Into!.Title)}: both need the same people at the same time. Its "
                    + "text, its speakers and its links are there now.",
                .. Note(decision),
                FormattableString.Invariant($"{origin}{microconference.Path}/topics/{decision.IntoId}"),
            ],
            _ =>
            [
                $"Thank you for the topic {EmailText.Quoted(topic.Title)}. The leads of {where} could not find a "
                    + "place for it this time.",
                .. Note(decision),
                "Your text stays yours, and you find it here:",
                FormattableString.Invariant($"{origin}{microconference.Path}/submit/{topic.Id}"),
            ],
        };
        return words;
    }

    private static string Length(Topic topic, TopicDecision decision) =>
        (decision.Minutes ?? topic.Minutes) switch
        {
            null => "",
            { } minutes when topic.Minutes is { } wished && wished != minutes =>
                $", with {Wording.Count(minutes, "minute")} instead of the {wished} that you wished for",
            { } minutes => $", with {Wording.Count(minutes, "minute")}",
        };

    private static string[] Note(TopicDecision decision) =>
        decision.Note.Length == 0
            ? []
            : decision.Note.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

    private Task<Dictionary<int, Reader>> ReadersAsync(int[] people, CancellationToken stop) =>
        db
            .Users.Where(a => a.EmailConfirmed && a.Email != null && people.Contains(a.PersonId))
            .Select(a => new Reader(a.PersonId, a.Person.Name, a.Email!))
            .ToDictionaryAsync(r => r.PersonId, stop);

    private sealed record Reader(int PersonId, string Name, string Mail);
}
