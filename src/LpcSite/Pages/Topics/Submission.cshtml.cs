using LpcSite.Data;
using LpcSite.Microconferences.Editing;
using LpcSite.People;
using LpcSite.Topics.Speakers;
using LpcSite.Topics.Submissions;
using LpcSite.Web.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Topics;

/// <summary>
/// A topic as its author and its speakers know it: they change it, send it, take it back. For everybody else it does
/// not exist.
/// </summary>
public class SubmissionModel(
    LpcDbContext db,
    TopicSubmissions topicSubmissions,
    WorkingTexts working,
    SpeakerInvitations speakerInvitations
) : SubmissionPage(db, topicSubmissions, working, speakerInvitations)
{
    [FromRoute]
    public int Id { get; init; }

    /// <summary>Why it cannot be changed now; null when it can.</summary>
    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return await MovedToAsync(stop) is { } path ? Redirect(path) : refusal;
        }

        Input = SubmissionInput.Of(Topic!);
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) => SaveAsync(stop);

    // Other leads may have taken it over since somebody wrote its address down.
    private Task<string?> MovedToAsync(CancellationToken stop)
    {
        var (conference, me) = (HttpContext.Conference(), User.PersonId());
        return Db
            .Microconferences.Where(m =>
                m.ConferenceId == conference.Id
                && m.Slug != Slug
                && m.Topics.Any(t =>
                    t.Id == Id && t.RevisionNumber > 0 && (t.SubmitterId == me || t.Speakers.Any(s => s.PersonId == me))
                )
            )
            .Select(m => $"{conference.Path}/mc/{m.Slug}/submit/{Id}")
            .SingleOrDefaultAsync(stop);
    }

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop)
    {
        if ((await base.FindAsync(stop) ?? await FindTopicAsync(Id, stop)) is { } refusal)
        {
            return refusal;
        }

        Invited = (
            await Db
                .Invitations.Include(i => i.Letter)
                .Where(i => i.TopicId == Id && i.WithdrawnAt == null)
                .OrderBy(i => i.Id)
                .ToListAsync(stop)
        )
            .GroupBy(i => i.PersonId)
            .ToDictionary(of => of.Key, of => of.Last());
        Refusal = TopicSubmissions.Refusal(Topic!, Deadline.Call, Deadline.Now);
        return null;
    }
}
