using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Microconferences.Editing;
using LpcSite.People;
using LpcSite.Rules;
using LpcSite.Topics.Speakers;
using LpcSite.Topics.Submissions;
using LpcSite.Web;
using LpcSite.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Topics;

/// <summary>
/// Says what it means to withdraw a topic before it is done, and undoes it; for its author and its speakers.
/// </summary>
public class WithdrawModel(
    LpcDbContext db,
    TopicSubmissions topicSubmissions,
    WorkingTexts working,
    SpeakerInvitations speakerInvitations
) : SubmissionPage(db, topicSubmissions, working, speakerInvitations)
{
    private readonly TopicSubmissions _topicSubmissions = topicSubmissions;

    [FromRoute]
    public int Id { get; init; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop) =>
        await FindTopicAsync(Id, stop) ? Page() : NotFound();

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            me => _topicSubmissions.WithdrawAsync(Microconference, Topic!, me, HttpContext.Origin(), stop),
            "Topic withdrawn.",
            stop
        );

    public Task<IActionResult> OnPostRestoreAsync(CancellationToken stop) =>
        ActAsync(
            me => _topicSubmissions.RestoreAsync(Microconference, Topic!, me, HttpContext.Origin(), stop),
            "Topic restored.",
            stop
        );

    private async Task<IActionResult> ActAsync(Func<Person, Task> act, string said, CancellationToken stop)
    {
        if (!await FindTopicAsync(Id, stop))
        {
            return NotFound();
        }

        // The page asks for no input but its button.
        ModelState.Clear();
        try
        {
            await act(await Db.MeAsync(User, stop));
        }
        catch (RuleException broken)
        {
            ModelState.Refuse("", broken);
            return this.Invalid();
        }

        this.Say(said);
        return Redirect(FormattableString.Invariant($"{Microconference.Path}/submit/{Id}"));
    }
}
