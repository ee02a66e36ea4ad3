using System.Text.Json;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Emails.Writing;
using LpcSite.Microconferences;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Decisions;

/// <summary>
/// What the leads do with one topic beside deciding: they ask its author for changes, and give it its length and its
/// heading.
/// </summary>
public sealed class TopicChanges(LpcDbContext db, TopicEmails letters, IClock clock)
{
    /// <summary>
    /// Asks for changes, by letter and on the author's page. Until they send it again, no deadline keeps them from
    /// changing it.
    /// </summary>
    /// <param name="topic">With its speakers.</param>
    /// <exception cref="RuleException">Nobody can change it, or nobody would learn of it.</exception>
    public async Task AskForAsync(
        Microconference microconference,
        Topic topic,
        string changes,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        var now = clock.GetCurrentInstant();
        topic.AskFor(changes, now);
        var told = await letters.TellAsync(
            microconference,
            topic,
            [
                $"The leads of {EmailText.QuotedMicroconference(microconference.Title)} at "
                    + $"{microconference.Conference.Name} have read \"{topic.Title}\", and ask for something:",
                .. changes.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries),
                "Change it here, and send it to them again. It can be changed until you have done so, whatever the "
                    + "deadline says:",
                FormattableString.Invariant($"{origin}{microconference.Path}/submit/{topic.Id}"),
            ],
            by,
            now,
            stop
        );
        Rule.Require(told, "Nobody of this topic has an account, so that nobody would read it.");
        Record(
            microconference,
            "asked for changes to a topic",
            null,
            new { title = topic.Title, asked = changes },
            by,
            now
        );
        await SaveAsync(topic, stop);
    }

    /// <summary>Gives a topic its minutes and the heading that it stands under.</summary>
    public Task ArrangeAsync(
        Microconference microconference,
        Topic topic,
        int? minutes,
        string? group,
        Person by,
        CancellationToken stop
    )
    {
        var now = clock.GetCurrentInstant();
        var before = new
        {
            title = topic.Title,
            minutes = topic.Minutes,
            group = topic.Group,
        };
        topic.Arrange(minutes, group);
        if (Topic.PublicStatuses.Contains(topic.Status))
        {
            microconference.Touch(now);
        }

        Record(
            microconference,
            "arranged a topic",
            before,
            new
            {
                title = topic.Title,
                minutes,
                group,
            },
            by,
            now
        );
        return SaveAsync(topic, stop);
    }

    private void Record(
        Microconference microconference,
        string verb,
        object? before,
        object after,
        Person by,
        Instant now
    ) =>
        db.Record(
            new Act(by, "lead/topics", now),
            verb,
            microconference.AsSubject(),
            before: before is null ? null : JsonSerializer.Serialize(before),
            after: JsonSerializer.Serialize(after)
        );

    private Task SaveAsync(Topic topic, CancellationToken stop) =>
        db.SaveOrSayAsync(
            $"Somebody else changed “{topic.Title}” at the same moment. Look at it again, then try once more.",
            stop
        );
}
