using System.Text.Json;
using LpcSite.Accounts.Invitations;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Leads;
using LpcSite.People;
using LpcSite.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Topics.Speakers;

/// <summary>Asks those whom a topic names as its speakers, by letter, and takes what they say without one.</summary>
public sealed class SpeakerInvitations(
    LpcDbContext db,
    PersonInvitations invitations,
    AnswerEmails letters,
    IClock clock
)
{
    /// <summary>So many people a day may somebody invite to speak.</summary>
    public const int InvitationsADay = 30;

    /// <summary>How long to wait for an answer before asking again.</summary>
    public static readonly Duration Patience = Duration.FromDays(3);

    /// <summary>
    /// Writes to those speakers for whom an address was given since; another address ends the link that went to the
    /// first.
    /// </summary>
    /// <param name="topic">Saved, with its speakers.</param>
    /// <returns>
    /// One sentence: who was written to, or why somebody was not; empty where there is nothing to say.
    /// </returns>
    public async Task<string> TryInviteAsync(
        Microconference microconference,
        Topic topic,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        var written = new List<string>();
        try
        {
            foreach (var speaker in topic.Speakers.Where(s => s.InviteAt is not null).OrderBy(s => s.Position).ToList())
            {
                if (await InviteAsync(microconference, topic, speaker, by, origin, stop))
                {
                    written.Add(speaker.Person.Name);
                }
            }

            await db.SaveChangesAsync(stop);
        }
        catch (RuleException broken)
        {
            return broken.Message;
        }

        return written.Count == 0 ? "" : $"A letter is on its way to {string.Join(", ", written)}.";
    }

    /// <summary>Takes the answer of a speaker who is signed in.</summary>
    /// <param name="topic">With its speakers.</param>
    /// <param name="attendance">How they take part; null where they do not.</param>
    /// <exception cref="RuleException">The topic is not accepted, or does not name them.</exception>
    public async Task AnswerAsync(
        Microconference microconference,
        Topic topic,
        Person speaker,
        Attendance? attendance,
        string origin,
        CancellationToken stop
    )
    {
        microconference.Conference.RequireOpen();
        Rule.Require(
            topic.Status is TopicStatus.Accepted,
            "The leads have not taken this topic yet. They ask you once they have."
        );
        var now = clock.GetCurrentInstant();
        if (attendance is { } how)
        {
            topic.TakeUp(speaker, speaker, how, now);
        }
        else
        {
            topic.TurnDown(speaker, now);
            await letters.AddAsync(microconference, topic, speaker, origin, now, stop);
        }

        db.Record(
            new Act(speaker, "my/speaking", now),
            attendance is null ? "does not speak" : "confirmed to speak",
            microconference.AsSubject(),
            after: JsonSerializer.Serialize(new { topic = topic.Id, attendance = attendance?.ToString() })
        );
        await db.SaveOrSayAsync(
            "Somebody changed the speakers of this topic at the same moment. Open this page again.",
            stop
        );
    }

    /// <summary>
    /// Asks the speakers of accepted topics who have not answered: by the address of their account, or the one by which
    /// they were invited. Who was asked within <see cref="Patience"/> is left in peace.
    /// </summary>
    /// <returns>One sentence: how many were asked, and for whom there is no address.</returns>
    public async Task<string> AskAsync(
        Microconference microconference,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        var before = clock.GetCurrentInstant() - Patience;
        var topics = await db
            .Topics.Where(t => t.MicroconferenceId == microconference.Id && t.Status == TopicStatus.Accepted)
            .Include(t => t.Speakers)
                .ThenInclude(s => s.Person)
            .OrderBy(t => t.Position)
            .ToListAsync(stop);
        var silent = topics
            .SelectMany(
                t => t.Speakers.Where(s => !s.HasAnswered && s.Person.ErasedAt is null).OrderBy(s => s.Position),
                (topic, speaker) => (topic, speaker)
            )
            .ToList();
        var people = silent.Select(s => s.speaker.PersonId).Distinct().ToList();
        var accounts = await db
            .Users.Where(a => a.EmailConfirmed && people.Contains(a.PersonId))
            .ToDictionaryAsync(a => a.PersonId, a => a.Email!, stop);
        var earlier = await db
            .Invitations.Where(i =>
                i.MicroconferenceId == microconference.Id
                && people.Contains(i.PersonId)
                && i.Kind != InvitationKind.Account
            )
            .OrderBy(i => i.CreatedAt)
            .Select(i => new
            {
                i.PersonId,
                i.TopicId,
                i.Mail,
                i.CreatedAt,
            })
            .ToListAsync(stop);
        var (asked, unreached) = (0, new List<string>());
        foreach (
            var (topic, speaker) in silent.Where(s =>
                !earlier.Exists(i =>
                    i.PersonId == s.speaker.PersonId && i.TopicId == s.topic.Id && i.CreatedAt > before
                )
            )
        )
        {
            if (
                (
                    accounts.GetValueOrDefault(speaker.PersonId)
                    ?? earlier.FindLast(i => i.PersonId == speaker.PersonId)?.Mail
                ) is
                { } mail
            )
            {
                await invitations.InviteAsync(
                    speaker.Person,
                    mail,
                    InvitationPurpose.ToSpeak(microconference, topic),
                    by,
                    origin,
                    stop,
                    replacing: before
                );
                asked++;
            }
            else
            {
                unreached.Add(speaker.Person.Name);
            }
        }

        var sentence = asked switch
        {
            0 => "Nobody is left to ask now.",
            1 => "One speaker is asked by letter.",
            _ => $"{asked} speakers are asked by letter.",
        };
        return unreached.Count == 0
            ? sentence
            : $"{sentence} There is no address for {string.Join(", ", unreached.Distinct(StringComparer.Ordinal))}.";
    }

    private async Task<bool> InviteAsync(
        Microconference microconference,
        Topic topic,
        Speaker speaker,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        var (mail, now) = (speaker.InviteAt!, clock.GetCurrentInstant());
        speaker.Invited();
        if (
            speaker.HasAnswered
            || speaker.PersonId == by.Id
            || await db.Invitations.AnyAsync(
                i =>
                    i.TopicId == topic.Id
                    && i.PersonId == speaker.PersonId
                    && (
                        i.AcceptedAt != null
                        || i.Mail == mail && i.DeclinedAt == null && i.WithdrawnAt == null && now < i.ExpiresAt
                    ),
                stop
            )
        )
        {
            return false;
        }

        var today = await db.Invitations.CountAsync(
            i => i.InvitedById == by.Id && i.Kind == InvitationKind.Speak && i.CreatedAt > now - Duration.FromDays(1),
            stop
        );
        Rule.Require(
            today < InvitationsADay,
            $"You have invited {InvitationsADay} people today. The other letters go out when you save again tomorrow."
        );
        await invitations.InviteAsync(
            speaker.Person,
            mail,
            InvitationPurpose.ToSpeak(microconference, topic),
            by,
            origin,
            stop,
            replacing: now
        );
        return true;
    }
}
