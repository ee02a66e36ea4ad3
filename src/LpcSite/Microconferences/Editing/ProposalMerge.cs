using LpcSite.Data;
using LpcSite.Markdown;
using LpcSite.Microconferences.Revisions;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Topics;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Microconferences.Editing;

/// <summary>
/// Makes one microconference a part of another. Both texts stay in their histories, and put together begin the new one;
/// leads, key attendees, references and topics come along, and the old address leads on for ever.
/// </summary>
public sealed class ProposalMerge(LpcDbContext db, MarkdownRenderer renderer)
{
    // What a label keeps of itself where it needs a number behind it and brackets around.
    private const int LongestKept = Reference.LabelMaxLength - 8;

    /// <summary>The caller saves.</summary>
    /// <exception cref="RuleException">
    /// The two texts do not fit into one, or one of the two is not running any more.
    /// </exception>
    public async Task MergeAsync(
        Microconference part,
        Microconference whole,
        Person by,
        Instant now,
        CancellationToken stop
    )
    {
        int[] ids = [part.Id, whole.Id];
        await db.Microconferences.WithLists().Where(m => ids.Contains(m.Id)).LoadAsync(stop);
        await db.Predecessors.Include(p => p.Earlier).Where(p => p.MicroconferenceId == part.Id).LoadAsync(stop);
        var labels = NewLabels(part, whole);
        MergeTexts(part, whole, labels, by, now);
        foreach (var lead in part.Leads.OrderBy(l => l.Position))
        {
            whole.AddLead(lead.Person);
        }

        whole.NeedsToHave([
            .. whole.KeyAttendees.OrderBy(k => k.Position).Select(k => k.Person),
            .. part.KeyAttendees.OrderBy(k => k.Position).Select(k => k.Person),
        ]);
        var added = Citations(part).Except(Citations(whole)).Select(c => (Renamed(c.Label, labels), c.Url));
        whole.Cite([.. Citations(whole), .. added]);
        foreach (var earlier in part.Predecessors)
        {
            whole.Continue(earlier.Earlier);
        }

        MoveTopics(part, whole, labels);

        // There is no session of the part any more, and in that of the whole its topics have no time yet.
        db.SessionItems.RemoveRange(await db.SessionItems.Where(i => i.MicroconferenceId == part.Id).ToListAsync(stop));
        part.MergeInto(whole, now);
        foreach (var redirect in await db.Redirects.Where(r => r.To == part.Path).ToListAsync(stop))
        {
            redirect.PointTo(whole.Path);
        }
    }

    private void MergeTexts(
        Microconference part,
        Microconference whole,
        Dictionary<string, string> labels,
        Person by,
        Instant now
    )
    {
        var (mine, theirs) = (Newest(whole), Newest(part));
        string[] taken =
        [
            .. Citations(whole).Select(c => Plain(c.Label)),
            .. Citations(part).Select(c => Plain(Renamed(c.Label, labels))),
        ];
        var description = Joined(mine?.Description, theirs?.Description);
        var results = Joined(mine?.Results, theirs?.Results);
        foreach (var text in new[] { description, results })
        {
            Rule.Require(
                text.Length <= MarkdownRenderer.MaxLength,
                $"The texts of {whole.Title} and {part.Title} together have {text.Length} characters; "
                    + $"{MarkdownRenderer.MaxLength} fit. Let one of them be shortened first."
            );
        }

        whole.Revise(
            renderer.Render(description, AnchorPrefix.OfDescription(whole.Slug)),
            renderer.Render(results, AnchorPrefix.OfResults(whole.Slug)),
            whole.RevisionNumber,
            by,
            Summary(part),
            now,
            theirs
        );

        string Joined(MarkdownText? one, MarkdownText? other) =>
            JoinedText.Of(one?.Source ?? "", part.Title, MarkdownParts.Relabelled(other?.Source ?? "", labels), taken);
    }

    private void MoveTopics(Microconference part, Microconference whole, Dictionary<string, string> labels)
    {
        var position = whole.Topics.Count == 0 ? 0 : whole.Topics.Max(t => t.Position) + 1;
        foreach (var topic in part.Topics.OrderBy(t => t.Position).ToList())
        {
            whole.TakeOver(topic, part);
            topic.MoveTo(position);
            topic.Describe(
                topic.Group ?? part.Title[..Math.Min(part.Title.Length, Topic.GroupMaxLength)],
                topic.Minutes,
                renderer.Render(
                    MarkdownParts.Relabelled(topic.Details.Source, labels),
                    AnchorPrefix.OfTopic(whole.Slug, position)
                ),
                topic.Links,
                [.. topic.Refs.Select(label => Renamed(label, labels))]
            );
            position++;
        }
    }

    private static Revision? Newest(Microconference microconference) =>
        microconference.Revisions.FirstOrDefault(r => r.Number == microconference.RevisionNumber);

    private static string Summary(Microconference part)
    {
        var summary = $"Merged with {part.Title}";
        return summary[..Math.Min(summary.Length, Revision.SummaryMaxLength)];
    }

    private static IEnumerable<(string Label, string Url)> Citations(Microconference microconference) =>
        microconference.References.OrderBy(r => r.Position).Select(r => (r.Label, r.Url));

    // Both may cite something else as [1]: the newcomer's then gets the next number, wherever its texts and topics cite
    // it.
    private static Dictionary<string, string> NewLabels(Microconference part, Microconference whole)
    {
        var mine = LabelsOf(whole);
        var fresh = new MarkdownLabels([.. mine, .. LabelsOf(part)]);
        var taken = Citations(part).Except(Citations(whole)).Select(c => Plain(c.Label)).Where(mine.Contains);
        return taken
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(
                label => label,
                label => fresh.Fresh(label[..Math.Min(label.Length, LongestKept)]),
                StringComparer.Ordinal
            );
    }

    private static HashSet<string> LabelsOf(Microconference microconference)
    {
        var text = Newest(microconference);
        string[] texts = [text?.Description.Source ?? "", text?.Results.Source ?? ""];
        return
        [
            .. texts.Concat(microconference.Topics.Select(t => t.Details.Source)).SelectMany(MarkdownParts.LabelsIn),
            .. Citations(microconference).Select(c => Plain(c.Label)),
        ];
    }

    // With or without brackets, as it was.
    private static string Renamed(string label, Dictionary<string, string> labels) =>
        !labels.TryGetValue(Plain(label), out var other) ? label
        : label.StartsWith('[') ? $"[{other}]"
        : other;

    private static string Plain(string label) => MarkdownParts.LabelKey(label.Trim('[', ']'));
}
