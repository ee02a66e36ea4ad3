using LpcSite.Data;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Scheduling;
using LpcSite.Scheduling.Stars;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.My.Stars;

/// <summary>
/// Everything that can be starred, each with a box, for whoever stars many things at once or has no script.
/// </summary>
[WritesToArchived]
[RequestFormLimits(ValueCountLimit = Star.Most + 10)]
public class ChooseModel(LpcDbContext db, StarList starList) : FormPage
{
    public IReadOnlyList<Group> Groups { get; private set; } = [];

    /// <summary>What has its box ticked.</summary>
    public IReadOnlySet<string> Ticked { get; private set; } = new HashSet<string>();

    /// <summary>What had it when the page was opened: only what they changed since is changed.</summary>
    public string Saw { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken stop)
    {
        await ShowAsync(stop);
        var shown = Groups.SelectMany(g => g.Lines).Select(l => l.Uid).ToHashSet(StringComparer.Ordinal);
        Ticked = (await db.Stars.Of(User.PersonId()!.Value, HttpContext.Conference().Id).ToListAsync(stop))
            .Where(shown.Contains)
            .ToHashSet(StringComparer.Ordinal);
        Saw = StarUids.Write(Ticked);
    }

    public Task<IActionResult> OnPostAsync(string? saw, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                var (before, (now, unknown), conference) = (
                    StarUids.Read(saw).Uids,
                    StarUids.Read(Request.Form["star"]),
                    HttpContext.Conference()
                );

                // A form that is refused shows its boxes as they were sent.
                (Ticked, Saw) = (now.ToHashSet(StringComparer.Ordinal), StarUids.Write(before));
                var (more, less) = (
                    now.Except(before, StringComparer.Ordinal).ToList(),
                    before.Except(now, StringComparer.Ordinal).ToList()
                );
                Rule.Require(
                    unknown == 0,
                    "Something that you starred is not on this list. Nothing is changed; look at the list again."
                );
                await starList.ChangeAsync(conference, User.PersonId()!.Value, more, less, stop);

                return Done.Say(
                        (more.Count, less.Count) switch
                        {
                            (0, 0) => "Nothing changed.",
                            (var added, 0) => $"{Stars(added)} more.",
                            (0, var gone) => $"{Stars(gone)} less.",
                            var (added, gone) => $"{Stars(added)} more, {gone} less.",
                        }
                    )
                    .GoTo($"/my/stars/{conference.Slug}");
            },
            stop,
            "star"
        );

    private static string Stars(int count) => count == 1 ? "1 star" : $"{count} stars";

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var things = await db.StarrablesAsync(HttpContext.Conference(), stop);
        var topics = things
            .Topics.Where(t => things.IsListed(Starrables.UidOfTopic(t.Id)))
            .ToLookup(t => t.Microconference);
        Groups =
        [
            .. things
                .Microconferences.Where(m => m.IsListed)
                .Select(m => new Group(
                    m.Title,
                    [
                        .. SessionsOf(things, m),
                        .. topics[m.Id]
                            .Select(t => new Line(Starrables.UidOfTopic(t.Id), t.Title, null, IsTopic: true)),
                    ]
                )),
            .. things.Schedule is { } schedule
            && schedule.Entries.Where(e => e.Microconference is null && e.Kind is not SlotKind.Hold).ToList()
                is { Count: > 0 } others
                ?
                [
                    new Group(
                        "Tracks, and what is for everybody",
                        [.. others.Select(e => new Line(e.Uid, e.Title, schedule.WordsOf(e), IsTopic: false))]
                    ),
                ]
                : Array.Empty<Group>(),
        ];
    }

    // A second part of a session has a star of its own.
    private static IEnumerable<Line> SessionsOf(Starrables things, Starrables.Whole microconference)
    {
        var uid = Starrables.UidOf(microconference.Id);
        var placed = things.Schedule?.Of(microconference.Id).ToList() ?? [];
        return placed.Count == 0
            ? [new(uid, microconference.Title, null, IsTopic: false)]
            : placed.Select(
                (e, i) =>
                    new Line(
                        e.Uid,
                        $"{microconference.Title}{(placed.Count > 1 ? $", part {i + 1}" : "")}",
                        things.Schedule!.WordsOf(e),
                        IsTopic: false
                    )
            );
    }

    /// <summary>A microconference, or what belongs to none.</summary>
    public sealed record Group(string Title, IReadOnlyList<Line> Lines);

    /// <param name="Words">When and where, as far as that is released.</param>
    public sealed record Line(string Uid, string Title, string? Words, bool IsTopic);
}
