using LpcSite.Accounts;
using LpcSite.Data;
using LpcSite.Microconferences;
using LpcSite.Microconferences.Results;
using LpcSite.Pages.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace LpcSite.Pages.Manage.Sessions;

/// <summary>
/// What the leads write down during the session and after it: what came of it, notes of the whole and of each topic, in
/// one form.
/// </summary>
[RequestSizeLimit(NotesInput.LargestForm)]
public class NotesModel(LpcDbContext db, IAuthorizationService authorization, SessionNotes notes)
    : ManagePage(db, authorization)
{
    [BindProperty]
    public NotesInput Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is { } refusal)
        {
            return refusal;
        }

        Input = NotesInput.Of(
            await FieldsAsync(stop),
            await Db.Notes.AsNoTracking().Of(Microconference.Id, Db).ToListAsync(stop)
        );
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken stop) =>
        ActAsync(
            async () =>
            {
                var fields = (await FieldsAsync(stop)).ToDictionary(field => field.Of, field => field.Heading);
                return await this.SaveAsync(Input, fields, written => SaveAsync(written, stop), Microconference.Path);
            },
            stop
        );

    private async Task<IReadOnlyList<SessionNotes.Overtaken>> SaveAsync(
        IReadOnlyList<SessionNotes.Written> written,
        CancellationToken stop
    ) => await notes.SaveAsync(Microconference, written, "lead/notes", await Db.MeAsync(User, stop), stop);

    private async Task<IReadOnlyList<(NotesOf Of, string Heading)>> FieldsAsync(CancellationToken stop)
    {
        var topics = await Db
            .Topics.Where(t => t.MicroconferenceId == Microconference.Id)
            .Public()
            .OrderBy(t => t.Position)
            .ThenBy(t => t.Id)
            .Select(t => new { t.Id, t.Title })
            .ToListAsync(stop);
        return
        [
            (NotesOf.Outcome, "What came of it"),
            (NotesOf.Session, "Notes of the session"),
            .. topics.Select(t => (NotesOf.Topic(t.Id), t.Title)),
        ];
    }
}
