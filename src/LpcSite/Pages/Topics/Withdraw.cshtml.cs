using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Microconferences.Editing;
using LpcSite.People;
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

    public Task<IActionResult> OnGetAsync(CancellationToken stop) => OpenAsync(stop);

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ChangeAsync(
            me => _topicSubmissions.WithdrawAsync(Microconference, Topic!, me, HttpContext.Origin(), stop),
            "Topic withdrawn.",
            stop
        );

    public Task<IActionResult> OnPostRestoreAsync(CancellationToken stop) =>
        ChangeAsync(
            me => _topicSubmissions.RestoreAsync(Microconference, Topic!, me, HttpContext.Origin(), stop),
            "Topic restored.",
            stop
        );

    protected override async Task<IActionResult?> FindAsync(CancellationToken stop) =>
        await base.FindAsync(stop) ?? await FindTopicAsync(Id, stop);

    private Task<IActionResult> ChangeAsync(Func<Person, Task> act, string said, CancellationToken stop)
    {
        // The page asks for no input but its button.
        ModelState.Clear();
        return ActAsync(
            async () =>
            {
                await act(await Db.MeAsync(User, stop));

                return Done.Say(said).GoTo(FormattableString.Invariant($"{Microconference.Path}/submit/{Id}"));
            },
            stop
        );
    }
}
