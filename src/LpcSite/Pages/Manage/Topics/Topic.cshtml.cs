using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Decisions;
using LpcSite.Microconferences;
using LpcSite.Pages.Shared;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Topics;
using LpcSite.Web;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Manage.Topics;

/// <summary>
/// One topic as its leads know it, and everything they do with it beside planning. Leads to whom it is offered read it
/// here, too.
/// </summary>
public class TopicModel(LpcDbContext db, IAuthorizationService authorization, TopicDesk desk)
    : ManagePage(db, authorization),
        INamesPeople
{
    protected override bool HasOneForm => true;

    [FromRoute]
    public int Id { get; init; }

    [BindProperty]
    public TopicInput Input { get; set; } = new();

    /// <summary>With its speakers and the microconference to which it is offered.</summary>
    public Topic Topic { get; private set; } = null!;

    public IEnumerable<PersonInput> Named => [Input.Speaker];
    public TopicDecision? Plan { get; private set; }

    /// <summary>Whether it is of another microconference, whose leads offer it to those of this one.</summary>
    public bool IsOfOthers => Topic.MicroconferenceId != Microconference.Id;

    /// <summary>Accepted microconferences to whose leads it can be offered.</summary>
    public IReadOnlyList<(string Slug, string Title)> Elsewhere { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) => await FindAsync(stop) ?? Page();

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        DoAsync("", "", _ => throw new RuleException("Choose one of the buttons."), stop);

    public Task<IActionResult> OnPostAskAsync(CancellationToken stop) =>
        DoAsync(
            "Input.Changes",
            "The letter is on its way, and its page says what you ask for.",
            me =>
                desk.Asking.AskForAsync(
                    Microconference,
                    Topic,
                    (Input.Changes ?? "").Trim(),
                    me,
                    HttpContext.Origin(),
                    stop
                ),
            stop
        );

    public Task<IActionResult> OnPostArrangeAsync(CancellationToken stop) =>
        DoAsync(
            "Input.Minutes",
            "It is arranged.",
            me =>
                desk.Asking.ArrangeAsync(
                    Microconference,
                    Topic,
                    Input.Minutes,
                    string.IsNullOrWhiteSpace(Input.Group) ? null : Input.Group.Trim(),
                    me,
                    stop
                ),
            stop
        );

    public Task<IActionResult> OnPostReconsiderAsync(CancellationToken stop) =>
        DoAsync(
            "",
            "It waits for a decision again. Nobody is written to: the next decision says what holds.",
            me => desk.Choosing.ReconsiderAsync(Microconference, Topic, me, stop),
            stop
        );

    public Task<IActionResult> OnPostOfferAsync(CancellationToken stop) =>
        DoAsync(
            "Input.To",
            "It is offered. Until its leads have answered, it stays here.",
            me =>
                desk.Moving.OfferAsync(
                    Microconference,
                    Topic,
                    Input.To ?? "",
                    (Input.Words ?? "").Trim(),
                    me,
                    HttpContext.Origin(),
                    stop
                ),
            stop
        );

    public Task<IActionResult> OnPostKeepAsync(CancellationToken stop) =>
        DoAsync(
            "",
            "The offer is taken back.",
            me => desk.Moving.TakeBackAsync(Microconference, Topic, me, stop),
            stop
        );

    public Task<IActionResult> OnPostAdoptAsync(CancellationToken stop) =>
        DoAsync(
            "Input.Speaker.Name",
            async me =>
            {
                var mail = string.IsNullOrWhiteSpace(Input.Mail) ? null : Input.Mail.Trim();
                var words = (Input.Changes ?? "").Trim();
                await desk.Adopting.AdoptAsync(
                    Microconference,
                    Topic,
                    Input.Speaker.ToPerson(),
                    mail,
                    words,
                    me,
                    HttpContext.Origin(),
                    stop
                );
                var invited = await desk.Speaking.TryInviteAsync(
                    Microconference,
                    Topic,
                    me,
                    HttpContext.Origin(),
                    stop
                );
                return mail is null
                    ? "It has a speaker now, who is asked by letter."
                    : $"It has a speaker now. {invited}";
            },
            stop
        );

    public Task<IActionResult> OnPostTakeOverAsync(CancellationToken stop) =>
        DoAsync(
            "",
            "It is yours now, and its author is told.",
            me => desk.Moving.TakeOverAsync(Microconference, Topic, me, HttpContext.Origin(), stop),
            stop,
            ofOthers: true
        );

    public Task<IActionResult> OnPostRefuseAsync(CancellationToken stop) =>
        DoAsync(
            "",
            "It stays with those who offered it.",
            me => desk.Moving.RefuseAsync(Microconference, Topic, me, stop),
            stop,
            ofOthers: true
        );

    private Task<IActionResult> DoAsync(
        string field,
        string sentence,
        Func<Person, Task> change,
        CancellationToken stop,
        bool ofOthers = false
    ) =>
        DoAsync(
            field,
            async me =>
            {
                await change(me);
                return sentence;
            },
            stop,
            ofOthers
        );

    /// <param name="field">Beside which a broken rule is said.</param>
    /// <param name="change">What is done, and the sentence about it.</param>
    private Task<IActionResult> DoAsync(
        string field,
        Func<Person, Task<string>> change,
        CancellationToken stop,
        bool ofOthers = false
    ) =>
        ActAsync(
            async () =>
            {
                Rule.Require(
                    IsOfOthers == ofOthers,
                    ofOthers ? "Nobody offers it to you any more." : "It belongs to another microconference."
                );
                return Done.Say(await change(await Db.MeAsync(User, stop)))
                    .GoTo(
                        FormattableString.Invariant($"{Microconference.Path}/lead/topics{(IsOfOthers ? "" : $"/{Id}")}")
                    );
            },
            stop,
            field
        );

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        if (await base.FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        var (here, conference) = (Microconference.Id, Microconference.ConferenceId);
        var found = await Db
            .Topics.Include(t => t.Speakers)
                .ThenInclude(s => s.Person)
            .Include(t => t.Submitter)
            .Include(t => t.OfferedTo)
            .SingleOrDefaultAsync(
                t =>
                    t.Id == Id
                    && (
                        t.MicroconferenceId == here
                            && (t.SubmittedAt != null || Topic.PublicStatuses.Contains(t.Status))
                        || t.OfferedToId == here
                    ),
                stop
            );
        if (found is null)
        {
            return NotFound();
        }

        Topic = found;
        Plan = await Db
            .TopicDecisions.AsNoTracking()
            .Include(d => d.Into)
            .SingleOrDefaultAsync(
                d => d.TopicId == Id && (d.State == DecisionState.Tentative || d.State == DecisionState.Applied),
                stop
            );
        Elsewhere = (
            await Db
                .Microconferences.Where(m =>
                    m.ConferenceId == conference && m.Id != here && m.Status == MicroconferenceStatus.Accepted
                )
                .InPageOrder()
                .Select(m => new { m.Slug, m.Title })
                .ToListAsync(stop)
        ).ConvertAll(m => (m.Slug, m.Title));
        return null;
    }
}
