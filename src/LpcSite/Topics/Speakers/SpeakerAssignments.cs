using System.Text.Json;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Decisions;
using LpcSite.Emails.Writing;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.People.Picker;
using LpcSite.Rules;
using NodaTime;

namespace LpcSite.Topics.Speakers;

/// <summary>
/// A topic that the leads only suggested gets somebody who speaks about it: it is accepted, and asks them for the
/// problem statement that no deadline keeps them from writing.
/// </summary>
public sealed class SpeakerAssignments(LpcDbContext db, PersonPicker people, TopicEmails letters, IClock clock)
{
    /// <param name="topic">With its speakers.</param>
    /// <param name="who">The speaker.</param>
    /// <param name="mail">
    /// Where an invitation goes, which the caller has written by
    /// <see cref="SpeakerInvitations.TryInviteAsync"/>; null for one who has an account.
    /// </param>
    /// <param name="words">What they are asked to write.</param>
    /// <exception cref="RuleException">It is not suggested, or there is no way to reach them.</exception>
    public async Task AdoptAsync(
        Microconference microconference,
        Topic topic,
        NamedPerson who,
        string? mail,
        string words,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        Rule.Require(
            microconference.Status is MicroconferenceStatus.Accepted,
            $"{microconference.Title} takes speakers once it is accepted."
        );
        var now = clock.GetCurrentInstant();
        var found = await people.FindOrAddAsync([who], stop);
        topic.Adopt(found[0], mail, words, by, now);
        microconference.Touch(now);
        db.Record(
            new Act(by, "lead/topics", now),
            "gave a topic to a speaker",
            microconference.AsSubject(),
            after: JsonSerializer.Serialize(new { title = topic.Title, speaker = found[0].Slug })
        );
        var isFirst = await db.TryAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);

            // The person may be new, and their letter needs their number.
            await db.SaveChangesAsync(stop);
            var told =
                mail is not null
                || await letters.TellAsync(
                    microconference,
                    topic,
                    Words(microconference, topic, words, by, origin),
                    by,
                    now,
                    stop
                );
            Rule.Require(told, $"The site has no address of {found[0].Name}: type one, and the invitation goes there.");
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        });
        Rule.Require(
            isFirst,
            $"Somebody else changed “{topic.Title}” at the same moment. Look at it again, then try once more."
        );
    }

    private static string[] Words(
        Microconference microconference,
        Topic topic,
        string words,
        Person by,
        string origin
    ) =>
        [
            $"{by.Name} asks you to speak about \"{topic.Title}\" in "
                + $"{EmailText.QuotedMicroconference(microconference.Title)} at {microconference.Conference.Name}.",
            .. words.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries),
            "Say whether you do:",
            FormattableString.Invariant($"{origin}/my/topics/{topic.Id}/speaking"),
            "Its text is yours to write:",
            FormattableString.Invariant($"{origin}{microconference.Path}/submit/{topic.Id}"),
        ];
}
