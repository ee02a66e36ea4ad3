using LpcSite.Accounts;
using LpcSite.Calls;
using LpcSite.Data;
using LpcSite.Microconferences.Editing;
using LpcSite.Pages.Shared;
using LpcSite.Topics.Speakers;
using LpcSite.Topics.Submissions;
using Microsoft.AspNetCore.Mvc;

namespace LpcSite.Pages.Topics;

/// <summary>Begins a topic for one microconference: a draft, or sent to its leads at once.</summary>
public class SubmitModel(
    LpcDbContext db,
    TopicSubmissions topicSubmissions,
    WorkingTexts working,
    SpeakerInvitations speakerInvitations
) : SubmissionPage(db, topicSubmissions, working, speakerInvitations)
{
    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        var me = await Db.MeAsync(User, stop);
        Input = new()
        {
            Problem = Deadline.Call?.Template is { Length: > 0 } template ? template : Call.DefaultTopicTemplate,
            Speakers = [PersonInput.Of<SubmissionInput.SpeakerInput>(me)],
        };
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) => SaveAsync(stop);
}
