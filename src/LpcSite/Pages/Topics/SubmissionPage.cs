using LpcSite.Accounts;
using LpcSite.Accounts.Invitations;
using LpcSite.Calls;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Editing;
using LpcSite.Pages.Shared;
using LpcSite.People;
using LpcSite.Topics;
using LpcSite.Topics.Speakers;
using LpcSite.Topics.Submissions;
using LpcSite.Web;
using LpcSite.Web.Forms;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace LpcSite.Pages.Topics;

/// <summary>What the pages on which a topic is submitted have in common.</summary>
[Authorize]
public abstract class SubmissionPage(
    LpcDbContext db,
    TopicSubmissions topicSubmissions,
    WorkingTexts working,
    SpeakerInvitations speakerInvitations
) : FormPage, INamesPeople
{
    [FromRoute]
    public required string Slug { get; init; }

    [BindProperty]
    public SubmissionInput Input { get; set; } = new();

    /// <summary>
    /// <c>submit</c> when it is to be sent to the leads once it is saved, <c>invite</c> when only its speakers are to
    /// know of it.
    /// </summary>
    [BindProperty]
    public string? Then { get; set; }

    /// <summary>
    /// The button beside the list of speakers that was pressed; null when the form is meant to be saved.
    /// </summary>
    [BindProperty]
    public string? Change { get; set; }

    /// <summary>Of a late link: lets a topic in after the deadline.</summary>
    [FromQuery]
    public string? Late { get; init; }

    public Microconference Microconference { get; private set; } = null!;
    public Deadline Deadline { get; private set; } = null!;

    /// <summary>Null for a new one.</summary>
    public Topic? Topic { get; protected set; }

    /// <summary>What became of the invitations of those whom it names, the newest of each.</summary>
    public IReadOnlyDictionary<int, Invitation> Invited { get; protected set; } = new Dictionary<int, Invitation>();

    public Instant Now => Deadline.Now;

    public IEnumerable<PersonInput> Named => Input.Speakers;

    protected LpcDbContext Db => db;

    protected override bool HasOneForm => true;

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        var conference = HttpContext.Conference();
        var found = await db
            .Microconferences.Where(m => m.ConferenceId == conference.Id && m.Slug == Slug)
            .VisibleTo(User)
            .Include(m => m.Conference)
            .Include(m => m.Leads)
                .ThenInclude(l => l.Person)
            .SingleOrDefaultAsync(stop);
        if (found is null)
        {
            return NotFound();
        }

        (Microconference, Deadline) = (found, await topicSubmissions.DeadlineAsync(found, stop));
        return null;
    }

    /// <summary>
    /// Finds the topic with its speakers, for those who sent it or speak about it, once its microconference is found.
    /// </summary>
    protected async Task<IActionResult?> FindTopicAsync(int id, CancellationToken stop)
    {
        var me = User.PersonId();
        Topic = await db
            .Topics.Where(t =>
                t.Id == id
                && t.MicroconferenceId == Microconference.Id
                && t.RevisionNumber > 0
                && (t.SubmitterId == me || t.Speakers.Any(s => s.PersonId == me))
            )
            .Include(t => t.Speakers)
                .ThenInclude(s => s.Person)
            .SingleOrDefaultAsync(stop);
        return Topic is null ? NotFound() : null;
    }

    /// <summary>Saves what was typed, and sends it where that was asked for.</summary>
    protected async Task<IActionResult> SaveAsync(CancellationToken stop)
    {
        var me = await db.MeAsync(User, stop);
        Input.MeanThemself(me);
        if (Change is not null)
        {
            // What was posted would go before what is in the list now.
            Input.Change(Change);
            ModelState.Clear();
            return await FindAsync(stop) ?? Page();
        }

        return await ActAsync(
            async () =>
            {
                var isNew = Topic is null;
                var form = WorkingTexts.Form.OfTopic(
                    Microconference.ConferenceId,
                    Microconference.Id,
                    Topic?.Id,
                    me.Id
                );
                Topic = await topicSubmissions.SaveAsync(Microconference, Topic, Input.ToText(), me, stop);

                // What they had typed and not saved is saved now, so that it is offered to them no more.
                await working.ForgetAsync(form, stop);
                var said =
                    Then == "submit" && Topic.Asked is not null
                        ? await topicSubmissions.AnswerAsync(Microconference, Topic, me, HttpContext.Origin(), stop)
                    : Then == "submit"
                        ? await topicSubmissions.TrySubmitAsync(
                            Microconference,
                            Topic,
                            Late,
                            me,
                            HttpContext.Origin(),
                            stop
                        )
                    : Topic.SubmittedAt is not null ? "Saved."
                    : isNew ? "Your draft is kept. Only you and the speakers whom you name see it."
                    : "The draft is saved.";
                var invited = await InviteAsync(Topic, me, stop);
                var late = Late is null ? "" : $"?late={Uri.EscapeDataString(Late)}";
                return Done.Say($"{said} {invited}".TrimEnd())
                    .GoTo(FormattableString.Invariant($"{Microconference.Path}/submit/{Topic.Id}{late}"));
            },
            stop
        );
    }

    // A draft is nobody's business yet: its speakers are written to when it goes to the leads, or when its author asks
    // for it.
    private async Task<string> InviteAsync(Topic topic, Person me, CancellationToken stop) =>
        topic.SubmittedAt is not null || Then == "invite"
            ? await speakerInvitations.TryInviteAsync(Microconference, topic, me, HttpContext.Origin(), stop)
            : "";
}
