using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Decisions;
using LpcSite.Emails;
using LpcSite.People;
using LpcSite.Topics.Speakers;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Manage.Emails;

/// <summary>
/// The outbox of one microconference: what its leads have written and hold, and what became of what they sent.
/// </summary>
public class EmailsModel(
    LpcDbContext db,
    IAuthorizationService authorization,
    TopicDecisions topicDecisions,
    SpeakerEmails speakers
) : ManagePage(db, authorization)
{
    private const int MostSent = 200;

    /// <summary>About decisions.</summary>
    public IReadOnlyList<Line> Decisions { get; private set; } = [];

    /// <summary>To speakers, by the writing that they belong to.</summary>
    public IReadOnlyList<IGrouping<string, Line>> Writings { get; private set; } = [];

    /// <summary>The newest first.</summary>
    public IReadOnlyList<Line> Sent { get; private set; } = [];

    /// <summary>Decisions that nobody is told of, as the site has no address.</summary>
    public IReadOnlyList<string> WithoutLetter { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(CancellationToken stop) => OpenAsync(stop);

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ChangeAsync(
            async me =>
                Said(
                    await topicDecisions.ReleaseAsync(Microconference, me, stop),
                    "on the way, and the decisions hold"
                ),
            "letters",
            stop
        );

    public Task<IActionResult> OnPostTakeBackAsync(CancellationToken stop) =>
        ChangeAsync(
            async me =>
                await topicDecisions.TakeBackAsync(Microconference, me, stop) is var count and > 0
                    ? $"{(count == 1 ? "One decision is" : $"{count} decisions are")} a plan again; none of the "
                        + "letters will be sent."
                    : "No letter was held.",
            "topics",
            stop
        );

    public Task<IActionResult> OnPostSendAsync(string thread, CancellationToken stop) =>
        ChangeAsync(
            async me => Said(await speakers.EndAsync(Microconference, thread, release: true, me, stop), "on the way"),
            "letters",
            stop
        );

    public Task<IActionResult> OnPostDropAsync(string thread, CancellationToken stop) =>
        ChangeAsync(
            async me =>
                Said(
                    await speakers.EndAsync(Microconference, thread, release: false, me, stop),
                    "taken back, and will not be sent"
                ),
            "letters",
            stop
        );

    private static string Said(int letters, string what) =>
        $"{(letters == 1 ? "One letter is" : $"{letters} letters are")} {what}.";

    private Task<IActionResult> ChangeAsync(Func<Person, Task<string>> change, string next, CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                return Done.Say(await change(await Db.MeAsync(User, stop))).GoTo($"{Microconference.Path}/lead/{next}");
            },
            stop
        );

    protected override async Task ShowAsync(CancellationToken stop)
    {
        var here = Microconference.Id;
        var letters = Db.Letters.Where(l => l.MicroconferenceId == here && l.IsOfLeads);
        var held = await letters.Where(l => l.State == EmailState.Held).OrderBy(l => l.Id).AsLines().ToListAsync(stop);
        Decisions = held.FindAll(l => l.IsAboutDecision);
        Writings = [.. held.Where(l => !l.IsAboutDecision).GroupBy(l => l.Thread)];
        Sent = await letters
            .Where(l => l.State != EmailState.Held && l.State != EmailState.Void)
            .OrderByDescending(l => l.Id)
            .Take(MostSent)
            .AsLines()
            .ToListAsync(stop);
        WithoutLetter = await Db
            .TopicDecisions.Where(d =>
                d.Topic.MicroconferenceId == here
                && d.State == DecisionState.Applied
                && !Db.Letters.Any(l => l.TopicDecisionId == d.Id && l.State == EmailState.Held)
            )
            .OrderBy(d => d.TopicId)
            .Select(d => d.Topic.Title)
            .ToListAsync(stop);
    }

    public sealed record Line(
        long Id,
        string ToName,
        string Subject,
        string Text,
        string Thread,
        bool IsAboutDecision,
        EmailState State,
        Instant CreatedAt,
        Instant? SentAt,
        string? Problem
    );
}

/// <summary>
/// How the outbox reads letters: without the addresses to which they go, which are nobody's business but their owners'.
/// </summary>
internal static class OutboxQueries
{
    public static IQueryable<EmailsModel.Line> AsLines(this IQueryable<Email> letters) =>
        letters.Select(l => new EmailsModel.Line(
            l.Id,
            l.ToName,
            l.Subject,
            l.IsSecret ? "" : l.Text,
            l.Thread ?? "",
            l.TopicDecisionId != null,
            l.State,
            l.CreatedAt,
            l.SentAt,
            l.Problem
        ));
}
