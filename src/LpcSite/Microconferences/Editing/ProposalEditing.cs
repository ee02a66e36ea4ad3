using LpcSite.Data;
using LpcSite.People;
using LpcSite.Rules;

namespace LpcSite.Microconferences.Editing;

/// <summary>
/// Saves the whole form of a microconference at once: its lists, and its text as a revision. Either all of it is saved,
/// or the author is shown why not.
/// </summary>
public sealed class ProposalEditing(
    LpcDbContext db,
    ProposalRevisions proposalRevisions,
    ProposalLists lists,
    WorkingTexts working
)
{
    /// <param name="microconference">As <see cref="MicroconferenceQueries.WithLists"/> loads it, or new.</param>
    /// <returns>A conflict when somebody else saved a newer text; then nothing is saved.</returns>
    /// <exception cref="RuleException">Something that was typed breaks a rule; nothing is saved.</exception>
    public async Task<SaveResult> SaveAsync(
        Microconference microconference,
        WrittenText text,
        WrittenLists shown,
        WrittenLists sent,
        Person by,
        CancellationToken stop
    )
    {
        await lists.ApplyAsync(microconference, shown, sent, by, stop);
        SaveResult? saveResult = null;
        var isFirst = await db.TryAsync(async () =>
        {
            saveResult = await proposalRevisions.SaveAsync(microconference, text, by, stop);
            if (saveResult is SaveResult.Done or SaveResult.Unchanged)
            {
                await db.SaveChangesAsync(stop);

                // What they had typed and not saved is saved now, so that it is offered to them no more.
                await working.ForgetAsync(
                    new WorkingTexts.Form(
                        microconference.ConferenceId,
                        text.BasedOn == 0 ? null : microconference.Id,
                        by.Id
                    ),
                    stop
                );
            }
        });
        Rule.Require(isFirst, "Somebody else saved it at the same moment. Your text is still here: save again.");
        return saveResult!;
    }
}
