using System.Text.Json;
using LpcSite.Conferences;
using LpcSite.Data;
using LpcSite.Data.Audit;
using LpcSite.Emails;
using LpcSite.Emails.Writing;
using LpcSite.Markdown;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Texts;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Microconferences.Results;

/// <summary>
/// Makes next year's draft of a microconference: its text, people and references, the topics that stayed open, and as
/// the results of earlier runs also what came of this one.
/// </summary>
public sealed class Renewal(LpcDbContext db, MarkdownRenderer renderer, IClock clock)
{
    /// <param name="old">With its conference.</param>
    /// <param name="open">The topics of it that go on.</param>
    /// <param name="origin">Scheme and host of the site, for the links in the letters.</param>
    /// <exception cref="RuleException">It is there already, or there is something that cannot be renewed.</exception>
    public async Task<Microconference> RenewAsync(
        Microconference old,
        int conferenceId,
        IReadOnlyCollection<int> open,
        Person by,
        string origin,
        CancellationToken stop
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Microconferences.WithLists().Where(m => m.Id == old.Id).LoadAsync(stop);
        var conference = await db.Conferences.SingleAsync(c => c.Id == conferenceId, stop);
        await RequireNewAsync(old, conference, stop);
        var now = clock.GetCurrentInstant();
        var draft = new Microconference(conference, old.Slug, old.Title, now) { TopicsInline = old.TopicsInline };
        Fill(draft, old, open);
        await WriteAsync(draft, old, by, now, stop);
        db.Add(draft);
        await db.SaveOrSayAsync(Taken(old, conference), stop);

        db.Record(
            new Act(by, "lead/renew", now),
            "renewed",
            new AuditSubject(draft.Path, conference.Id, draft.Id),
            before: JsonSerializer.Serialize(new { from = old.Path }),
            after: JsonSerializer.Serialize(
                new
                {
                    status = draft.Status.ToString(),
                    revision = draft.RevisionNumber,
                    topics = draft.Topics.Select(t => t.Title),
                },
                AuditJson.Readable
            )
        );
        await TellLeadsAsync(draft, old, by, origin, now, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return draft;
    }

    /// <summary>What a proposal says of its earlier runs: what it said the last time, and what came of that.</summary>
    /// <param name="conference">At which that was.</param>
    public static string Results(string before, string outcome, string conference)
    {
        var apart = MarkdownParts.Apart([before.TrimEnd(), outcome.TrimEnd()]);
        var came = apart[1].Length == 0 ? "" : $"## {MarkdownParts.Escaped(conference)}\n\n{apart[1]}";
        return string.Join("\n\n", new[] { apart[0], came }.Where(part => part.Length > 0));
    }

    private async Task RequireNewAsync(Microconference old, Conference conference, CancellationToken stop)
    {
        conference.RequireOpen();
        Rule.Require(
            old.IsRunning,
            $"{old.Title} is {old.Status.InWords()}, and is not renewed. Propose another one; its form can be filled "
                + "from this one."
        );
        Rule.Require(
            conference.StartsOn > old.Conference.StartsOn,
            $"{conference.ShortName} is not later than {old.Conference.ShortName}."
        );
        Rule.Require(
            !await db.Microconferences.AnyAsync(
                m => m.ConferenceId == conference.Id && m.Predecessors.Any(p => p.EarlierId == old.Id),
                stop
            ),
            $"{old.Title} goes on at {conference.ShortName} already."
        );
        var address = $"{conference.Path}/mc/{old.Slug}";
        Rule.Require(
            !await db.Microconferences.AnyAsync(m => m.ConferenceId == conference.Id && m.Slug == old.Slug, stop)
                && !await db.Redirects.AnyAsync(r => r.From == address, stop),
            Taken(old, conference)
        );
    }

    private static string Taken(Microconference old, Conference conference) =>
        $"{conference.ShortName} has a microconference at the address {conference.Path}/mc/{old.Slug} already. Ask "
        + "its leads to take you in, or propose one under another name; its form can be filled from this one.";

    private void Fill(Microconference draft, Microconference old, IReadOnlyCollection<int> open)
    {
        draft.LedBy(Still(old.Leads));
        draft.NeedsToHave(Still(old.KeyAttendees));
        draft.Cite([.. old.References.OrderBy(r => r.Position).Select(r => (r.Label, r.Url))]);
        draft.Continue(old);
        foreach (
            var topic in old
                .Topics.Where(t => open.Contains(t.Id) && Topic.PublicStatuses.Contains(t.Status))
                .OrderBy(t => t.Position)
        )
        {
            var suggested = draft.Suggest(topic.Title);
            suggested.Describe(
                topic.Group,
                topic.Minutes,
                renderer.Render(topic.Details.Source, AnchorPrefix.OfTopic(draft.Slug, suggested.Position)),
                topic.Links,
                topic.Refs
            );
            suggested.SpokenBy(Still(topic.Speakers), topic.OpenSpeakers, topic.SpeakersNote);
        }
    }

    // Whoever has erased themselves is not asked to come again.
    private static List<Person> Still(IEnumerable<IRosterEntry> roster) =>
        [
            .. roster
                .OrderBy(entry => entry.Position)
                .Select(entry => entry.Person)
                .Where(person => person.ErasedAt is null),
        ];

    private async Task WriteAsync(
        Microconference draft,
        Microconference old,
        Person by,
        Instant now,
        CancellationToken stop
    )
    {
        var text = old.Revisions.FirstOrDefault(r => r.Number == old.RevisionNumber);
        var outcome = (await db.OutcomesAsync([old.Id], stop)).GetValueOrDefault(old.Id) ?? "";
        var results = Results(text?.Results.Source ?? "", outcome, old.Conference.ShortName);
        Rule.Require(
            results.Length <= MarkdownRenderer.MaxLength,
            $"The results of all runs together have {results.Length} characters; {MarkdownRenderer.MaxLength} fit. "
                + "Shorten what came of it first."
        );
        draft.Revise(
            renderer.Render(text?.Description.Source ?? "", AnchorPrefix.OfDescription(draft.Slug)),
            renderer.Render(results, AnchorPrefix.OfResults(draft.Slug)),
            0,
            by,
            $"From {old.Conference.ShortName}",
            now
        );
    }

    private async Task TellLeadsAsync(
        Microconference draft,
        Microconference old,
        Person by,
        string origin,
        Instant now,
        CancellationToken stop
    )
    {
        var leads = draft.Leads.Select(l => l.PersonId).Where(id => id != by.Id).ToList();
        var readers = await db
            .Users.Where(a => a.EmailConfirmed && leads.Contains(a.PersonId))
            .OrderBy(a => a.PersonId)
            .Select(a => new
            {
                a.PersonId,
                a.Person.Name,
                Mail = a.Email!,
            })
            .ToListAsync(stop);
        db.Letters.AddRange(
            readers.Select(reader =>
                new Email(
                    reader.PersonId,
                    reader.Name,
                    reader.Mail,
                    $"Renewed: {draft.Title}",
                    EmailText.Write(
                        reader.Name,
                        [
                            $"{by.Name} has made a draft of {EmailText.QuotedMicroconference(draft.Title)} for "
                                + $"{draft.Conference.Name}, "
                                + $"from what it was at {old.Conference.Name}. You lead it again; if you do not "
                                + "want to, leave the "
                                + "list of its leads.",
                            draft.Conference.State is ConferenceState.Preparing
                                ? "That conference is still being set up. Once it is public, the draft is here:"
                                : "It is a draft that only its leads and the organizers see, until one of you "
                                    + "proposes it:",
                            $"{origin}{draft.Path}/edit",
                        ]
                    ),
                    now
                ).About(draft.ConferenceId, draft.Id, FormattableString.Invariant($"mc/{draft.Id}"))
            )
        );
    }
}
