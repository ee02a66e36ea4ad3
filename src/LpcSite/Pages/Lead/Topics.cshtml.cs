using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Infrastructure;
using LpcSite.People;
using LpcSite.Topics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Lead;

/// <summary>What came in for a microconference, and how much of its time is taken: the leads read it and choose.</summary>
public class TopicsModel(LpcDbContext db, IAuthorizationService authorization, Choosing choosing) : LeadPage(db, authorization)
{
    [BindProperty] public int Id { get; set; }
    [BindProperty] public string? Note { get; set; }

    /// <summary>The button: <c>accept</c>, <c>decline</c> or <c>reconsider</c>.</summary>
    [BindProperty] public string? Then { get; set; }

    public IReadOnlyList<Line> Waiting { get; private set; } = [];
    public IReadOnlyList<Line> Listed { get; private set; } = [];
    public IReadOnlyList<Line> Others { get; private set; } = [];
    public MinutesTaken Taken { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await RefusalAsync(stop) ?? await ShowAsync(stop);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (await RefusalAsync(stop) is { } refusal)
        {
            return refusal;
        }

        try
        {
            var topic = await Db.Topics.Include(t => t.Speakers).SingleOrDefaultAsync(t => t.Id == Id && t.MicroconferenceId == Microconference.Id && t.Status != TopicStatus.Draft, stop);
            Rule.Require(topic is not null, "That topic is not here any more.");
            this.Say(await DecideAsync(topic, (Note ?? "").Trim(), await Db.MeAsync(User, stop), stop));
        }
        catch (RuleException broken)
        {
            ModelState.AddModelError("", broken.Message);
            await ShowAsync(stop);
            return this.Invalid();
        }

        return Redirect($"{Microconference.Path}/lead/topics");
    }

    private async Task<string> DecideAsync(Topic topic, string note, Person me, CancellationToken stop)
    {
        switch (Then)
        {
            case "accept":
                await choosing.AcceptAsync(Microconference, topic, note, me, HttpContext.Origin(), stop);
                return $"“{topic.Title}” is accepted, and public.";
            case "decline":
                await choosing.DeclineAsync(Microconference, topic, note, me, stop);
                return $"“{topic.Title}” is declined.";
            case "reconsider":
                await choosing.ReconsiderAsync(Microconference, topic, me, stop);
                return $"“{topic.Title}” waits for a decision again.";
            default:
                throw new RuleException("Choose one of the buttons.");
        }
    }

    private async Task<PageResult> ShowAsync(CancellationToken stop)
    {
        var lines = await Db.Topics.AsNoTracking().Where(t => t.MicroconferenceId == Microconference.Id && (t.SubmittedAt != null || Topic.PublicStatuses.Contains(t.Status)))
            .OrderBy(t => t.Position).ThenBy(t => t.Id)
            .Select(t => new Line(
                t.Id, t.Title, t.Status, t.Minutes, t.Group, t.SubmittedAt, t.Submitter!.Name, t.Speakers.OrderBy(s => s.Position).Select(s => s.Person.Name).ToList(), t.SpeakersNote, t.Availability, t.Links, t.Details.Html))
            .ToListAsync(stop);
        Waiting = [.. lines.Where(l => l.Status is TopicStatus.Submitted).OrderBy(l => l.SubmittedAt)];
        Listed = [.. lines.Where(l => Topic.PublicStatuses.Contains(l.Status))];
        Others = [.. lines.Except(Waiting).Except(Listed)];
        Taken = MinutesTaken.Of(Microconference.Form, lines.Select(l => (l.Status, l.Minutes)));
        return Page();
    }

    public sealed record Line(
        int Id, string Title, TopicStatus Status, int? Minutes, string? Group, Instant? SubmittedAt, string? Submitter, IReadOnlyList<string> Speakers, string? SpeakersNote, string? Availability,
        IReadOnlyList<string> Links, string Html);
}
